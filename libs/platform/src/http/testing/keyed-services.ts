import { readFile } from 'node:fs/promises'
import { Problem } from '@dure/contracts'
import { ConflictError, UnavailableError } from '@dure/kernel'
import type pg from 'pg'
import { Type } from 'typebox'
import { createIdentityVerifier } from '../../identity.ts'
import { createPool } from '../../postgres/pool.ts'
import { withTransaction } from '../../postgres/transaction.ts'
import { afterCommit } from '../../postgres/unit-of-work.ts'
import { silentLog, type TestIdentity, testDatabase } from '../../testing/index.ts'
import { createService, type Service } from '../service.ts'

const Note = Type.Object(
  { text: Type.String(), fails: Type.Optional(Type.Enum(['before', 'after', 'unavailable'])) },
  { additionalProperties: false, $id: 'CreateNote' },
)

/** What was done after commits, in order. */
export const told: string[] = []

/** As many processes of one service as a test needs, on one database. */
export async function keyedServices(caller: TestIdentity) {
  const database = await testDatabase()
  const pool = createPool(
    { DATABASE_URL: database.databaseUrl },
    { max: 5, rows: 'of every tenant' },
  )
  for (const file of ['../idempotency.sql', '../idempotency-row-security.sql']) {
    await pool.query(await readFile(new URL(file, import.meta.url), 'utf8'))
  }
  await pool.query(`
    CREATE TABLE note (id serial PRIMARY KEY, text text NOT NULL);
    CREATE TABLE signal (id text PRIMARY KEY, n serial)`)
  const running: { service: Service; pool: pg.Pool }[] = []

  return {
    pool,
    async start(): Promise<Service> {
      const own = createPool({ DATABASE_URL: database.databaseUrl }, { max: 5 })
      const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'agent' })
      const service = await createService({
        ...{ name: 'notes', log: silentLog(), verifier, idempotencyPool: own },
      })
      addRoutes(service, own)
      await service.ready()
      running.push({ service, pool: own })
      return service
    },
    count: async (table: 'note' | 'signal' | 'idempotency_key') =>
      (await pool.query(`SELECT count(*)::int AS count FROM ${table}`)).rows[0].count as number,
    async close() {
      for (const one of running) await Promise.all([one.service.close(), one.pool.end()])
      await pool.end()
      await database.drop()
    },
  }
}

const response = { '2xx': Type.Unknown(), '4xx': Problem }

function addRoutes(service: Service, pool: pg.Pool): void {
  service.post(
    '/notes/:shelf',
    {
      config: { scope: 'runs:write', idempotency: 'transaction' },
      schema: { params: Type.Object({ shelf: Type.String() }), body: Note, response },
    },
    async ({ body: { text, fails } }, reply) => {
      if (fails === 'before') throw new ConflictError('note.refused', 'No')
      const id = await withTransaction(pool, async (client) => {
        const { rows } = await client.query('INSERT INTO note (text) VALUES ($1) RETURNING id', [
          text,
        ])
        return rows[0].id as number
      })
      afterCommit(() => told.push(text))
      if (fails === 'after') throw new ConflictError('note.refused', 'No')
      if (fails === 'unavailable') throw new UnavailableError('note.unavailable', 'Later')
      const { rows } = await pool.query('SELECT text FROM note WHERE id = $1', [id])
      return reply
        .code(201)
        .header('location', `/notes/${id}`)
        .header('etag', '"1"')
        .send({ id, ...rows[0] })
    },
  )

  service.post(
    '/signals',
    { config: { scope: 'runs:write', idempotency: 'effect' }, schema: { response } },
    async (request, reply) => {
      const key = String(request.headers['idempotency-key'] ?? Math.random())
      await pool.query('INSERT INTO signal (id) VALUES ($1) ON CONFLICT DO NOTHING', [key])
      // No two executions answer alike: what is kept is one of them.
      return reply.code(202).send({ key, at: process.hrtime.bigint().toString() })
    },
  )
  service.post(
    '/secrets',
    {
      config: { scope: 'runs:write', idempotency: 'private-transaction' },
      schema: { body: Note, response },
    },
    async ({ body: { text } }, reply) => reply.code(201).send({ secret: text }),
  )
  service.delete(
    '/notes',
    { config: { scope: 'runs:write', idempotency: 'transaction' }, schema: { response } },
    async (_request, reply) => {
      await pool.query('DELETE FROM note')
      return reply.code(204).send(null)
    },
  )
}
