import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { copyRun } from './copy-run.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the superuser, on the database `postgres`. */
    postgresUrl: string
  }
}

const RUN = 'run_0190f0c0a00070008fffffffffffffff'

async function database(): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query('CREATE DATABASE copy_run_test')
  const url = new URL(inject('postgresUrl'))
  url.pathname = '/copy_run_test'
  const db = new pg.Client({ connectionString: url.href })
  await db.connect()
  onTestFinished(async () => {
    await db.end()
    await admin.query('DROP DATABASE copy_run_test')
    await admin.end()
  })
  return db
}

test('a run is copied in every table that has rows of it, with numbers of its own', async () => {
  const db = await database()
  await db.query(`
    CREATE TABLE run (id text PRIMARY KEY, output json, at timestamptz DEFAULT now());
    CREATE TABLE step (
      run_id text, n int, key text, pos bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      PRIMARY KEY (run_id, n)
    );
    CREATE TABLE other (id text PRIMARY KEY);
    INSERT INTO run (id, output) VALUES ('${RUN}', '{ "a": 1 }'), ('run_else', '{}');
    INSERT INTO step (run_id, n, key)
    SELECT '${RUN}', n, '${RUN}/s' || n FROM generate_series(1, 3) AS n;
    INSERT INTO other VALUES ('x');`)

  await copyRun(db, { id: RUN, count: 2500 })

  const { rows } = await db.query(`
    SELECT (SELECT count(*)::int FROM run) AS runs, (SELECT count(*)::int FROM step) AS steps,
      (SELECT count(*)::int FROM other) AS others,
      (SELECT count(*)::int FROM step WHERE key = run_id || '/s' || n) AS own_keys,
      (SELECT count(*)::int FROM run WHERE output ->> 'a' = '1') AS outputs`)
  expect(rows).toEqual([{ runs: 2502, steps: 7503, others: 1, own_keys: 7503, outputs: 2501 }])
})

test('a run that is nowhere is not copied in silence', async () => {
  const db = await database()

  await expect(copyRun(db, { id: RUN, count: 1 })).rejects.toThrow(RUN)
})
