import type { SearchHit } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string

const REFUNDS = `# 주문 안내

## 환불
상품을 받은 날부터 7일 안에 환불을 신청할 수 있습니다. 배송비는 돌려드리지 않습니다.

## 배송
주문하신 물건은 이틀 뒤에 도착합니다.
`
const GUIDE = `# Getting started

Install Node.js 24, then run the setup command. Passwords are reset from the account page.
`

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
  const documents = [
    await client.put(base, '주문.md', REFUNDS),
    await client.put(base, 'guide.md', GUIDE),
    await client.put(base, '회사.txt', '두레는 함께 일하는 사람들의 모임입니다.'),
  ]
  for (const { id } of documents) await client.settled(base, id)
})
afterAll(() => knowledge.tearDown())

const texts = (result: { chunks: SearchHit[] }) => result.chunks.map(({ text }) => text)

describe('POST /v1/knowledge-bases/:id/search', () => {
  test('200: finds the passage whatever the particles and endings, and cites it', async () => {
    const result = await client.search(base, '환불을 받고 싶어요')

    const [hit] = result.chunks
    expect(hit).toMatchObject({
      knowledgeBaseId: base,
      documentName: '주문.md',
      headings: ['주문 안내', '환불'],
      contributions: {},
    })
    expect(hit.text).toContain('7일 안에 환불')
    expect(REFUNDS.slice(hit.start, hit.end)).toBe(hit.text)
    expect(result.citations[0]).toEqual({
      number: 1,
      documentId: hit.documentId,
      documentName: '주문.md',
      source: { trust: 'project' },
      headings: ['주문 안내', '환불'],
      chunkId: hit.chunkId,
    })
    expect(result.context).toContain(`[1] 주문.md > 주문 안내 > 환불\n${hit.text}`)
  })

  test('200: finds English in the same base', async () => {
    const result = await client.search(base, 'How do I reset my password(s)?', { topK: 1 })

    expect(texts(result)[0]).toContain('Passwords are reset')
  })

  test('200: finds a word whose spelling no dictionary knows by its syllables', async () => {
    const { id } = await client.put(base, '별명.txt', '우리 강아지 이름은 뽀삐뽀롱이입니다.')
    await client.settled(base, id)

    const result = await client.search(base, '뽀삐뽀롱')

    expect(texts(result)).toContain('우리 강아지 이름은 뽀삐뽀롱이입니다.')
  })

  test.each([
    ['shares no word', '우주 망원경'],
    ['has no word at all', '?!… 은 는 이'],
  ])('200: nothing, when the question %s', async (_what, query) => {
    expect(await client.search(base, query)).toEqual({ chunks: [], context: '', citations: [] })
  })

  test('200: leaves out what scores less than asked, and explains scores', async () => {
    const { chunks } = await client.search(base, '환불 신청', { explain: true })
    const [first] = chunks

    expect(first.contributions).toMatchObject({ morpheme: expect.any(Number) })
    const sum = Object.values(first.contributions as Record<string, number>)
    expect(sum.reduce((a, b) => a + b, 0)).toBeCloseTo(first.score, 10)
    const better = await client.search(base, '환불 신청', { minScore: first.score + 0.001 })
    expect(better.chunks).toEqual([])
  })

  test('200: no more than topK', async () => {
    const other = await client.createBase()
    for (const name of ['a', 'b', 'c']) {
      const { id } = await client.put(other, name, `공통 주제 ${name}`)
      await client.settled(other, id)
    }

    expect(texts(await client.search(other, '공통 주제', { topK: 2 }))).toHaveLength(2)
  })

  test.each([
    { query: '' },
    { query: 'a'.repeat(4001) },
    { query: 'a', topK: 51 },
    { query: 'a', minScore: -1 },
    { query: 'a', tenant: STRANGER },
  ])('400: %j', async (body) => {
    expect((await client.call('POST', `/${base}/search`, { body })).statusCode).toBe(400)
  })

  test('a deleted document is gone from the next search', async () => {
    const { id } = await client.put(base, '비밀.txt', '금고 번호는 사천이백입니다.')
    await client.settled(base, id)
    expect(texts(await client.search(base, '금고 번호'))).toHaveLength(1)

    await client.call('DELETE', `/${base}/documents/${id}`)

    expect(texts(await client.search(base, '금고 번호'))).toEqual([])
  })

  test('what was deleted takes no place from what is left', async () => {
    const other = await client.createBase()
    const crowd = Array.from({ length: 40 }, (_, n) => `# 조항 ${n}\n보증 보증 보증`).join('\n')
    const { id } = await client.put(other, '옛것.md', crowd)
    const rest = await client.put(other, '새것.txt', '긴 설명 끝에 보증 이야기가 한 번 나옵니다.')
    await client.settled(other, id)
    await client.settled(other, rest.id)
    expect((await client.search(other, '보증')).chunks).not.toEqual([])
    await client.call('DELETE', `/${other}/documents/${id}`)

    const { chunks } = await client.search(other, '보증', { topK: 1 })

    expect(chunks).toMatchObject([{ documentName: '새것.txt' }])
  })

  test('a document that is being replaced is found in one version, never in none or two', async () => {
    const other = await client.createBase()
    const versions = ['처음 요금은 천 원입니다.', '다음 요금은 이천 원입니다.']
    const { id } = await client.put(other, '요금.txt', versions[0] as string)
    await client.settled(other, id)
    const seen = new Set<string>()
    let replaced = false

    const searching = (async () => {
      while (!replaced) {
        const found = texts(await client.search(other, '요금'))
        expect(found).toHaveLength(1)
        seen.add(found[0] as string)
      }
    })()
    for (let round = 1; round <= 20; round++) {
      await client.put(other, '요금.txt', versions[round % 2] as string)
      await client.settled(other, id)
    }
    replaced = true
    await searching

    expect([...seen].toSorted()).toEqual(versions.toSorted())
    expect(texts(await client.search(other, '요금'))).toEqual([versions[0]])
  })

  test('the version before stays until the new one is ready', async () => {
    const other = await client.createBase()
    const { id } = await client.put(other, '약관.txt', '약관 제1판')
    await client.settled(other, id)
    await knowledge.stop(app)
    const api = await knowledge.start('api')
    client = knowledge.client(api)

    const second = await client.put(other, '약관.txt', '약관 제2판')
    expect(second).toMatchObject({ status: 'queued', version: 2, publishedVersion: 1 })
    expect(texts(await client.search(other, '약관'))).toEqual(['약관 제1판'])

    app = await knowledge.start('worker')
    await client.settled(other, id)
    // The process that answers is another than the one that published.
    await eventually(async () =>
      expect(texts(await client.search(other, '약관'))).toEqual(['약관 제2판']),
    )
  })
})
