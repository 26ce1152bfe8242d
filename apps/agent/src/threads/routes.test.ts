import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { apiOf } from '../tasks/testing/api.ts'

let agent: AgentUnderTest
let call: ReturnType<typeof apiOf>
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
  call = apiOf(agent, '/v2/threads')
})
afterAll(() => agent.close())

describe('a thread', () => {
  test('is begun, read, listed, changed and deleted', async () => {
    const body = { title: 'Order 7', metadata: { customer: 'c-17' } }
    const created = await call('POST', '', { body })
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    expect(created.json()).toMatchObject({ ...body, createdBy: 'key_test' })
    expect(created.headers.location).toBe(`/v2/threads/${id}`)
    const read = await call('GET', `/${id}`)
    expect([read.json(), read.headers.etag]).toEqual([created.json(), created.headers.etag])
    const nothing = await call('GET', `/${id}/messages`)
    expect(nothing.json()).toEqual({ data: [], nextCursor: null })

    const headers = { 'if-match': String(read.headers.etag) }
    const change = { body: { title: 'Order 8' }, headers }
    const renamed = await call('PATCH', `/${id}`, change)
    expect(renamed.json()).toMatchObject({ ...body, title: 'Order 8' })
    const late = await call('PATCH', `/${id}`, change)
    expect([late.statusCode, late.json().code]).toEqual([412, 'thread.changed'])
    expect((await call('DELETE', `/${id}`, { headers })).statusCode).toBe(412)

    expect((await call('DELETE', `/${id}`)).statusCode).toBe(204)
    for (const path of [`/${id}`, `/${id}/messages`]) {
      expect((await call('GET', path)).json()).toMatchObject({
        ...{ status: 404, code: 'thread.not-found' },
      })
    }
  })

  test('is listed page by page, newest first', async () => {
    const tenant = testTenant('3')
    const ids: string[] = []
    for (const title of ['a', 'b', 'c']) {
      ids.unshift((await call('POST', '', { body: { title }, tenant })).json().id)
    }
    const first = (await call('GET', '?limit=2', { tenant })).json()
    const rest = await call('GET', `?limit=2&cursor=${first.nextCursor}`, { tenant })
    const listed = [...first.data, ...rest.json().data].map((thread: { id: string }) => thread.id)
    expect(listed).toEqual(ids)
    expect(rest.json().nextCursor).toBeNull()
  })

  test('of somebody else is not there', async () => {
    const { id } = (await call('POST', '', { body: {} })).json()
    const tenant = testTenant('2')
    const answers = await Promise.all([
      call('GET', `/${id}`, { tenant }),
      call('GET', `/${id}/messages`, { tenant }),
      call('PATCH', `/${id}`, { tenant, body: { title: 'mine' } }),
      call('DELETE', `/${id}`, { tenant }),
    ])
    expect(answers.map((answer) => answer.json().code)).toEqual(Array(4).fill('thread.not-found'))
    expect((await call('GET', '', { tenant })).json().data).toEqual([])
    expect((await call('GET', `/${id}`)).json().title).toBe('')
  })

  test.each([
    [{ title: 'a\nb' }, '#/title'],
    [{ metadata: { order: 7 } }, '#/metadata/order'],
    [{ owner: 'me' }, '#/owner'],
  ])('is not begun with %j', async (body, pointer) => {
    const refused = await call('POST', '', { body })
    expect([refused.statusCode, refused.json().errors[0].pointer]).toEqual([400, pointer])
  })

  test('needs the scope of runs', async () => {
    expect((await call('GET', '', { scopes: ['agents:read'] })).statusCode).toBe(403)
  })

  test('has pages by cursors of its own alone', async () => {
    const { id } = (await call('POST', '', { body: {} })).json()
    const wrong = await call('GET', `/${id}/messages?cursor=bm8`)
    expect(wrong.statusCode).toBe(400)
  })
})
