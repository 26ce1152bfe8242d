import { createPool } from '@dure/platform'
import { testDatabase } from '@dure/platform/testing'
import type pg from 'pg'

export type ManyRuns = Awaited<ReturnType<typeof manyRuns>>

const INSERT = `
  INSERT INTO run (id, organization_id, project_id, workflow_id, version_id, version_number, input,
    started_by, trace, seed, timeout_ms, labels, created_at, status, ended_at, version)
  SELECT 'run_' || lpad(to_hex(1795000000000 + n), 12, '0') || lpad(n::text, 20, '0'), 'o', 'p', 'w',
    'v' || n % 50, 1, '{}', 'k', '{}', 's', 1000, jsonb_build_object('triggerId', 't' || n % 50),
    now() - n * interval '1 s', CASE WHEN n > 10 THEN 'completed' WHEN n > 5 THEN 'running' ELSE 'queued' END,
    CASE WHEN n > 10 THEN now() END, 0
  FROM generate_series(1, $1::int) n`

/** A database with so many runs of one project that an index matters: ten of them have not ended. */
export async function manyRuns(count = 5000) {
  const database = await testDatabase('workflow')
  // One connection: what it has read is known as soon as it is asked for.
  const pool = createPool(
    { DATABASE_URL: database.databaseUrl },
    { max: 1, rows: 'of every tenant' },
  )
  await pool.query(INSERT, [count])
  await pool.query('ANALYZE run')
  return {
    pool,
    tenant: { organizationId: 'o', projectId: 'p' } as never,
    /** How many rows of runs PostgreSQL reads for this. */
    async rowsRead(work: () => Promise<unknown>): Promise<number> {
      const before = await readSoFar(pool)
      await work()
      return (await readSoFar(pool)) - before
    },
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

async function readSoFar(pool: pg.Pool): Promise<number> {
  await pool.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await pool.query<{ read: number }>(`
    SELECT (seq_tup_read + idx_tup_fetch)::float8 AS read FROM pg_stat_user_tables
    WHERE relname = 'run'`)
  return rows[0]?.read ?? Number.NaN
}
