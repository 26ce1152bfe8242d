import { runStoreContract, type StoreUnderTest } from '@dure/engine/testing'
import { createPool } from '@dure/platform'
import { eventually, type TestDatabase, testDatabase } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRecoveryStore } from './recovery-store.ts'
import { createRunStore } from './store.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase('workflow')
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { rows: 'of every tenant' })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function onPostgres(): Promise<StoreUnderTest> {
  const { clock } = createRecoveryStore(pool)
  return {
    store: createRunStore({ pool, reducerHash: 'contract' }),
    async passMs(ms) {
      const until = (await clock()) + ms
      await eventually(async () => expect(await clock()).toBeGreaterThanOrEqual(until))
    },
  }
}

// The very promises that the simulation relies on, kept by the store in memory there.
describe('the store in PostgreSQL', () => {
  for (const { name, run } of runStoreContract(onPostgres)) it(name, run)
})
