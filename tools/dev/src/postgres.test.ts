import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startGuard } from './guard.ts'
import { startPostgres } from './postgres.ts'
import { hasEnded } from './processes.ts'

const guard = startGuard()
const folder = mkdtempSync(join(tmpdir(), 'dure-postgres-test-'))
chmodSync(folder, 0o755)
guard.removeAtEnd(folder)
const directory = join(folder, 'postgres')

afterAll(async () => {
  await guard.close()
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  // Its server is killed on purpose.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('data survive kill -9 of the server', async () => {
  const first = await startPostgres({ directory, guard })
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)')
  first.kill('SIGKILL')
  await first.exited

  const second = await startPostgres({ directory, guard })

  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  await second.stop()
})

test('a server that still runs on the data is ended first, and the user is told', async () => {
  const forgotten = await startPostgres({ directory, guard })
  const repairs: string[] = []

  const server = await startPostgres({ directory, guard, onRepair: (what) => repairs.push(what) })

  expect(await hasEnded(forgotten.pid, { timeoutMs: 0 })).toBe(true)
  expect(repairs).toEqual([expect.stringContaining(`process ${forgotten.pid}`)])
  expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  await server.stop()
})

test('text sorts the same way on every machine', async () => {
  const server = await startPostgres({ directory, guard })

  const rows = await query(
    server.url,
    "SELECT string_agg(t, '' ORDER BY t) AS sorted FROM unnest(ARRAY['b', 'B', '나', 'a', '가']) t",
  )

  expect(rows).toEqual([{ sorted: 'Bab가나' }])
  await server.stop()
})
