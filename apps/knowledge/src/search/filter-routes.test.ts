import type { SearchHit } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
  await put('hr.txt', { team: 'hr', year: 2025 })
  await put('it.txt', { team: 'it', year: 2026, tags: ['휴가'] })
  await put('none.txt')
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const TEXT = '휴가는 팀장에게 신청합니다'

async function put(name: string, metadata?: object, shelf = base): Promise<string> {
  const body = { name, text: `${TEXT} ${name}`, ...(metadata && { metadata }) }
  const { id } = (await client.call('POST', `/${shelf}/documents`, { body })).json()
  await client.settled(shelf, id)
  return id
}
async function found(filter: object, more: object = {}, shelf = base): Promise<string[]> {
  const { chunks } = await client.search(shelf, TEXT, { topK: 10, filter, ...more })
  return chunks.map(({ documentName }: SearchHit) => documentName).toSorted()
}

describe.each(['keyword', 'vector', 'hybrid'])('a search by %s', (mode) => {
  test('finds what its filter asks for', async () => {
    expect(await found({ key: 'team', in: ['hr', 'it'] }, { mode })).toEqual(['hr.txt', 'it.txt'])
    expect(await found({ key: 'year', gte: 2026 }, { mode })).toEqual(['it.txt'])
    expect(await found({ key: 'team', exists: false }, { mode })).toEqual(['none.txt'])
    expect(await found({ key: 'team', is: 'no' }, { mode })).toEqual([])
  })

  test('fills its answer from the few that are asked for, however many better ones are not', async () => {
    const shelf = await client.createBase()
    const better = Array.from({ length: 60 }, (_, n) => `# ${n}\n${TEXT}`).join('\n\n')
    const { id } = await client.put(shelf, 'other.md', better)
    await client.settled(shelf, id)
    for (const n of [1, 2]) await put(`wanted${n}.txt`, { n }, shelf)

    expect(await found({ key: 'n', gte: 1 }, { mode, topK: 2 }, shelf)).toEqual([
      'wanted1.txt',
      'wanted2.txt',
    ])
  })
})

test('passages say what is known of their document', async () => {
  const { chunks } = await client.search(base, TEXT, { topK: 10 })

  const known = chunks.map(({ documentName, metadata }: SearchHit) => [documentName, metadata])
  expect(Object.fromEntries(known)).toEqual({
    'hr.txt': { team: 'hr', year: 2025 },
    'it.txt': { team: 'it', year: 2026, tags: ['휴가'] },
    'none.txt': undefined,
  })
})

test('changed metadata counts at once, in whatever way it is changed', async () => {
  const shelf = await client.createBase()
  const id = await put('a.txt', { state: 'draft' }, shelf)
  const isDraft = () => found({ key: 'state', is: 'draft' }, {}, shelf)
  const path = `/${shelf}/documents/${id}/metadata`
  expect(await isDraft()).toEqual(['a.txt'])

  const set = await client.call('PUT', path, { body: { metadata: { state: 'final' } } })
  expect(set.json()).toMatchObject({ id, version: 1, metadata: { state: 'final' } })
  expect(await isDraft()).toEqual([])
  await put('a.txt', { state: 'draft' }, shelf)
  expect(await isDraft()).toEqual(['a.txt'])
  await put('a.txt', undefined, shelf)
  expect(await isDraft()).toEqual(['a.txt'])
  await client.call('PUT', path, { body: { metadata: {} } })
  expect(await isDraft()).toEqual([])
  // As another process would do it, before this one hears of it.
  await knowledge.pool.query(`UPDATE document SET metadata = '{"state":"draft"}' WHERE id = $1`, [
    id,
  ])
  expect(await found({ key: 'state', exists: false }, {}, shelf)).toEqual([])
})

test('metadata comes with a file and with an address, too', async () => {
  const shelf = await client.createBase()
  const form = new FormData()
  form.append('metadata', '{"team":"hr"}')
  form.append('file', new Blob([TEXT]), 'file.txt')

  const file = await client.call('POST', `/${shelf}/documents`, { form })
  const body = { url: 'http://example.com/a', name: 'page', metadata: { team: 'it' } }
  const page = await client.call('POST', `/${shelf}/documents`, { body })
  const again = await client.call('POST', `/${shelf}/documents`, {
    body: { ...body, metadata: { team: 'hr' } },
  })

  expect(file.json().metadata).toEqual({ team: 'hr' })
  expect(page.json().metadata).toEqual({ team: 'it' })
  expect(again.json()).toMatchObject({ id: page.json().id, metadata: { team: 'hr' } })
})

test('412: metadata is not set over the change of somebody else', async () => {
  const id = await put('etag.txt', { a: 1 }, await client.createBase())
  const { knowledgeBaseId } = (
    await knowledge.pool.query(
      'SELECT knowledge_base_id AS "knowledgeBaseId" FROM document WHERE id = $1',
      [id],
    )
  ).rows[0]
  const path = `/${knowledgeBaseId}/documents/${id}`
  const { etag = '' } = (await client.call('GET', path)).headers
  const set = (metadata: object) =>
    client.call('PUT', `${path}/metadata`, {
      body: { metadata },
      headers: { 'if-match': String(etag) },
    })

  expect((await set({ a: 2 })).statusCode).toBe(200)
  expect((await set({ a: 3 })).statusCode).toBe(412)
})

test.each<[string, object, string]>([
  ['a nested object', { a: { b: 1 } }, 'request.invalid'],
  ['null', { a: null }, 'request.invalid'],
  ['a key that is none', { 'a/b': 1 }, 'request.invalid'],
  ['a long key', { ['k'.repeat(65)]: 1 }, 'request.invalid'],
  ['a NUL', { a: '\u0000' }, 'request.unusable-text'],
  ['half a surrogate pair', { a: '\ud800' }, 'request.unusable-text'],
  [
    'too many keys',
    Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`k${n}`, n])),
    'request.invalid',
  ],
  [
    'too much',
    { a: Array.from({ length: 9 }, () => '가'.repeat(1000)) },
    'document.metadata-too-large',
  ],
])('400: metadata with %s', async (_what, metadata, code) => {
  const body = { name: 'bad.txt', text: 'x', metadata }

  const response = await client.call('POST', `/${base}/documents`, { body })

  expect([response.statusCode, response.json().code]).toEqual([400, code])
})

test('400: a filter that is none', async () => {
  const many = {
    all: Array.from({ length: 50 }, () => ({
      any: [
        { key: 'a', is: 1 },
        { key: 'b', is: 1 },
        { key: 'c', is: 1 },
      ],
    })),
  }
  const codeOf = async (filter: object) => {
    const response = await client.call('POST', `/${base}/search`, { body: { query: 'x', filter } })
    return [response.statusCode, response.json().code]
  }

  expect(await codeOf({ key: 'a', like: 'x' })).toEqual([400, 'request.invalid'])
  expect(await codeOf(many)).toEqual([400, 'search.invalid-filter'])
})
