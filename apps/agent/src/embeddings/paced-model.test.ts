import { silentLog, testTenant } from '@dure/platform/testing'
import { failing, rateLimited, startScriptedModel } from '@dure/scripted-model'
import { expect, onTestFinished, test } from 'vitest'
import { createBreakers } from '../models/breakers.ts'
import { createGovernor } from '../models/governor/governor.ts'
import type { ModelsConfig } from '../models/index.ts'
import { modelsAt } from '../models/testing/caller.ts'
import { createEmbeddingService } from './service.ts'

async function installed(config: (baseUrl: string) => Partial<ModelsConfig> = () => ({})) {
  const model = await startScriptedModel()
  onTestFinished(() => model.close())
  const prefix = 'test'
  const pacing = {
    governor: createGovernor({ prefix, log: silentLog() }),
    breakers: createBreakers({ prefix, limits: { minResults: 2 } }),
  }
  const models = modelsAt(model.baseUrl, { MODEL_EMBEDDING: 'small', ...config(model.baseUrl) })
  const service = createEmbeddingService({ models, pacing, timeoutMs: 20_000 })
  const embed = (...texts: string[]) =>
    service.embed({
      ...{ texts, payer: { tenant: testTenant() }, kind: 'direct' },
      signal: new AbortController().signal,
    })
  return { model, embed, pacing, models }
}

test('a model of embeddings that fails is spared, as others are', async () => {
  const { model, embed } = await installed()
  let asked = 0
  model.rewriteEmbeddings(() => {
    asked += 1
    return failing(500)
  })
  await expect(embed('a')).rejects.toMatchObject({ code: 'model.unavailable' })
  const before = asked
  await expect(embed('b')).rejects.toMatchObject({ details: { isSpared: true } })
  expect([before > 0, asked]).toEqual([true, before])
})

test('a provider of embeddings that asks to wait is not asked meanwhile', async () => {
  const { model, embed, pacing, models } = await installed()
  let asked = 0
  model.rewriteEmbeddings(() => (asked++ === 0 ? rateLimited(1) : undefined))
  expect((await embed('a')).vectors).toHaveLength(1)
  const { provider } = models.chooseEmbedding()
  model.rewriteEmbeddings(() => rateLimited(600))
  await expect(embed('a')).rejects.toMatchObject({ code: 'model.rate-limited' })
  const turn = { provider, tokens: 1, priority: 'interactive' as const, waitMs: 1000, lifeMs: 1000 }
  const { signal } = new AbortController()
  await expect(pacing.governor.acquire({ ...turn, signal })).rejects.toMatchObject({
    code: 'model.rate-limited',
  })
})

test('embeddings are within the limits of their provider', async () => {
  const { model, embed } = await installed((baseUrl) => ({
    MODEL_BASE_URL: '',
    MODEL_PROVIDERS: JSON.stringify([
      {
        ...{ name: 'few', kind: 'openai-compatible', baseUrl, models: ['small'] },
        limits: { requestsPerMinute: 1 },
      },
    ]),
  }))
  await embed('a')
  let asked = 0
  model.rewriteEmbeddings(() => {
    asked += 1
    return undefined
  })
  await expect(embed('b')).rejects.toMatchObject({ code: 'model.rate-limited' })
  expect(asked).toBe(0)
})
