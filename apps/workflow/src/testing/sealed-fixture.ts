import type { RunIdentity } from '@dure/engine'
import type pg from 'pg'
import { createSealedRuns } from '../runs/sealed-store.ts'
import { storeFixture } from './store-fixture.ts'

export type SealedFixture = Awaited<ReturnType<typeof sealedFixture>>

/** The run store and its sealed sequence, with transactions that stay open until they are told to end. */
export async function sealedFixture() {
  const f = await storeFixture()
  const sequence = createSealedRuns(f.pool)
  const open: pg.PoolClient[] = []

  return {
    ...f,
    sequence,

    async begin(): Promise<pg.PoolClient> {
      const client = await f.pool.connect()
      open.push(client)
      await client.query('BEGIN')
      // It has its number before it writes any event.
      await client.query('SELECT pg_current_xact_id()')
      return client
    },

    async end(client: pg.PoolClient, how: 'COMMIT' | 'ROLLBACK') {
      await client.query(how)
      open.splice(open.indexOf(client), 1)
      client.release()
    },

    /** Adds a commit of so many events within a transaction. */
    async append(client: pg.PoolClient | pg.Pool, run: RunIdentity, after: number, count = 1) {
      const events = Array.from({ length: count }, (_, n) => f.completed(`n${after + n + 1}`))
      await client.query(
        `INSERT INTO run_commit (run_day, run_id, first_version, events_count, events,
           organization_id, project_id)
         VALUES (run_day($1), $1, $2, $3, $4, $5, $6)`,
        [
          ...[run.id, after + 1, count, JSON.stringify(events)],
          ...[run.tenant.organizationId, run.tenant.projectId],
        ],
      )
    },

    async sealAll(max = 100) {
      while ((await sequence.seal(max)) === max);
    },

    async sealed(limit = 10_000) {
      return (await sequence.read(f.pool, { afterG: 0, limit })).map(({ event }) => event)
    },

    async close() {
      for (const client of open.splice(0)) client.release(true)
      await f.close()
    },
  }
}

export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
