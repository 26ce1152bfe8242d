import { createPool } from '@dure/platform'
import { type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSweepStore } from './sweep-store.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase('knowledge')
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1, rows: 'of every tenant' })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** How many rows of documents this one connection has read so far. */
async function rowsRead(): Promise<number> {
  await pool.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await pool.query<{ count: number }>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS count FROM pg_stat_user_tables WHERE relname = 'document'`,
  )
  return rows[0]?.count ?? 0
}

test('a sweep reads what is not finished, however much is', async () => {
  const { organizationId, projectId } = testTenant()
  await pool.query(
    `INSERT INTO knowledge_base (id, organization_id, project_id, name) VALUES ('kb', $1, $2, 'n')`,
    [organizationId, projectId],
  )
  await pool.query(
    `INSERT INTO document (id, knowledge_base_id, organization_id, project_id, name, media_type, content_hash,
       size_bytes, text, status, alive_at)
     SELECT n, 'kb', $1, $2, n, 'text/plain', '', 0, '',
       (CASE WHEN n = 7 THEN 'queued' ELSE 'ready' END)::document_status, now() - interval '1 minute'
       FROM generate_series(1, 5000) AS n`,
    [organizationId, projectId],
  )
  await pool.query('ANALYZE document')
  const before = await rowsRead()
  const sweeps = createSweepStore(pool, { hasEngine: false })
  expect(await sweeps.sweep({ all: false })).toMatchObject([{ documentId: '7' }])
  expect((await rowsRead()) - before).toBeLessThan(100)
})
