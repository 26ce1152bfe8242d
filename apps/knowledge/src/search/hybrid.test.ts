import type { KnowledgeBaseId, SearchHit, SearchResult } from '@dure/contracts'
import type { Service } from '@dure/platform'
import {
  failing,
  garbage,
  held,
  type Reply,
  type ScriptedModel,
  startScriptedModel,
  text,
} from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: KnowledgeBaseId
/** Texts that a vector was asked for. */
let asked: string[]

const PASSAGES = {
  'shared.txt': '환불 신청은 이레 안에 합니다',
  'word.txt':
    '배송이 늦으면 연락하세요. 환불 이야기는 다른 곳에 있습니다. 포장과 운송을 설명하는 긴 글입니다.',
  'near.txt': '불씨와 환풍기와 신발과 청소',
  'other.txt': '사무실은 아침 아홉 시에 엽니다',
}

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    EMBEDDING_QUERY_TIMEOUT_MS: '500',
  })
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = (await client.createBase()) as KnowledgeBaseId
  for (const [name, text] of Object.entries(PASSAGES)) {
    await client.settled(base, (await client.put(base, name, text)).id)
  }
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})
beforeEach(() => answerWith(undefined))

function answerWith(reply: Reply | undefined): void {
  asked = []
  model.rewriteEmbeddings(({ input }) => {
    asked.push(...input)
    return reply
  })
}

const names = ({ chunks }: SearchResult) => chunks.map(({ documentName }) => documentName)
const search = (query: string, more: object = {}): Promise<SearchResult> =>
  client.search(base, query, { topK: 10, ...more })
const hitOf = ({ chunks }: SearchResult, name: string): SearchHit =>
  chunks.find(({ documentName }) => documentName === name) ?? expect.unreachable(name)

describe('a search where there are vectors', () => {
  test('is by both, and finds what words alone do not', async () => {
    const both = await search('환불 신청')

    expect(names(both)[0]).toBe('shared.txt')
    expect(names(both)).toContain('near.txt')
    expect(both.degraded).toBeUndefined()
    expect(both).toEqual(await search('환불 신청', { mode: 'hybrid' }))
    expect(names(await search('환불 신청', { mode: 'keyword' }))).not.toContain('near.txt')
  })

  test('asks for one vector of a question, and for none by words', async () => {
    await search('연락은 어디로')
    await search('연락은 어디로', { mode: 'vector' })
    expect(asked).toEqual(['연락은 어디로'])

    await search('다른 질문', { mode: 'keyword' })
    expect(asked).toHaveLength(1)
  })

  test('by vectors alone orders by the cosine', async () => {
    const { chunks } = await search('환불 신청은 이레 안에 합니다', {
      mode: 'vector',
      explain: true,
    })

    expect(chunks[0]?.score).toBeCloseTo(1, 2)
    expect(chunks[0]?.contributions).toEqual({ vector: chunks[0]?.score })
    const scores = chunks.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(chunks).toHaveLength(4)
    const better = await search('환불 신청은 이레 안에 합니다', { mode: 'vector', minScore: 0.9 })
    expect(names(better)).toEqual(['shared.txt'])
  })

  test('explains what each leg gave, and which words are shared', async () => {
    const result = await search('환불 신청', { explain: true })

    const hit = hitOf(result, 'word.txt')
    expect(hit.explanation).toEqual({
      keyword: expect.any(Number),
      vector: expect.any(Number),
      matched: ['환불'],
    })
    const sum = Object.values(hit.contributions).reduce((a, b) => a + b, 0)
    expect(sum).toBeCloseTo(hit.score, 10)
    expect(hitOf(result, 'other.txt').explanation?.keyword).toBeUndefined()
    expect((await search('환불 신청')).chunks[0]?.explanation).toBeUndefined()
  })

  test('counts vectors as much as it is told to, or its knowledge base is', async () => {
    const words = await search('환불 신청', { vectorWeight: 0 })
    const meaning = await search('환불 신청', { vectorWeight: 1 })
    const byWords = await search('환불 신청', { mode: 'keyword' })
    const byVectors = await search('환불 신청', { mode: 'vector' })

    expect(names(words).slice(0, 2)).toEqual(names(byWords).slice(0, 2))
    expect(names(meaning)).toEqual(names(byVectors))

    const body = { name: 'Meaning', vectorWeight: 1 }
    const created = (await client.call('POST', '', { body })).json()
    expect(created.vectorWeight).toBe(1)
    const { id } = await client.put(created.id, 'a.txt', '무게')
    await client.settled(created.id, id)
    const [hit] = (await client.search(created.id, '무게', { explain: true })).chunks
    expect(hit.contributions).toMatchObject({ morpheme: 0, vector: 1 })
  })

  test('by places alone keeps to the places', async () => {
    const { chunks } = await search('환불 신청', { fusion: 'rrf', explain: true })

    const [first] = chunks
    expect(first?.score).toBeLessThanOrEqual(1)
    expect(Object.keys(first?.contributions ?? {}).toSorted()).toEqual(['keyword', 'vector'])
  })

  test('leaves out what is less near than is asked, whatever the best of the answer is', async () => {
    const all = await search('환불 신청', { explain: true })
    const nearest = Math.max(...all.chunks.map(({ explanation }) => explanation?.vector ?? 0))

    const near = await search('환불 신청', { minScore: nearest - 0.001, explain: true })
    expect(near.chunks.map(({ explanation }) => explanation?.vector)).toEqual([nearest])
    for (const more of [{}, { fusion: 'rrf' }, { mode: 'vector' }]) {
      expect((await search('환불 신청', { minScore: nearest + 0.001, ...more })).chunks).toEqual([])
    }
  })

  test('knows nothing of a deleted document, and a new version instead of the old', async () => {
    const { id } = await client.put(base, '비밀.txt', '금고번호는사천이백')
    await client.settled(base, id)
    expect(names(await search('금고번호', { mode: 'vector' }))[0]).toBe('비밀.txt')

    await client.put(base, '비밀.txt', '금고번호는 바뀌었습니다')
    await client.settled(base, id)
    const replaced = await search('금고번호', { mode: 'vector' })
    expect(hitOf(replaced, '비밀.txt').text).toBe('금고번호는 바뀌었습니다')

    await client.call('DELETE', `/${base}/documents/${id}`)
    expect(names(await search('금고번호', { mode: 'vector' }))).not.toContain('비밀.txt')
  })

  test('never finds what belongs to somebody else', async () => {
    const theirs = (
      await client.call('POST', '', { body: { name: 'Theirs' }, tenant: STRANGER })
    ).json().id
    await client.call('POST', `/${theirs}/documents`, {
      body: { name: 'theirs.txt', text: PASSAGES['shared.txt'] },
      tenant: STRANGER,
    })

    const found = await search(PASSAGES['shared.txt'], { mode: 'vector', topK: 50 })

    expect(new Set(found.chunks.map(({ knowledgeBaseId }) => knowledgeBaseId))).toEqual(
      new Set([base]),
    )
  })

  test('400: cannot be reranked where nobody does that', async () => {
    const body = { query: 'x', rerank: true }
    const refused = await client.call('POST', `/${base}/search`, { body })
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'search.no-reranker'])
  })

  test.each([{ mode: 'both' }, { fusion: 'sum' }, { vectorWeight: 2 }, { vectorWeight: -1 }])(
    '400: %j',
    async (more) => {
      const body = { query: 'x', ...more }
      expect((await client.call('POST', `/${base}/search`, { body })).statusCode).toBe(400)
    },
  )
})

describe('when the provider of embeddings', () => {
  const slow = held(text('late'))
  afterAll(() => slow.release())
  test.each([
    ['is down', failing(500), 'embedding.unavailable'],
    ['refuses', failing(401), 'embedding.refused-request'],
    ['answers with garbage', garbage(), 'embedding.bad-response'],
    ['is slow', slow, 'embedding.timeout'],
  ])('%s, the answer is by words, and says so', async (name, reply, degradedReason) => {
    answerWith(reply)
    // Another process, which has had no failures yet.
    const fresh = knowledge.client(await knowledge.start('api'))

    const result = await fresh.search(base, `환불 신청 ${name}`, { minScore: 0.9, explain: true })

    expect(result).toMatchObject({ degraded: true, degradedReason })
    expect(names(result)[0]).toBe('shared.txt')
    // Nobody knows how near it is: that is no reason to find nothing.
    expect(result.chunks[0].score).toBeCloseTo(1, 12)
  })
})

describe('a knowledge base without vectors', () => {
  test('is searched by words, as ever, and cannot be by vectors', async () => {
    const body = { name: 'Words', embeddingModel: null }
    const words = (await client.call('POST', '', { body })).json().id
    const { id } = await client.put(words, 'a.txt', '말로만 찾는 글')
    await client.settled(words, id)

    const found = await client.search(words, '말로만', { explain: true })
    expect(found.chunks).toHaveLength(1)
    expect(found.chunks[0].contributions.vector).toBeUndefined()
    expect(asked).toEqual([])
    for (const mode of ['vector', 'hybrid']) {
      const refused = await client.call('POST', `/${words}/search`, { body: { query: 'x', mode } })
      expect([refused.statusCode, refused.json().code]).toEqual([400, 'search.no-vectors'])
    }
  })
})
