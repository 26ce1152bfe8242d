import { readFile } from 'node:fs/promises'
import type { Tenant } from '@dure/contracts'
import type pg from 'pg'
import { createPool } from '../../postgres/pool.ts'
import { withTransaction } from '../../postgres/transaction.ts'
import { testDatabase, testTenant } from '../../testing/index.ts'
import { createEventStore, type EventStore } from '../event-store.ts'

export interface EventDatabase {
  readonly pool: pg.Pool
  readonly store: EventStore
  readonly tenant: Tenant
  /** Commits one event per type to a stream that holds `expectedVersion` events. */
  record(stream: string, expectedVersion: number, ...types: string[]): Promise<void>
  drop(): Promise<void>
}

/** A database with nothing in it but the tables of the event store. */
export async function eventDatabase(): Promise<EventDatabase> {
  const { databaseUrl, drop } = await testDatabase()
  const pool = createPool({ DATABASE_URL: databaseUrl }, { max: 20 })
  await pool.query(await readFile(new URL('../schema.sql', import.meta.url), 'utf8'))
  const store = createEventStore({ pool, source: 'workflow' })
  const tenant = testTenant()
  return {
    pool,
    store,
    tenant,
    record: (stream, expectedVersion, ...types) =>
      withTransaction(pool, (client) =>
        store.append(client, {
          stream,
          expectedVersion,
          events: types.map((type) => ({ type })),
          tenant,
        }),
      ),
    async drop() {
      await pool.end()
      await drop()
    },
  }
}
