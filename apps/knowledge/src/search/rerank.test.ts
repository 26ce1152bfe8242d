import type { SearchResult } from '@dure/contracts'
import {
  failing,
  garbage,
  held,
  type ScriptedModel,
  startScriptedModel,
  text,
} from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string
let asked: { query: string; documents: readonly string[]; model: string }[]

const OFTEN = '# 안내\n환불 환불 환불 환불 환불'
const ANSWER = '# 환불 기한\n환불은 이레 안에 신청합니다'
const QUESTION = '환불 기한은 이레인가요'

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    RERANK_BASE_URL: model.baseUrl,
    RERANK_MODEL: 'reader',
    RERANK_TIMEOUT_MS: '500',
  })
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
  for (const [name, content] of [
    ['often.md', OFTEN],
    ['answer.md', ANSWER],
  ] as const) {
    await client.settled(base, (await client.put(base, name, content)).id)
  }
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})
beforeEach(() => {
  asked = []
  model.rewriteReranking((request) => void asked.push(request))
})

const names = ({ chunks }: SearchResult) => chunks.map(({ documentName }) => documentName)

describe('a reranker', () => {
  test('reads what was found, with its headings, and has the last word', async () => {
    const before: SearchResult = await client.search(base, '환불', { rerank: false })
    expect(asked).toEqual([])

    const after: SearchResult = await client.search(base, '환불', { explain: true })

    expect(asked).toMatchObject([{ model: 'reader', query: '환불' }])
    expect(asked[0]?.documents).toContain('환불 기한\n환불은 이레 안에 신청합니다')
    // By words the heading decides, and by spelling the repetition.
    expect([names(before)[0], names(after)[0]]).toEqual(['answer.md', 'often.md'])
    const scores = after.chunks.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(after.chunks[0]?.explanation?.rerank).toBe(scores[0])
    expect(after.degraded).toBeUndefined()
  })

  test('sees more than is asked for', async () => {
    const { chunks } = await client.search(base, '환불', { topK: 1 })

    expect(chunks).toHaveLength(1)
    expect(asked[0]?.documents).toHaveLength(2)
  })

  test('is not asked when nothing was found', async () => {
    expect((await client.search(base, '우주 망원경')).chunks).toEqual([])
    expect(asked).toEqual([])
  })
})

describe('when the reranker', () => {
  const slow = held(text('late'))
  afterAll(() => slow.release())
  test.each([
    ['is down', failing(500), 'reranking.unavailable'],
    ['answers with something else', text('Hello'), 'reranking.bad-response'],
    ['answers with garbage', garbage(), 'reranking.bad-response'],
    ['is slow', slow, 'reranking.timeout'],
  ])('%s, the order stays, and the answer says so', async (_name, reply, degradedReason) => {
    model.rewriteReranking(() => reply)
    const fresh = knowledge.client(await knowledge.start('api'))

    const result = await fresh.search(base, QUESTION)

    const before = await fresh.search(base, QUESTION, { rerank: false })
    expect(result).toEqual({ ...before, degraded: true, degradedReason })
  })
})
