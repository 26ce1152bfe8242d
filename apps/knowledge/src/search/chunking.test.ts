import type { SearchHit } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  client = knowledge.client(app)
})
afterAll(() => knowledge.tearDown())

const CHUNKING = { childChars: 100, parentChars: 600 }
/** An emoji is two UTF-16 units and one character of PostgreSQL. */
const filler = (word: string) => `😀 ${`${word} 절차는 담당 부서의 안내를 따릅니다. `.repeat(3)}`
const TEXT = `# 휴가\n\n${filler('연차')}\n\n${filler('병가')}\n\n${filler('출산')}\n\n# 급여\n\n${filler('상여')}`

async function createBase(chunking: object | null): Promise<string> {
  const body = { name: 'Chunked', chunking }
  return (await client.call('POST', '', { body })).json().id
}
async function put(base: string, text = TEXT): Promise<string> {
  const { id } = await client.put(base, 'rules.md', text)
  await client.settled(base, id)
  return id
}
const hits = async (base: string, query: string): Promise<SearchHit[]> =>
  (await client.search(base, query, { topK: 10 })).chunks

test('a small passage is found, and the larger one around it is given, once and in its place', async () => {
  const base = await createBase(CHUNKING)
  const id = await put(base)

  const found = await hits(base, '담당 부서 안내')
  const exact = await hits(base, '병가')

  expect((await client.get(base, id)).chunkCount).toBeGreaterThan(2)
  expect(found.map(({ headings }) => headings)).toHaveLength(2)
  for (const { text, start, end } of found) expect(TEXT.slice(start, end)).toBe(text)
  expect(exact).toHaveLength(1)
  expect(exact[0]?.text).toMatch(/^😀 연차[\s\S]+출산[\s\S]+\.$/)
  expect(exact[0]?.headings).toEqual(['휴가'])
})

test('documents are cut otherwise when their base says so, and are found meanwhile', async () => {
  const base = await createBase(null)
  const id = await put(base)
  const before = await hits(base, '병가')
  const given = async () => (await hits(base, '병가')).map(({ text }) => text.length)

  const changed = await client.call('PATCH', `/${base}`, {
    body: { chunking: { childChars: 100, parentChars: 200 } },
  })
  expect(changed.json()).toMatchObject({ chunking: { childChars: 100, parentChars: 200 } })
  await eventually(
    async () => {
      expect(await given()).not.toEqual(before.map(({ text }) => text.length))
    },
    { timeoutMs: 20_000 },
  )
  expect((await given()).every((length) => length <= 200)).toBe(true)
  expect((await client.get(base, id)).version).toBe(2)
  await eventually(
    async () => {
      const { rows } = await knowledge.pool.query(
        'SELECT chunked FROM knowledge_base WHERE id = $1',
        [base],
      )
      expect(rows).toEqual([{ chunked: '100/200' }])
    },
    { timeoutMs: 20_000 },
  )

  await client.call('PATCH', `/${base}`, { body: { chunking: null } })
  await eventually(
    async () => expect(await given()).toEqual(before.map(({ text }) => text.length)),
    { timeoutMs: 20_000 },
  )
})

test('400: what is given must have room for two of what is found', async () => {
  const body = { name: 'x', chunking: { childChars: 300, parentChars: 500 } }

  const response = await client.call('POST', '', { body })

  expect([response.statusCode, response.json().code]).toEqual([
    400,
    'knowledge-base.invalid-chunking',
  ])
})
