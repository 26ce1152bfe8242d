import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { copyBytes } from './copy-out.ts'
import { createPool } from './pool.ts'
import { withTransaction } from './transaction.ts'

const MIB = 1024 * 1024

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1 })
  await pool.query('CREATE TABLE piece (number int PRIMARY KEY, bytes bytea)')
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function copied(select: string): Promise<Buffer[]> {
  const rows: Buffer[] = []
  await withTransaction(pool, (client) =>
    copyBytes(client, select, (bytes) => void rows.push(Buffer.from(bytes))),
  )
  return rows
}

test('bytes of rows come as they are, in their order, whatever they are', async () => {
  const pieces = [0, 1, 5, 255, MIB, 3 * MIB].map((length) =>
    Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31) % 251)),
  )
  for (const [number, bytes] of pieces.entries()) {
    await pool.query('INSERT INTO piece VALUES ($1, $2)', [number, bytes])
  }

  expect(await copied('SELECT bytes FROM piece ORDER BY number')).toEqual(pieces)
  expect(await copied('SELECT bytes FROM piece WHERE number < 0')).toEqual([])
})

test('a row that is not one column of bytes is refused, and the connection goes on', async () => {
  for (const select of ['SELECT 1, 2', 'SELECT NULL::bytea']) {
    await expect(copied(select)).rejects.toThrow(TypeError)
  }
  expect(await copied(`SELECT '\\x01'::bytea`)).toEqual([Buffer.of(1)])
})

test('what whoever takes the rows throws, and what the server says, rejects', async () => {
  const refused = withTransaction(pool, (client) =>
    copyBytes(client, 'SELECT bytes FROM generate_series(1, 3), piece', () => {
      throw new RangeError('too many')
    }),
  )
  await expect(refused).rejects.toThrow('too many')
  await expect(copied('SELECT nothing')).rejects.toMatchObject({ code: '42703' })
  expect(await copied(`SELECT '\\x02'::bytea`)).toEqual([Buffer.of(2)])
})

test('a connection that is lost meanwhile rejects', async () => {
  const lost = copied(`SELECT ''::bytea FROM pg_terminate_backend(pg_backend_pid())`)
  await expect(lost).rejects.toThrow()
  expect(await copied(`SELECT '\\x03'::bytea`)).toEqual([Buffer.of(3)])
})

test('a server that says nothing any more is not waited for', async () => {
  await using client = Object.assign(
    new pg.Client({ connectionString: database.databaseUrl, query_timeout: 50 }),
    { [Symbol.asyncDispose]: () => client.end() },
  )
  client.on('error', () => {})
  await client.connect()
  await withTransaction(pool, async (holder) => {
    await holder.query('SELECT pg_advisory_xact_lock(1)')
    const late = copyBytes(
      client as never,
      `SELECT ''::bytea FROM pg_advisory_lock_shared(1)`,
      () => {},
    )
    await expect(late).rejects.toThrow('Query read timeout')
  })
})
