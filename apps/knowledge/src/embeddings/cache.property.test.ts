import { asTenant, createPool, loadConfig } from '@dure/platform'
import { type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Config } from '../config.ts'
import { createEmbeddingCache } from './cache-store.ts'
import { createEmbeddingProvider } from './provider.ts'
import { createEmbeddingService, type EmbeddingService } from './service.ts'

/** More of them find more. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 5)
const [OWN, OTHER] = [testTenant('1'), testTenant('2')]
/** Of the organization of the first, and another project. */
const BESIDE = { ...OWN, projectId: OTHER.projectId }
const TENANTS = [OWN, OTHER, BESIDE] as const
const never = new AbortController().signal

let database: TestDatabase
let pool: pg.Pool
let model: ScriptedModel
/** How often the provider was asked. */
let asked = 0
beforeAll(async () => {
  database = await testDatabase('knowledge')
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 2 })
  model = await startScriptedModel()
  model.rewriteEmbeddings(() => {
    asked += 1
    return undefined
  })
})
afterAll(async () => {
  await Promise.all([pool.end(), model.close()])
  await database.drop()
})

function startEmbeddings(): EmbeddingService {
  const settings = loadConfig(Config, {
    ...{ DATABASE_URL: database.databaseUrl, IDENTITY_PUBLIC_KEY: 'unused' },
    ...{ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_API_KEY: 'key' },
  })
  const cache = createEmbeddingCache(pool)
  return createEmbeddingService({ provider: createEmbeddingProvider(settings), cache, settings })
}

const step = fc.record({
  tenant: fc.nat(TENANTS.length - 1),
  what: fc.constantFrom('question', 'passage'),
  text: fc.nat(2),
  dimensions: fc.constantFrom(8, 16),
})

test('a vector that is kept spares no tenant but the one that asked for it', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      round += 1
      const service = startEmbeddings()
      const given = new Map<string, Float32Array>()
      for (const one of steps) {
        const tenant = TENANTS[one.tenant] as (typeof TENANTS)[number]
        const wanted = { model: 'small', dimensions: one.dimensions }
        const text = `${round} 환불 ${one.text}`
        const before = asked
        const vector = await asTenant(tenant, async () =>
          one.what === 'question'
            ? service.ofQuestion(tenant, wanted, text, { timeoutMs: 10_000, signal: never })
            : (await service.ofPassages(tenant, wanted, [text], never))[0],
        )
        const key = JSON.stringify(one)
        expect(asked - before, key).toBe(given.has(key) ? 0 : 1)
        expect(vector).toHaveLength(one.dimensions)
        for (const [other, theirs] of given) {
          if (JSON.parse(other).tenant !== one.tenant) expect(vector).not.toBe(theirs)
        }
        given.set(key, vector as Float32Array)
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 120_000)
