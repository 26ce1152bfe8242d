import { testIdentity, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
})
afterAll(() => agent.close())

const CANARY = 'canary-7f3a9d51c2'

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
  readonly scopes?: readonly never[] | readonly ['secrets:read']
}

async function call({ method = 'GET', path = '', body, headers, tenant, scopes }: Call = {}) {
  const as = { ...(tenant && { tenant }), ...(scopes && { scopes: [...scopes] }) }
  const response = await agent.app.inject({
    ...{ method, url: `/v1/secrets${path}` },
    headers: { ...(await agent.identity.headers('agent', as)), ...headers },
    ...(body !== undefined && { payload: body as object }),
  })
  expect(response.body).not.toContain(CANARY)
  return response
}

const NEW = { value: CANARY, hosts: ['api.example.com'] }
const create = async (name: string, changes: object = {}, rest: Call = {}) =>
  call({ ...rest, method: 'POST', body: { ...NEW, name, ...changes } })

describe('a secret', () => {
  test('is created once when it is sent again with its Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'k' }
    const first = await create('repeated', {}, { headers })
    const again = await create('repeated', {}, { headers })
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await create('repeated')).statusCode).toBe(409)
  })

  test('is created, read, listed, replaced and deleted, and its value never comes out', async () => {
    const created = await create('shop', { description: '가게 열쇠' })
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    expect(created.headers).toMatchObject({ etag: '"1"', location: `/v1/secrets/${id}` })
    expect(created.json()).toEqual({
      id: expect.stringMatching(/^sec_[0-9a-f]{32}$/),
      name: 'shop',
      description: '가게 열쇠',
      hosts: ['https://api.example.com'],
      version: 1,
      createdBy: 'key_test',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    })

    expect((await call({ path: `/${id}` })).json()).toEqual(created.json())
    expect((await call()).json().data).toContainEqual(created.json())

    const replaced = await call({
      ...{ method: 'PUT', path: `/${id}`, headers: { 'if-match': '"1"' } },
      body: { value: `${CANARY}-2`, hosts: ['API.example.com:8443'] },
    })
    expect(replaced.statusCode).toBe(200)
    expect(replaced.headers.etag).toBe('"2"')
    expect(replaced.json()).toMatchObject({ version: 2, hosts: ['https://api.example.com:8443'] })
    expect(replaced.json().description).toBe('가게 열쇠')

    expect((await call({ method: 'DELETE', path: `/${id}` })).statusCode).toBe(204)
    expect((await call({ path: `/${id}` })).json().code).toBe('secret.not-found')
  })

  test('is not replaced or deleted by who has not seen its last change', async () => {
    const { id } = (await create('raced')).json()
    const stale = { path: `/${id}`, headers: { 'if-match': '"7"' } }

    const replaced = await call({ ...stale, method: 'PUT', body: { value: CANARY } })
    const deleted = await call({ ...stale, method: 'DELETE' })

    expect([replaced.statusCode, deleted.statusCode]).toEqual([412, 412])
    expect(replaced.json().code).toBe('secret.changed')
  })

  test('has a name that no other of the project has', async () => {
    await create('taken')

    expect((await create('taken')).json()).toMatchObject({ status: 409, code: 'secret.name-taken' })
    expect((await create('taken', {}, { tenant: testTenant('2') })).statusCode).toBe(201)
  })

  test('of another tenant is as unknown as one that nobody has', async () => {
    const { id } = (await create('ours')).json()
    const unknown = `/sec_${'0'.repeat(32)}`
    for (const { method, body } of [
      { method: 'GET' as const, body: undefined },
      { method: 'PUT' as const, body: { value: CANARY } },
      { method: 'DELETE' as const, body: undefined },
    ]) {
      const foreign = await call({ method, body, path: `/${id}`, tenant: testTenant('3') })
      const none = await call({ method, body, path: unknown, tenant: testTenant('3') })
      expect([foreign.statusCode, none.statusCode]).toEqual([404, 404])
      expect(foreign.json().detail).toBe(none.json().detail)
    }
    expect((await call({ tenant: testTenant('3') })).json()).toEqual({ data: [], nextCursor: null })
  })

  test.each([
    ['no value', { value: undefined }, '#/value'],
    ['a value that is no text', { value: 7 }, '#/value'],
    ['a value that is too short', { value: 'short' }, '#/value'],
    ['a value that is too long', { value: '가'.repeat(30_000) }, '#/value'],
    ['half of a surrogate pair', { value: '12345678\ud800' }, '#/value'],
    ['a name that no node could write', { name: 'My Secret' }, '#/name'],
    ['no host', { hosts: [] }, '#/hosts'],
    ['a host with a path', { hosts: ['a.example', 'b.example/path'] }, '#/hosts/1'],
    ['a wildcard', { hosts: ['*.example.com'] }, '#/hosts/0'],
    ['a host with credentials', { hosts: ['me:you@a.example'] }, '#/hosts/0'],
    ['another scheme', { hosts: ['ftp://a.example'] }, '#/hosts/0'],
    ['NUL in its description', { description: 'a\u0000b' }, '#/description'],
    ['a field that it does not have', { keyId: 'k1' }, '#/keyId'],
  ])('is refused with %s', async (_what, changes, pointer) => {
    const refused = await create('refused', changes)

    expect(refused.statusCode).toBe(400)
    expect(refused.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(
      pointer,
    )
  })

  test('needs the scope of what is done with it', async () => {
    expect((await call({ scopes: [] })).statusCode).toBe(403)
    expect((await create('x', {}, { scopes: ['secrets:read'] })).statusCode).toBe(403)
    const strangers = await testIdentity().headers('agent')
    expect((await call({ headers: strangers })).statusCode).toBe(401)
  })

  test('is one of many on a page', async () => {
    const tenant = testTenant('4')
    for (const name of ['one', 'two', 'three']) await create(name, {}, { tenant })
    const first = (await call({ path: '?limit=2', tenant })).json()
    const last = (await call({ path: `?limit=2&cursor=${first.nextCursor}`, tenant })).json()

    const names = [...first.data, ...last.data].map(({ name }: { name: string }) => name)
    expect(names).toEqual(['three', 'two', 'one'])
    expect(last.nextCursor).toBeNull()
  })
})

test('a project has at most 500 secrets', async () => {
  const { organizationId, projectId } = testTenant('5')
  await agent.pool.query(
    `INSERT INTO secret (id, organization_id, project_id, name, description, hosts, key_id,
       wrapped_key, payload, created_by)
     SELECT 'sec_many' || n, $1, $2, 'many' || n, '', '{}', 'k', '', '', 'key_1'
     FROM generate_series(1, 500) n`,
    [organizationId, projectId],
  )

  const refused = await create('one_more', {}, { tenant: testTenant('5') })

  expect(refused.json()).toMatchObject({ status: 409, code: 'secret.too-many' })
})
