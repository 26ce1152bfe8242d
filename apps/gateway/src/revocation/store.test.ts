import { createPool } from '@dure/platform'
import { type TestDatabase, testDatabase } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyChangeStore, type KeyChangeStore } from './store.ts'

let database: TestDatabase
let pool: pg.Pool
let store: KeyChangeStore
beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.superuserUrl })
  store = createKeyChangeStore(pool)
  await pool.query("INSERT INTO organization (id, name) VALUES ('org_1', 'o')")
  await pool.query("INSERT INTO project (id, organization_id, name) VALUES ('prj_1', 'org_1', 'p')")
  await pool.query(`
    INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start, last4)
    SELECT 'key_' || n, 'org_1', 'prj_1', n, '\\x00', 1, '', '' FROM generate_series(1, 50) n`)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

test('what a key may do is numbered when it changes, its use is not', async () => {
  const { head } = await store.since(0, 10)
  await pool.query("UPDATE api_key SET last_used_at = now() WHERE id = 'key_1'")
  expect(await store.since(head, 10)).toEqual({ head, subjects: [] })
  await pool.query("UPDATE api_key SET revoked_at = now() WHERE id IN ('key_3', 'key_2')")
  await pool.query("UPDATE api_key SET scopes = '{runs:read}' WHERE id = 'key_1'")
  await pool.query("DELETE FROM api_key WHERE id = 'key_3'")
  expect(await store.since(head, 10)).toEqual({
    head: head + 4,
    subjects: ['key_2', 'key_3', 'key_1', 'key_3'],
  })
  expect(await store.since(head + 3, 10)).toEqual({ head: head + 4, subjects: ['key_3'] })
})

test('many changes at the same time, some of them undone, leave numbers without gaps', async () => {
  const { head } = await store.since(0, 1)
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const client = await pool.connect()
      const ids = [`key_${10 + n}`, `key_${10 + ((n * 7) % 40)}`]
      await client.query('BEGIN')
      await client.query('UPDATE api_key SET expires_at = now() WHERE id = ANY ($1)', [ids])
      await client.query(n % 3 === 0 ? 'ROLLBACK' : 'COMMIT')
      client.release()
    }),
  )
  const since = await store.since(head, 1000)
  expect(since.subjects.length).toBeGreaterThan(26)
  expect(since.head - head).toBe(since.subjects.length)
})

test('only the last 10,000 are kept', async () => {
  await pool.query("SELECT append_key_changes(array_fill('key_1'::text, ARRAY[12000]))")
  const { rows } = await pool.query('SELECT count(*)::int AS kept FROM key_change')
  expect(rows).toEqual([{ kept: 10_000 }])
  const { head, subjects } = await store.since(0, 20_000)
  expect(head).toBeGreaterThan(subjects.length)
})
