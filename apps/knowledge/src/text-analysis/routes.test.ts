import type { Service } from '@dure/platform'
import { ANALYZER_VERSION } from '@dure/retrieval'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

const analyze = (text: string) => client.call('POST', `/${base}/analyze`, { body: { text } })

describe('POST /v1/knowledge-bases/:id/analyze', () => {
  test('200: shows the words of a text, those it is found by, and where they stand', async () => {
    const response = await analyze('환불을 신청했어요')

    expect(response.statusCode).toBe(200)
    const { tokens, words, bigrams, analyzerVersion, respelling } = response.json()
    expect(analyzerVersion).toBe(ANALYZER_VERSION)
    expect(tokens).toContainEqual({ term: '환불', kind: 'morpheme', start: 0, end: 2 })
    expect(words.slice(0, 2)).toMatchObject([
      { surface: '환불', origin: 'dictionary', tag: 'NNG', terms: ['환불'] },
      { surface: '을', tag: 'J', terms: [] },
    ])
    expect(bigrams).toContain('환불')
    expect(respelling).toBeNull()
  })

  test('200: the spelling of the text that is searched', async () => {
    expect((await analyze('ＧＰＴ－４ｏ\u00a0요금')).json().normalised).toBe('gpt-4o 요금')
  })

  test('200: words of the project, at once', async () => {
    const body = { surface: '카공족', tag: 'NNP' }
    await client.send('POST', '/v1/dictionary-entries', { body })

    const { words, analyzerVersion } = (await analyze('카공족은')).json()

    expect(words[0]).toMatchObject({ surface: '카공족', origin: 'user', terms: ['카공족'] })
    expect(analyzerVersion).not.toBe(ANALYZER_VERSION)
  })

  test('200: how a question with a typing error would be searched, by what is in the base', async () => {
    const { id } = await client.put(base, '도서관.txt', '도서관은 아홉 시에 문을 엽니다.')
    await client.settled(base, id)

    expect((await analyze('도저관은 언제')).json().respelling).toBe('도서관은 언제')
  })

  test('400: more than 10,000 characters', async () => {
    expect((await analyze('a'.repeat(10_001))).statusCode).toBe(400)
  })

  test('404: a base of somebody else', async () => {
    const response = await client.call('POST', `/${base}/analyze`, {
      ...{ body: { text: '환불' }, tenant: STRANGER },
    })

    expect([response.statusCode, response.json().code]).toEqual([404, 'knowledge-base.not-found'])
  })
})
