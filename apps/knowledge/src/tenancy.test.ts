import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from './testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

describe('the knowledge base of somebody else', () => {
  test('404: looks as if it were not there, on every route', async () => {
    const { id } = await client.put(base, 'secret.txt', '비밀 계획')
    await client.settled(base, id)
    const absent = `kb_${'0'.repeat(32)}`
    const calls = [
      ['GET', (kb: string) => `/${kb}`],
      ['DELETE', (kb: string) => `/${kb}`],
      ['GET', (kb: string) => `/${kb}/documents`],
      ['POST', (kb: string) => `/${kb}/documents`, { name: 'a.txt', text: 'x' }],
      ['GET', (kb: string) => `/${kb}/documents/${id}`],
      ['DELETE', (kb: string) => `/${kb}/documents/${id}`],
      ['POST', (kb: string) => `/${kb}/search`, { query: '비밀 계획' }],
      ['POST', (kb: string) => `/${kb}/analyze`, { text: 'x' }],
    ] as const

    for (const [method, path, body] of calls) {
      const options = { tenant: STRANGER, ...(body && { body }) }
      const foreign = await client.call(method, path(base), options)
      const missing = await client.call(method, path(absent), options)

      expect(foreign.statusCode, `${method} ${path(base)}`).toBe(404)
      expect(foreign.json().code).toBe(missing.json().code)
      expect(foreign.json().detail).toBe(missing.json().detail)
    }
    expect((await client.get(base, id)).status).toBe('ready')
  })

  test('404: a document is not reached through another knowledge base of the same tenant', async () => {
    const { id } = await client.put(base, 'here.txt', 'x')
    const other = await client.createBase()

    expect((await client.call('GET', `/${other}/documents/${id}`)).statusCode).toBe(404)
    expect((await client.call('DELETE', `/${other}/documents/${id}`)).statusCode).toBe(404)
    expect((await client.call('GET', `/${base}/documents/${id}`)).statusCode).toBe(200)
  })

  test('is never searched, even when both say the same', async () => {
    const text = '상품을 받은 날부터 이레 안에 환불을 신청합니다.'
    const theirs = (
      await client.call('POST', '', { body: { name: 'Theirs' }, tenant: STRANGER })
    ).json().id
    await client.call('POST', `/${theirs}/documents`, {
      body: { name: 'a.txt', text },
      tenant: STRANGER,
    })
    const { id } = await client.put(base, 'a.txt', text)
    await client.settled(base, id)
    const found = await eventually(async () => {
      const response = await client.call('POST', `/${theirs}/search`, {
        body: { query: '환불' },
        tenant: STRANGER,
      })
      expect(response.json().chunks).toHaveLength(1)
      return response.json().chunks[0]
    })

    const { chunks } = await client.search(base, '환불', { topK: 50 })

    expect(chunks).toMatchObject([{ knowledgeBaseId: base, documentId: id }])
    expect(found.knowledgeBaseId).toBe(theirs)
  })
})
