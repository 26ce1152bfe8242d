import { randomBytes } from 'node:crypto'
import { SCOPES } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { silentLog, type TestDatabase, testDatabase } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSeal } from './seal-service.ts'
import { createKeyService } from './service.ts'
import { createKeyStore } from './store.ts'

let database: TestDatabase
let pool: pg.Pool
const seal = createSeal(randomBytes(32).toString('base64'))
const service = () => createKeyService({ store: createKeyStore(pool), seal, log: silentLog() })
beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

test('of an installation without tenants is made by one of those that start, and never again', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => service().bootstrapFirst()))
  const [key, ...more] = made.filter((one) => one !== undefined)
  expect(more).toEqual([])
  const request = { headers: { authorization: `Bearer ${key}` }, ip: '192.0.2.1' }
  expect((await service().authenticate(request)).scopes).toEqual([...SCOPES])
  expect(await service().bootstrapFirst()).toBeUndefined()
})
