import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '../postgres/pool.ts'
import {
  eventually,
  silentLog,
  type TestDatabase,
  testDatabase,
  testSecretsKeys,
  testTenant,
} from '../testing/index.ts'
import { createEnvelope, type Place } from './envelope.ts'
import { createRewrapper } from './rewrapper.ts'

const KEYS = testSecretsKeys('new', 'old')
const OLD_ALONE = KEYS.split(',')[1] ?? ''
const ROWS = 250

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  await pool.query(`CREATE TABLE kept (id text PRIMARY KEY, organization_id text, project_id text,
    version int, key_id text, wrapped_key bytea, payload bytea)`)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const { organizationId, projectId } = testTenant()
const resourceOf = (id: string) => `kept:${id}`
const placeOf = (id: string): Place => ({
  tenant: testTenant(),
  resource: resourceOf(id),
  version: 1,
})

async function keep(keys: string, id: string): Promise<void> {
  const { keyId, wrappedKey, payload } = createEnvelope(keys).seal(`value of ${id}`, placeOf(id))
  await pool.query('INSERT INTO kept VALUES ($1, $2, $3, 1, $4, $5, $6)', [
    ...[id, organizationId, projectId, keyId, wrappedKey, payload],
  ])
}

test('everything is moved to the current key, and what cannot be stays and stops nothing', async () => {
  for (let at = 0; at < ROWS; at += 1) await keep(OLD_ALONE, `row_${String(at).padStart(4, '0')}`)
  await keep(testSecretsKeys('lost'), 'row_0000a')
  const before = await payloads()
  const envelope = createEnvelope(KEYS)
  const rewrapper = createRewrapper({
    ...{ pool, envelope, table: 'kept', resourceOf, log: silentLog() },
    pollMs: 60_000,
  })

  rewrapper.start()
  await eventually(async () => {
    const { rows } = await pool.query(
      'SELECT key_id, count(*)::int FROM kept GROUP BY 1 ORDER BY 1',
    )
    expect(rows).toEqual([
      { key_id: 'lost', count: 1 },
      { key_id: 'new', count: ROWS },
    ])
  })
  await rewrapper.close()

  expect(await payloads()).toEqual(before)
  const { rows } = await pool.query("SELECT * FROM kept WHERE id = 'row_0249'")
  const sealed = { keyId: 'new', wrappedKey: rows[0].wrapped_key, payload: rows[0].payload }
  expect(envelope.open(sealed, placeOf('row_0249'))).toBe('value of row_0249')
})

async function payloads(): Promise<Buffer[]> {
  return (await pool.query('SELECT payload FROM kept ORDER BY id')).rows.map(
    ({ payload }) => payload,
  )
}
