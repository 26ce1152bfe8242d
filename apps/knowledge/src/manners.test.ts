import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from './testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let other: ReturnType<typeof knowledge.client>
beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
  other = knowledge.client(await knowledge.start('api'))
})
afterAll(() => knowledge.tearDown())

const form = (text: string) => {
  const data = new FormData()
  data.append('file', new Blob([text], { type: 'text/plain' }), 'a.txt')
  return data
}

describe('of what somebody has seen', () => {
  test('only that is deleted, and it is not sent again', async () => {
    const base = await client.createBase()
    const at = (path: string, headers: Record<string, string>, method: 'GET' | 'DELETE' = 'GET') =>
      client.call(method, path, { headers })
    const { id } = await client.put(base, 'a.txt', 'one')
    await client.settled(base, id)
    const document = `/${base}/documents/${id}`
    const { etag = '' } = (await at(document, {})).headers as { etag?: string }
    expect((await at(document, { 'if-none-match': etag })).statusCode).toBe(304)
    await client.put(base, 'a.txt', 'two')
    await client.settled(base, id)
    const lost = await at(document, { 'if-match': etag }, 'DELETE')
    expect([lost.statusCode, lost.json().code]).toEqual([412, 'document.changed'])
    const now = (await at(document, {})).headers as { etag: string }
    expect((await at(document, { 'if-match': now.etag }, 'DELETE')).statusCode).toBe(204)

    const shelf = (await at(`/${base}`, {})).headers as { etag: string }
    const other = await at(`/${base}`, { 'if-match': '"other"' }, 'DELETE')
    expect([other.statusCode, other.json().code]).toEqual([412, 'knowledge-base.changed'])
    expect((await at(`/${base}`, { 'if-match': shelf.etag }, 'DELETE')).statusCode).toBe(204)
  })
})

describe('sent twice with one key', () => {
  test('a knowledge base is created once, whoever is asked; a stranger gets his own', async () => {
    const call = { body: { name: 'Once' }, key: 'base' }
    const first = await client.call('POST', '', call)
    const again = await other.call('POST', '', call)
    expect(first.statusCode).toBe(201)
    expect([again.body, again.headers.location]).toEqual([first.body, first.headers.location])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await client.call('GET', '')).json().data).toHaveLength(1)
    const theirs = await client.call('POST', '', { ...call, tenant: STRANGER })
    expect(theirs.json().id).not.toBe(first.json().id)
  })

  test('a document is taken in once, and told to the workers', async () => {
    const base = await client.createBase()
    const put = (on: typeof client, text: string) =>
      on.call('POST', `/${base}/documents`, { body: { name: 'a.txt', text }, key: 'text' })
    const first = await put(client, 'one')
    await client.settled(base, first.json().id)
    const again = await put(other, 'one')
    expect([again.statusCode, again.body]).toEqual([202, first.body])
    expect((await put(client, 'two')).json().code).toBe('idempotency.key-reused')
  })

  test('a file is the same only with the same bytes', async () => {
    const base = await client.createBase()
    const put = (text: string) =>
      client.call('POST', `/${base}/documents`, { form: form(text), key: 'file' })
    const first = await put('one')
    expect(first.statusCode).toBe(202)
    expect((await put('one')).body).toBe(first.body)
    expect((await put('two')).json()).toMatchObject({
      status: 409,
      code: 'idempotency.key-reused',
    })
  })
})
