import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { createPool } from './pool.ts'
import { withTransaction } from './transaction.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1 })
  await pool.query('CREATE TABLE notes (text text UNIQUE DEFERRABLE INITIALLY DEFERRED)')
})
beforeEach(() => pool.query('TRUNCATE notes'))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const notes = async () => (await pool.query('SELECT text FROM notes')).rows.map(({ text }) => text)
const note = (client: pg.PoolClient, text: string) =>
  client.query('INSERT INTO notes VALUES ($1)', [text])

describe('a transaction', () => {
  test('keeps what was done in it, and gives back its result', async () => {
    const result = await withTransaction(pool, async (client) => {
      await note(client, 'kept')
      return 'done'
    })
    expect(result).toBe('done')
    expect(await notes()).toEqual(['kept'])
  })

  test('keeps nothing when the work in it fails, and its connection can be used again', async () => {
    const failed = withTransaction(pool, async (client) => {
      await note(client, 'lost')
      throw new Error('changed our mind')
    })
    await expect(failed).rejects.toThrow('changed our mind')
    expect(await notes()).toEqual([])
  })

  test('that cannot be committed rejects', async () => {
    const refused = withTransaction(pool, async (client) => {
      await note(client, 'same')
      await note(client, 'same')
    })
    await expect(refused).rejects.toMatchObject({ code: '23505' })
    expect(await notes()).toEqual([])
  })

  test('whose connection is lost rejects, and the pool makes a new one', async () => {
    const lost = withTransaction(pool, async (client) => {
      await note(client, 'lost')
      await client.query('SELECT pg_terminate_backend(pg_backend_pid())')
    })
    await expect(lost).rejects.toThrow()
    expect(await notes()).toEqual([])
  })

  test('whose connection is lost while it does something else does not end the process', async () => {
    const other = createPool({ DATABASE_URL: database.databaseUrl })
    const lost = withTransaction(pool, async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      const gone = new Promise((resolve) => client.once('end', resolve))
      await other.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      await gone
    })
    await expect(lost).rejects.toThrow()
    await other.end()
    expect(await notes()).toEqual([])
  })
})

test('a connection has limits for each wait', async () => {
  const { rows } = await pool.query(`
    SELECT current_setting('statement_timeout') AS statement,
      current_setting('idle_in_transaction_session_timeout') AS idle,
      current_setting('application_name') AS name`)
  expect(rows).toEqual([{ statement: '10s', idle: '30s', name: 'dure-tenant' }])
})
