import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase, testTenant } from '../testing/index.ts'
import { createPool } from './pool.ts'
import { asTenant } from './tenant.ts'
import { withTenant, withTransaction } from './transaction.ts'

let database: TestDatabase
let everything: pg.Pool
let pool: pg.Pool
let wire: Wire
const A = testTenant('a')
const B = testTenant('b')

beforeAll(async () => {
  database = await testDatabase()
  everything = createPool(
    { DATABASE_URL: database.databaseUrl },
    { max: 1, rows: 'of every tenant' },
  )
  await everything.query(`
    CREATE TABLE thing (organization_id text, project_id text, name text UNIQUE);
    ALTER TABLE thing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY service ON thing USING (current_setting('dure.scope', true) = 'service');
    CREATE POLICY tenant ON thing USING (organization_id = current_setting('dure.organization', true)
      AND coalesce(current_setting('dure.project', true), '') IN ('', project_id))`)
  wire = await countTrips(database.databaseUrl)
  pool = createPool({ DATABASE_URL: wire.url }, { max: 1 })
})
beforeEach(async () => {
  await everything.query('TRUNCATE thing')
  for (const { organizationId, projectId } of [A, B]) {
    await everything.query('INSERT INTO thing VALUES ($1, $2, $1)', [organizationId, projectId])
  }
})
afterAll(async () => {
  await Promise.all([pool.end(), everything.end()])
  await wire.close()
  await database.drop()
})

interface Wire {
  readonly url: string
  /** Answers for which somebody had to wait while `work` was done. */
  tripsOf(work: () => Promise<unknown>): Promise<number>
  close(): Promise<void>
}

/** A cable to PostgreSQL that counts how often it said that it is ready again: once for each that waited. */
async function countTrips(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl)
  let trips = 0
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    client.pipe(upstream).pipe(client)
    let rest = Buffer.alloc(0)
    upstream.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data])
      while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        if (rest[0] === 'Z'.charCodeAt(0)) trips += 1
        rest = rest.subarray(1 + rest.readInt32BE(1))
      }
    })
    for (const socket of [client, upstream]) socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.port = String((server.address() as { port: number }).port)
  return {
    url: url.href,
    async tripsOf(work) {
      const before = trips
      await work()
      return trips - before
    },
    async close() {
      server.close()
      await once(server, 'close')
    },
  }
}

const NAMES = 'SELECT name FROM thing'
const UNSENDABLE = {
  toPostgres() {
    throw new TypeError('no value')
  },
}
const namesFrom = async (db: pg.Pool | pg.PoolClient, query: string | pg.QueryConfig = NAMES) =>
  (await db.query(query)).rows.map(({ name }) => name)

describe('a statement', () => {
  test.each([
    ['of text', NAMES],
    ['with parameters', { text: `${NAMES} WHERE name <> $1`, values: ['x'] }],
    ['that is prepared', { name: 'names', text: `${NAMES} WHERE name <> $1`, values: ['x'] }],
  ])('%s is one trip, for its tenant and for no longer', async (_, query) => {
    // The first one connects.
    await namesFrom(pool, query)
    for (const tenant of [A, B, A]) {
      let names: unknown
      const trips = await wire.tripsOf(async () => {
        names = await asTenant(tenant, () => namesFrom(pool, query))
      })
      expect([trips, names]).toEqual([1, [tenant.organizationId]])
      expect(await namesFrom(pool, query)).toEqual([])
    }
    const stranger = { ...A, projectId: B.projectId }
    expect(await asTenant(stranger, () => namesFrom(pool, query))).toEqual([])
  })

  test('gives back what it would without: rows as arrays, several results, a callback, an error', async () => {
    await asTenant(A, async () => {
      const arrays = await pool.query({
        text: `${NAMES} WHERE name <> $1`,
        values: ['x'],
        rowMode: 'array',
      })
      expect(arrays.rows).toEqual([[A.organizationId]])
      const both = (await pool.query('SELECT 1 AS n; SELECT 2 AS n')) as unknown as pg.QueryResult[]
      expect(both.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }]])
      const { promise, resolve } = Promise.withResolvers<unknown>()
      void pool.query(NAMES, (_error: Error, result: pg.QueryResult) => resolve(result.rowCount))
      expect(await promise).toBe(1)
      for (const wrong of ['SELECT 1/0', { text: 'SELECT 1/$1::int', values: [0] }]) {
        await expect(pool.query(wrong)).rejects.toMatchObject({ code: '22012' })
      }
      await expect(pool.query('SELECT $1', [UNSENDABLE])).rejects.toThrow()
      expect(await namesFrom(pool)).toEqual([A.organizationId])
    })
    expect(await namesFrom(pool)).toEqual([])
  })

  test('writes for its tenant alone, and is undone as a whole when it may not', async () => {
    const write = (of: typeof A) =>
      pool.query('INSERT INTO thing VALUES ($1, $2, $3)', [of.organizationId, of.projectId, 'new'])
    await expect(asTenant(A, () => write(B))).rejects.toMatchObject({ code: '42501' })
    await expect(write(A)).rejects.toMatchObject({ code: '42501' })
    expect((await asTenant(A, () => write(A))).rowCount).toBe(1)
  })

  test('is of whoever asked it, though somebody else gave the connection back', async () => {
    const asked = [A, B, undefined, B, A].map((tenant) =>
      tenant ? asTenant(tenant, () => namesFrom(pool)) : namesFrom(pool),
    )
    const names = [A, B].map(({ organizationId }) => [organizationId])
    expect(await Promise.all(asked)).toEqual([names[0], names[1], [], names[1], names[0]])
  })
})

describe('a transaction', () => {
  test('has its tenant with its BEGIN: no trip more', async () => {
    const work = async (client: pg.PoolClient) => [await namesFrom(client), await namesFrom(client)]
    let names: unknown
    const trips = await wire.tripsOf(async () => {
      names = await asTenant(A, () => withTransaction(pool, work))
    })
    expect([trips, names]).toEqual([4, [[A.organizationId], [A.organizationId]]])
    expect(await withTransaction(pool, work)).toEqual([[], []])
  })

  test('that reads one moment can have a tenant, too', async () => {
    const names = asTenant(B, () =>
      withTransaction(pool, (client) => namesFrom(client), { snapshot: true }),
    )
    expect(await names).toEqual([B.organizationId])
  })

  test('shows nothing to nobody, although it was begun for somebody', async () => {
    const client = await pool.connect()
    await asTenant(A, () => client.query('BEGIN'))
    expect(await asTenant(A, () => namesFrom(client))).toEqual([A.organizationId])
    expect(await namesFrom(client)).toEqual([])
    expect(await asTenant(B, () => namesFrom(client))).toEqual([B.organizationId])
    await client.query('ROLLBACK')
    client.release()
  })

  test('that has failed is over, and the next one is of its own tenant', async () => {
    const failed = withTenant(pool, A, (client) => client.query('SELECT 1/0'))
    await expect(failed).rejects.toMatchObject({ code: '22012' })
    expect(await withTenant(pool, B, (client) => namesFrom(client))).toEqual([B.organizationId])
  })
})

test('a pool of every tenant keeps what its URL asks for', async () => {
  const url = new URL(database.databaseUrl)
  url.searchParams.set('options', '-c geqo=off')
  const both = createPool({ DATABASE_URL: url.href }, { max: 1, rows: 'of every tenant' })
  const { rows } = await both.query(
    "SELECT current_setting('geqo') AS geqo, current_setting('dure.scope') AS scope, count(*)::int FROM thing",
  )
  expect(rows).toEqual([{ geqo: 'off', scope: 'service', count: 2 }])
  await both.end()
})
