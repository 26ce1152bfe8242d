import { asTenant, createPool, loadConfig } from '@dure/platform'
import { eventually, type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import {
  type EmbeddingRequest,
  failing,
  garbage,
  held,
  type Reply,
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
  text,
} from '@dure/scripted-model'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Config } from '../config.ts'
import { createEmbeddingCache, type EmbeddingCache } from './cache-store.ts'
import { createEmbeddingProvider } from './provider.ts'
import { createEmbeddingService, type EmbeddingService } from './service.ts'

const OWN = testTenant('1')
const OTHER = testTenant('2')
const MODEL = { model: 'small', dimensions: 16 }
const never = new AbortController().signal

let database: TestDatabase
let pool: pg.Pool
let model: ScriptedModel
let cache: EmbeddingCache
/** What the provider was asked for, in order. */
let asked: EmbeddingRequest[]

beforeAll(async () => {
  database = await testDatabase('knowledge')
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 2 })
  cache = createEmbeddingCache(pool)
  model = await startScriptedModel()
})
afterAll(async () => {
  await Promise.all([pool.end(), model.close()])
  await database.drop()
})
beforeEach(() => answerWith(() => undefined))

function answerWith(rule: (index: number) => Reply | undefined): void {
  asked = []
  model.rewriteEmbeddings((request) => rule(asked.push(request) - 1))
}

function serviceWith(settings: Readonly<Record<string, string>> = {}): EmbeddingService {
  const config = loadConfig(Config, {
    DATABASE_URL: database.databaseUrl,
    IDENTITY_PUBLIC_KEY: 'unused',
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_API_KEY: 'key',
    ...settings,
  })
  return createEmbeddingService({
    provider: createEmbeddingProvider(config),
    cache,
    settings: config,
  })
}

const embed = (service: EmbeddingService, texts: readonly string[], tenant = OWN) =>
  asTenant(tenant, () => service.ofPassages(tenant, MODEL, texts, never))

const ask = (service: EmbeddingService, question: string, tenant = OWN) =>
  service.ofQuestion(tenant, MODEL, question, { timeoutMs: 10_000, signal: never })

describe('passages', () => {
  test('get their vectors in their order, in batches, each text once', async () => {
    const service = serviceWith({ EMBEDDING_BATCH_TEXTS: '2', EMBEDDING_PASSAGE_PREFIX: 'p: ' })
    const texts = ['환불', '배송', '환불', 'refund']

    const vectors = await embed(service, texts)

    expect(asked.map(({ input }) => input)).toEqual([['p: 환불', 'p: 배송'], ['p: refund']])
    expect(asked[0]).toMatchObject({ model: 'small', dimensions: 16 })
    expect(vectors).toHaveLength(4)
    expect(vectors[0]).toHaveLength(16)
    expect(vectors[2]).toEqual(vectors[0])
    expect(vectors[1]).not.toEqual(vectors[0])
  })

  test('are not paid for twice: not by the tenant, the model and the text being the same', async () => {
    const [first] = await embed(serviceWith(), ['한 번만'])

    expect(await embed(serviceWith(), ['한 번만'])).toEqual([first])
    expect(asked).toHaveLength(1)
    await embed(serviceWith(), ['한 번만'], OTHER)
    await embed(serviceWith({ EMBEDDING_PASSAGE_PREFIX: 'x' }), ['한 번만'])
    expect(asked).toHaveLength(3)
  })

  test('come after the provider was busy for a moment', async () => {
    answerWith((index) => (index === 0 ? rateLimited(0) : undefined))

    expect(await embed(serviceWith(), ['바쁨'])).toHaveLength(1)
  })

  test('keep what was paid for when a later batch fails', async () => {
    answerWith((index) => (index === 0 ? undefined : failing(400)))
    const service = serviceWith({ EMBEDDING_BATCH_TEXTS: '1' })
    await expect(embed(service, ['앞', '뒤'])).rejects.toThrow()
    answerWith(() => undefined)

    await embed(service, ['앞', '뒤'])

    expect(asked.map(({ input }) => input)).toEqual([['뒤']])
  })

  test.each([
    ['refuses the request', failing(400), 'embedding.refused-request'],
    ['does not know the model', failing(404), 'embedding.refused-request'],
    ['answers with something else', text('Hello'), 'embedding.bad-response'],
    ['answers with garbage', garbage(), 'embedding.bad-response'],
  ])('fail with a reason when the provider %s', async (_name, reply, code) => {
    answerWith(() => reply)

    await expect(embed(serviceWith(), [`reason ${code} ${_name}`])).rejects.toMatchObject({ code })
  })

  test('fail when the provider takes too long, or is not there', async () => {
    const reply = held(text('late'))
    answerWith(() => reply)
    const slow = serviceWith({ EMBEDDING_TIMEOUT_MS: '20' })
    await expect(embed(slow, ['slow'])).rejects.toMatchObject({ code: 'embedding.timeout' })
    reply.release()
  })

  test('that nobody waits for any more are not asked for any more', async () => {
    const reply = held(text('late'))
    answerWith(() => reply)
    const leaving = new AbortController()
    const { signal } = leaving
    const embedding = asTenant(OWN, () => serviceWith().ofPassages(OWN, MODEL, ['left'], signal))
    embedding.catch(() => {})
    await eventually(() => expect(asked).toHaveLength(1))

    leaving.abort(new Error('left'))

    await expect(embedding).rejects.toThrow('left')
    reply.release()
  })
})

describe('a question', () => {
  test('has a vector at once, and again without asking, but not for another tenant', async () => {
    const service = serviceWith({ EMBEDDING_QUERY_PREFIX: 'q: ' })

    const first = await ask(service, '환불?')

    expect(await ask(service, '환불?')).toBe(first)
    expect(asked.map(({ input }) => input)).toEqual([['q: 환불?']])
    await ask(service, '환불?', OTHER)
    expect(asked).toHaveLength(2)
  })

  test('is not asked again and again while the provider is down', async () => {
    answerWith(() => failing(500))
    const service = serviceWith()

    for (let i = 0; i < 5; i++) {
      await expect(ask(service, `down ${i}`)).rejects.toMatchObject({
        code: 'embedding.unavailable',
      })
    }

    expect(asked).toHaveLength(3)
  })
})

describe('the cache', () => {
  test('forgets what nobody has needed for long, and nothing else', async () => {
    const keep = (id: string) =>
      asTenant(OWN, () => cache.keep(OWN, new Map([[id, Float32Array.of(1, 2)]])))
    await keep('old')
    await keep('new')
    await keep('used')
    await asTenant(OWN, () =>
      pool.query(
        `UPDATE embedding SET used_at = now() - interval '40 days' WHERE id IN ('old', 'used')`,
      ),
    )
    const find = (...ids: string[]) => asTenant(OWN, () => cache.find(OWN, ids))
    expect(await find('used')).toEqual(new Map([['used', Float32Array.of(1, 2)]]))

    expect(await cache.purge(30, 100)).toBe(1)

    expect([...(await find('old', 'new', 'used')).keys()].toSorted()).toEqual(['new', 'used'])
  })

  test('shows nobody the vectors of another tenant', async () => {
    await asTenant(OWN, () => cache.keep(OWN, new Map([['own', Float32Array.of(1)]])))

    expect(await asTenant(OTHER, () => cache.find(OTHER, ['own']))).toEqual(new Map())
  })
})
