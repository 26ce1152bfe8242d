import type { Service } from '@dure/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { person, STRANGER, setUpKnowledge } from '../testing.ts'

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

const SECTIONS = 5
const text = (word: string) =>
  Array.from({ length: SECTIONS }, (_, at) => `# 제${at}조\n\n${word} 조항 ${at}`).join('\n\n')

interface Listed {
  readonly id: string
  readonly ordinal: number
  readonly headings: string[]
  readonly text: string
  readonly start: number
  readonly end: number
}

async function ready(name: string, word: string, more: object = {}): Promise<string> {
  const body = { name, text: text(word), ...more }
  const { id } = (await client.call('POST', `/${base}/documents`, { body })).json()
  await client.settled(base, id)
  return id
}
const pathOf = (id: string, query = '') => `/${base}/documents/${id}/chunks${query}`
const page = async (id: string, query: string) =>
  (await client.call('GET', pathOf(id, query))).json() as { data: Listed[]; nextCursor: string }

test('passages of a document come in their order, page by page, and are those that searches find', async () => {
  const id = await ready('all.md', '연차')
  const all: Listed[] = []
  for (let query = '?limit=2'; ; ) {
    const { data, nextCursor } = await page(id, query)
    all.push(...data)
    if (nextCursor === null) break
    query = `?limit=2&cursor=${nextCursor}`
  }

  expect(all.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4])
  expect(all[3]).toMatchObject({ headings: ['제3조'], text: '연차 조항 3', hasVector: false })
  for (const { start, end, text: own } of all) expect(text('연차').slice(start, end)).toBe(own)
  const { chunks } = await client.search(base, '연차 조항 3')
  expect(all.map((one) => one.id)).toContain(chunks[0].chunkId)
})

test('a label of an evaluation takes their ids', async () => {
  const id = await ready('labels.md', '출장')
  const { data } = await page(id, '')
  const body = { queries: [{ query: '출장', relevant: [{ chunkId: data[0]?.id }] }] }

  expect((await client.call('POST', `/${base}/evaluations`, { body })).statusCode).toBe(202)
})

test('a cursor of another version, or of another list, is refused', async () => {
  const id = await ready('edited.md', '처음')
  const { nextCursor } = await page(id, '?limit=2')
  await ready('edited.md', '나중')

  for (const cursor of [nextCursor, 'x', Buffer.from('["1"]').toString('base64url')]) {
    const refused = await client.call('GET', pathOf(id, `?cursor=${cursor}`))
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'page.invalid-cursor'])
  }
  const beyond = Buffer.from('["2","99"]').toString('base64url')
  expect(await page(id, `?cursor=${beyond}`)).toEqual({ data: [], nextCursor: null })
})

test('there are none before the first version is ready', async () => {
  const away = await client.createBase()
  const body = { url: 'http://example.com/never' }
  const { id } = (await client.call('POST', `/${away}/documents`, { body })).json()

  const { data } = (await client.call('GET', `/${away}/documents/${id}/chunks`)).json()

  expect(data).toEqual([])
})

test('a document that is not for me, or not for whom I ask, is not there', async () => {
  const id = await ready('secret.md', '비밀', { access: ['user:ana', 'group:영업'] })
  const status = async (query: string, of = client) =>
    (await of.call('GET', pathOf(id, query))).statusCode

  expect(await status('')).toBe(200)
  expect(await status('?onBehalfOfUser=ana')).toBe(200)
  expect(await status('?onBehalfOfUser=bo')).toBe(404)
  const group = encodeURIComponent('영업')
  expect(await status(`?onBehalfOfUser=bo&onBehalfOfGroups=${group}`)).toBe(200)
  expect(await status(`?onBehalfOfGroups=it&onBehalfOfGroups=${group}`)).toBe(200)
  expect(await status('?onBehalfOfGroups=it')).toBe(404)
  // Nobody is answered as if they had not asked for somebody.
  expect(await status('?onBehalfOfGroup=it')).toBe(400)
  expect(await status('?onBehalfOfUser=ana', knowledge.client(app, person('bo')))).toBe(404)
  const foreign = await client.call('GET', pathOf(id), { tenant: STRANGER })
  expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'document.not-found'])
  const other = await client.createBase()
  expect((await client.call('GET', `/${other}/documents/${id}/chunks`)).statusCode).toBe(404)
})
