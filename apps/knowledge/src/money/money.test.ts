import type { Service } from '@dure/platform'
import { eventually, testQueues } from '@dure/platform/testing'
import {
  type EmbeddingRequest,
  estimateTokens,
  failing,
  garbage,
  type Reply,
  type ScriptedModel,
  startScriptedModel,
} from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'
import { PRICE, type Purse, REFUSED, RESERVED, startPurse } from './testing/purse.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let purse: Purse
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string
let asked: EmbeddingRequest[]
let reply: Reply | undefined

const KEY = { principalId: 'usr_somebody', keyId: 'key_mine' }

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    ...{ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small', EMBEDDING_MICRO_USD: '-1' },
    ...{ RERANK_BASE_URL: model.baseUrl, RERANK_MODEL: 'reader', RERANK_MICRO_USD: '-1' },
    EMBEDDING_BATCH_TEXTS: '2',
  })
  purse = startPurse({ redisUrl: testQueues().redisUrl, prefix: knowledge.prefix })
  app = await knowledge.start('all')
  client = knowledge.client(app, KEY)
  model.rewriteEmbeddings((request) => {
    asked.push(request)
    return reply
  })
  asked = []
  base = await client.createBase()
  await client.settled(base, (await client.put(base, 'refund.txt', '환불은 이레 안에')).id)
})
afterAll(async () => {
  await knowledge.tearDown()
  await purse.close()
  await model.close()
})
beforeEach(() => {
  reply = undefined
  asked = []
  purse.answerWith(RESERVED)
})

const tokensOf = ({ input }: EmbeddingRequest) =>
  input.reduce((sum, text) => sum + estimateTokens(text), 0)
const search = (query: string, more: object = {}) =>
  client.call('POST', `/${base}/search`, { body: { query, rerank: false, ...more } })

/** Of what was reserved since the beginning of the test. */
async function settlements(count: number) {
  const keys = () => new Set(purse.reserved.map(({ callKey }) => callKey))
  const ours = () => purse.settled.filter(({ callKey }) => keys().has(callKey))
  await eventually(() => expect(ours()).toHaveLength(count))
  return ours()
}

describe('a search', () => {
  test('reserves what its vector may cost, and settles what it took, for the key that asks', async () => {
    const found = await search('환불 되나요')
    expect(found.json().degraded).toBeUndefined()

    const [settled] = await settlements(1)
    const [request] = asked
    const tokens = request ? tokensOf(request) : 0
    const payer = { tenant: knowledge.tenant, keyId: KEY.keyId }
    expect(purse.reserved).toMatchObject([{ payer, kind: 'embedding', model: 'small' }])
    expect(purse.reserved[0]?.atMost.tokens).toBeGreaterThanOrEqual(tokens)
    expect(settled).toMatchObject({
      ...{ payer, callKey: purse.reserved[0]?.callKey },
      ...{ used: { tokens, searches: 0 }, costMicroUsd: tokens },
    })
    // What is remembered costs nothing.
    await search('환불 되나요')
    expect([asked.length, purse.reserved.length]).toEqual([1, 1])
  })

  test('by both goes on by words when a budget is used up, and says so', async () => {
    purse.answerWith(REFUSED)
    const answer = (await search('환불 예산')).json()
    expect(answer).toMatchObject({ degraded: true, degradedReason: 'budget.exceeded' })
    expect(answer.chunks).toHaveLength(1)
    expect([asked, purse.settled]).toEqual([[], []])
  })

  test('by vectors alone is refused then: 429, with what is used up', async () => {
    purse.answerWith(REFUSED)
    const refused = await search('환불 벡터만', { mode: 'vector' })
    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toMatchObject({
      code: 'budget.exceeded',
      detail: expect.stringContaining('used up'),
    })
    purse.answerWith(RESERVED)
    expect((await search('환불 벡터만', { mode: 'vector' })).statusCode).toBe(200)
  })

  test('pays nothing to a provider that refuses, and for an answer that is no use', async () => {
    reply = failing(400)
    expect((await search('거절')).json()).toMatchObject({
      degradedReason: 'embedding.refused-request',
    })
    expect(await settlements(1)).toMatchObject([{ costMicroUsd: 0 }])

    purse.answerWith(RESERVED)
    reply = garbage()
    await search('쓰레기')
    const [settled] = await settlements(1)
    expect(settled?.used).toEqual(purse.reserved[0]?.atMost)
  })

  test('is never unpaid: with nobody to ask it is by words, and is not held up again and again', async () => {
    const own = knowledge.client(await knowledge.start('api'))
    purse.answerWith(undefined)
    const query = (text: string) => own.search(base, text, { rerank: false })
    for (const text of ['가', '나', '다', '라']) {
      expect(await query(`환불 ${text}`)).toMatchObject({ degradedReason: 'budget.unavailable' })
    }
    expect(asked).toEqual([])
    expect(purse.reserved).toHaveLength(3)
    await eventually(() => expect(purse.givenUp).toHaveLength(3))
    const keys = purse.reserved.map(({ callKey }) => callKey)
    expect(purse.givenUp.map(({ callKey }) => callKey)).toEqual(keys)
  })
})

describe('a reranker', () => {
  test('is paid for a search, or left out when there is no money for it', async () => {
    const rerank = { mode: 'keyword', rerank: true }
    expect((await search('환불', rerank)).json().degraded).toBeUndefined()
    const [settled] = await settlements(1)
    expect(settled).toMatchObject({
      ...{ kind: 'rerank', model: 'reader', used: { tokens: 0, searches: 1 } },
      ...{ payer: { keyId: KEY.keyId }, costMicroUsd: PRICE.searchMicroUsd },
    })

    purse.answerWith(REFUSED)
    const answer = (await search('환불', rerank)).json()
    expect(answer).toMatchObject({ degraded: true, degradedReason: 'budget.exceeded' })
    expect(answer.chunks).toHaveLength(1)
  })
})

describe('documents', () => {
  const text = (words: string) =>
    Array.from({ length: 5 }, (_, at) => `# ${at}\n${`${words} ${at} `.repeat(120)}`).join('\n')

  test('are paid for by their project, batch by batch', async () => {
    const { id } = await client.put(base, 'batches.md', text('배송'))
    const { chunkCount, vectorCount } = await client.settled(base, id)
    expect(vectorCount).toBe(chunkCount)

    const settled = await settlements(asked.length)
    expect(asked.length).toBe(Math.ceil(chunkCount / 2))
    expect(purse.reserved.map(({ payer }) => payer)).toEqual(
      asked.map(() => ({ tenant: knowledge.tenant })),
    )
    const cost = settled.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)
    expect(cost).toBe(asked.reduce((sum, request) => sum + tokensOf(request), 0))
  })

  test('are found by words while there is no money, say why, and get their vectors later', async () => {
    const content = text('포장')
    let left = 1
    purse.answerWith(() => (left-- > 0 ? RESERVED : REFUSED))
    const { id } = await client.put(base, 'poor.md', content)
    const poor = await client.settled(base, id)
    expect(poor).toMatchObject({
      ...{ status: 'ready', vectorCount: 0 },
      embeddingError: { code: 'budget.exceeded', message: expect.stringContaining('used up') },
    })
    const found = await client.search(base, '포장', { mode: 'keyword', rerank: false })
    expect(found.chunks.length).toBeGreaterThan(0)
    const paid = asked.flatMap(({ input }) => input)
    expect(paid).toHaveLength(2)

    purse.answerWith(RESERVED)
    await knowledge.pool.query('UPDATE document SET embedding_retry_at = now() WHERE id = $1', [id])
    const rich = await eventually(async () => {
      const document = await client.get(base, id)
      expect(document.embeddingError).toBeUndefined()
      return document
    })
    expect(rich.vectorCount).toBe(rich.chunkCount)
    // What was paid for is not paid for again.
    const all = asked.flatMap(({ input }) => input)
    expect([all.length, new Set(all).size]).toEqual([rich.chunkCount, rich.chunkCount])
  })
})

test('a re-indexing waits while a budget is used up, and goes on by itself when there is money', async () => {
  const plain = { name: 'Words', embeddingModel: null }
  const words = (await client.call('POST', '', { body: plain })).json().id
  const text = (at: number) => `# ${at}\n${`말로만 찾는 글 ${at} `.repeat(80)}`
  const all = Array.from({ length: 5 }, (_, at) => text(at)).join('\n')
  const { chunkCount } = await client.settled(words, (await client.put(words, 'a.md', all)).id)
  const reindexing = async () => (await client.call('GET', `/${words}/reindex`)).json()
  const begin = () => client.call('POST', `/${words}/reindex`, { body: {} })
  const due = (seconds: number) =>
    knowledge.pool.query('UPDATE reindex SET due_at = now() + make_interval(secs => $1)', [seconds])

  let left = 1
  purse.answerWith(() => (left-- > 0 ? RESERVED : REFUSED))
  expect((await begin()).statusCode).toBe(202)
  await eventually(async () =>
    expect(await reindexing()).toMatchObject({
      ...{ status: 'running', nextAt: expect.any(String) },
      error: { code: 'budget.exceeded' },
    }),
  )
  await due(3600)
  // Somebody says that there is money, and is wrong.
  expect((await begin()).statusCode).toBe(202)
  await eventually(async () => expect(purse.reserved.length).toBeGreaterThan(2))
  expect(await reindexing()).toMatchObject({ status: 'running' })

  purse.answerWith(RESERVED)
  await due(0)
  await eventually(async () => expect(await reindexing()).toMatchObject({ status: 'done' }))
  expect((await reindexing()).error).toBeUndefined()
  expect(purse.reserved.map(({ payer }) => payer)).toContainEqual({ tenant: knowledge.tenant })
  const texts = asked.flatMap(({ input }) => input)
  expect([texts.length, new Set(texts).size]).toEqual([chunkCount, chunkCount])
})
