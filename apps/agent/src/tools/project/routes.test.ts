import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CANARY, type Call, startToolsApi, type ToolsApi } from '../testing/tools-api.ts'

const AUTH_WITH_TYPO = { secret: 'shop', as: 'basic', user: 'me' }

let api: ToolsApi
beforeAll(async () => {
  api = await startToolsApi()
})
afterAll(() => api.close())
beforeEach(() => {
  api.received.length = 0
  api.answer(() => ({ ok: true }))
})
const call: ToolsApi['call'] = (of) => api.call(of)

const SCHEMA = {
  type: 'object',
  properties: { id: { type: 'string', maxLength: 20 }, q: { type: 'string' } },
  required: ['id'],
  additionalProperties: false,
}
const http = (changes: object = {}) => ({
  method: 'GET',
  url: `${api.url}/orders/{id}`,
  ...changes,
})
const create = (name: string, changes: object = {}, rest: Call = {}) =>
  call({
    ...{ method: 'POST', ...rest },
    body: {
      ...{ name, kind: 'http', description: 'Finds', inputSchema: SCHEMA, http: http() },
      ...changes,
    },
  })
const tryOut = async (id: string, input: unknown, rest: Call = {}) =>
  call({ method: 'POST', path: `/tools/${id}/execute`, body: { input }, ...rest })

test('a trial that may have no time is answered with what became of it', async () => {
  const id = (await create('hurried')).json().id
  for (let count = 0; count < 20; count++) {
    const body = { input: { id: `o${count}` }, timeoutMs: 1 }
    const answer = await call({ method: 'POST', path: `/tools/${id}/execute`, body })
    expect(answer.statusCode).toBe(200)
    expect(['succeeded', 'failed']).toContain(answer.json().status)
  }
})

describe('a tool of a project', () => {
  test('is created, read, listed, replaced and deleted', async () => {
    const created = await create('find_order')
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    expect(created.headers).toMatchObject({ etag: '"1"', location: `/v1/tools/${id}` })
    expect(created.json()).toMatchObject({
      ...{ kind: 'http', effect: 'read', idempotent: false, revision: 1, inputSchema: SCHEMA },
    })
    expect((await call({ path: `/tools/${id}` })).json()).toEqual(created.json())
    expect((await call({ path: '/tools?kind=http' })).json().data).toContainEqual(created.json())

    const body = {
      ...{ name: 'find_order', kind: 'http', description: 'Finds more', inputSchema: SCHEMA },
      http: http({ method: 'POST' }),
    }
    const path = `/tools/${id}`
    const stale = await call({ method: 'PUT', path, body, headers: { 'if-match': '"7"' } })
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'tool.changed'])
    const replaced = await call({ method: 'PUT', path, body, headers: { 'if-match': '"1"' } })
    expect(replaced.json()).toMatchObject({ revision: 2, effect: 'write' })
    expect((await call({ method: 'DELETE', path })).statusCode).toBe(204)
    expect((await call({ path })).json().code).toBe('tool.unknown-id')
  })

  test('is as unknown to another tenant as one that nobody has', async () => {
    const { id } = (await create('ours')).json()
    const tenant = testTenant('2')
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await call({ method, path: `/tools/${id}`, tenant })).statusCode).toBe(404)
    }
    expect((await tryOut(id, {}, { tenant })).statusCode).toBe(404)
    expect((await create('ours', {}, { tenant })).statusCode).toBe(201)
    expect((await create('ours')).json().code).toBe('tool.name-taken')
  })

  test('is listed with those that are built in, each once', async () => {
    const tenant = testTenant('3')
    for (const name of ['one', 'two']) await create(name, {}, { tenant })
    const names: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = (await call({ path: `/tools?limit=3${next}`, tenant })).json()
      names.push(...page.data.map(({ name }: { name: string }) => name))
      cursor = page.nextCursor
    }
    expect(names.slice(0, 2)).toEqual(['two', 'one'])
    expect(names).toContain('calculator')
    expect(new Set(names).size).toBe(names.length)
    const builtins = (await call({ path: '/tools?kind=builtin&limit=100', tenant })).json().data
    expect(builtins).toHaveLength(names.length - 2)
  })

  test.each([
    ['a name of a built-in tool', { name: 'calculator' }, 409, undefined],
    ['a name that no provider takes', { name: 'find order' }, 400, '#/name'],
    [
      'a host that is a parameter',
      { http: { method: 'GET', url: 'https://{id}/' } },
      400,
      '#/http/url',
    ],
    [
      'a field that no way to authenticate has',
      { http: { method: 'GET', url: 'https://a.example/', auth: AUTH_WITH_TYPO } },
      400,
      '#/http/auth/user',
    ],
    ['no URL', { http: { method: 'GET', url: 'orders' } }, 400, '#/http/url'],
    [
      'a parameter that the input has not',
      { http: { method: 'GET', url: 'https://a.example/{x}' } },
      400,
      '#/http/url',
    ],
    [
      'a pattern',
      { inputSchema: { type: 'object', properties: { id: { pattern: '(a+)+' } } } },
      400,
      '#/inputSchema/properties/id/pattern',
    ],
    ['arguments without names', { inputSchema: { type: 'string' } }, 400, '#/inputSchema/type'],
    ['code that is missing', { kind: 'code', http: undefined }, 400, '#/code'],
    ['what is of another kind', { code: { source: '1' } }, 400, '#/code'],
  ])('is refused with %s', async (_what, changes, status, pointer) => {
    const refused = await create('refused', changes)
    expect(refused.statusCode).toBe(status)
    const pointers = (refused.json().errors ?? []).map(
      (error: { pointer: string }) => error.pointer,
    )
    if (pointer) expect(pointers).toContain(pointer)
  })

  test('needs the scope of what is done with it', async () => {
    expect((await call({ scopes: [] })).statusCode).toBe(403)
    expect((await create('x', {}, { scopes: ['tools:read'] })).statusCode).toBe(403)
  })
})

describe('trying a tool out', () => {
  test('does what the tool does, once for one key', async () => {
    const { id } = (await create('tried')).json()
    const headers = { 'idempotency-key': 'k1' }

    const first = await tryOut(id, { id: 'a/../b' }, { headers })
    const again = await tryOut(id, { id: 'a/../b' }, { headers })

    expect(first.json()).toEqual({
      status: 'succeeded',
      output: { status: 200, body: { ok: true } },
    })
    expect(again.json()).toEqual(first.json())
    expect(api.received.map((request) => request.url)).toEqual(['/orders/a%2F..%2Fb'])
  })

  test('says what does not fit, and what failed', async () => {
    const { id } = (await create('failing')).json()
    expect((await tryOut(id, {})).json()).toMatchObject({
      status: 400,
      code: 'tool.invalid-arguments',
      detail: expect.stringContaining('#/id is missing'),
    })
    expect((await tryOut(id, { id: '..' })).json()).toMatchObject({
      status: 'failed',
      error: { code: 'tool.invalid-arguments' },
    })
    expect(api.received).toEqual([])
  })

  test('sends a secret to its host, and shows it to nobody', async () => {
    const value = CANARY
    await call({
      method: 'POST',
      path: '/secrets',
      body: { name: 'shop', value, hosts: [api.url] },
    })
    const auth = { secret: 'shop', as: 'header', header: 'x-key' }
    const { id } = (await create('secretive', { http: http({ auth }) })).json()
    api.answer(({ headers }) => headers)

    const tried = await tryOut(id, { id: '1' })

    expect(api.received[0]?.headers['x-key']).toBe(CANARY)
    expect(tried.json().output.body['x-key']).toBe('[redacted]')
    const stored = await api.agent.pool.query('SELECT outcome::text FROM tool_call')
    expect(JSON.stringify(stored.rows)).not.toContain(CANARY)
  })

  test('runs code, and built-in tools', async () => {
    const changes = { kind: 'code', http: undefined, code: { source: 'return input.id + "!"' } }
    const { id } = (await create('shout', changes)).json()
    expect((await tryOut(id, { id: 'hey' })).json()).toMatchObject({ output: 'hey!' })

    const builtins = (await call({ path: '/tools?kind=builtin&limit=100' })).json().data
    const calculator = builtins.find(({ name }: { name: string }) => name === 'calculator')
    expect((await tryOut(calculator.id, { expression: '6 * 7' })).json()).toEqual({
      status: 'succeeded',
      output: { result: 42 },
    })
  })
})
