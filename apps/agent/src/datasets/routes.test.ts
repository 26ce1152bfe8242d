import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
})
afterAll(() => agent.close())

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
  readonly scopes?: readonly never[] | readonly ['agents:read']
}

async function call({ method = 'GET', path = '', body, headers, tenant, scopes }: Call = {}) {
  const as = { ...(tenant && { tenant }), ...(scopes && { scopes: [...scopes] }) }
  return agent.app.inject({
    ...{ method, url: `/v2/datasets${path}` },
    headers: { ...(await agent.identity.headers('agent', as)), ...headers },
    ...(body !== undefined && { payload: body as object }),
  })
}

let made = 0
async function create(name = `dataset ${made++}`, rest: Call = {}) {
  return call({ ...rest, method: 'POST', body: { name } })
}

const CASES = [
  { input: '환불은 언제 되나요?', expectedOutput: '7일', metadata: { topic: 'refund' } },
  { input: [{ role: 'user', content: '2 * 21' }], expectedToolCalls: [{ name: 'calculator' }] },
]

async function filled() {
  const { id } = (await create()).json()
  const added = await call({ method: 'POST', path: `/${id}/cases`, body: CASES })
  return { id: id as string, ids: added.json().ids as string[], added }
}

describe('a dataset', () => {
  test('is created, read, listed, found by its name, changed and deleted', async () => {
    const created = await create('refunds')
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    expect(created.json()).toMatchObject({ name: 'refunds', revision: 1, caseCount: 0 })
    expect(created.headers.location).toBe(`/v2/datasets/${id}`)

    const read = await call({ path: `/${id}` })
    expect([read.json(), read.headers.etag]).toEqual([created.json(), created.headers.etag])
    expect((await call({ path: '?name=refunds' })).json().data).toEqual([created.json()])

    const match = { 'if-match': String(read.headers.etag) }
    const change = { path: `/${id}`, body: { name: 'returns' }, headers: match }
    const renamed = await call({ ...change, method: 'PATCH' })
    expect(renamed.json()).toMatchObject({ name: 'returns', description: '', revision: 1 })
    expect(renamed.headers.etag).not.toBe(read.headers.etag)
    expect((await call({ ...change, method: 'PATCH' })).json().code).toBe('dataset.changed')
    const stale = { path: `/${id}`, headers: match, method: 'DELETE' } as const
    expect((await call(stale)).statusCode).toBe(412)

    expect((await call({ method: 'DELETE', path: `/${id}` })).statusCode).toBe(204)
    expect((await call({ path: `/${id}` })).json().code).toBe('dataset.not-found')
    expect((await create('returns')).statusCode).toBe(201)
  })

  test('has a name that no other of the project has', async () => {
    const { id } = (await create('one')).json()
    await create('two')

    expect((await create('two')).json()).toMatchObject({ status: 409, code: 'dataset.name-taken' })
    const renamed = await call({ method: 'PATCH', path: `/${id}`, body: { name: 'two' } })
    expect(renamed.json().code).toBe('dataset.name-taken')
    expect((await create('two', { tenant: testTenant('2') })).statusCode).toBe(201)
  })

  test('of another tenant is as unknown as one that nobody has', async () => {
    const { id, ids } = await filled()
    const tenant = testTenant('3')
    const paths = [`/${id}`, `/${id}/cases`, `/${id}/cases/${ids[0]}`]
    for (const path of paths) {
      expect((await call({ path, tenant })).json().code).toBe('dataset.not-found')
    }
    const added = await call({ method: 'POST', path: `/${id}/cases`, body: CASES, tenant })
    expect(added.json().code).toBe('dataset.not-found')
    expect((await call({ method: 'DELETE', path: `/${id}`, tenant })).statusCode).toBe(404)
    expect((await call({ tenant })).json()).toEqual({ data: [], nextCursor: null })
  })

  test('needs the scope of what is done with it', async () => {
    expect((await call({ scopes: [] })).statusCode).toBe(403)
    expect((await create('x', { scopes: ['agents:read'] })).statusCode).toBe(403)
  })
})

describe('cases', () => {
  test('are added in one revision, and stay in their order', async () => {
    const { id, ids, added } = await filled()

    expect(added.statusCode).toBe(201)
    expect(added.json().dataset).toMatchObject({ revision: 2, caseCount: 2 })
    const first = (await call({ path: `/${id}/cases?limit=1` })).json()
    const path = `/${id}/cases?limit=1&cursor=${first.nextCursor}`
    const last = (await call({ path })).json()
    expect([...first.data, ...last.data]).toEqual(
      CASES.map((body, index) => ({ ...body, id: ids[index], since: 2 })),
    )
    expect(last.nextCursor).toBeNull()
  })

  test('are added as lines of JSON, once when they are sent again with their key', async () => {
    const { id } = (await create()).json()
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': `lines-${id}` }
    const body = `${CASES.map((one) => JSON.stringify(one)).join('\n')}\n\n`
    const add = () => call({ method: 'POST', path: `/${id}/cases`, body, headers })

    const first = await add()
    const again = await add()

    expect([first.statusCode, again.body]).toEqual([201, first.body])
    expect((await call({ path: `/${id}` })).json()).toMatchObject({ caseCount: 2, revision: 2 })
  })

  test.each([
    ['a line that is no JSON', '{"input":"a"}\n{', 'request.malformed-json', '#/1'],
    ['a key twice', '{"input":"a"}\n{"input":"a","input":"b"}', 'request.duplicate-key', '#/1'],
    ['a line that is no case', '{"input":"a"}\n{"output":"b"}', 'request.invalid', '#/1/input'],
  ])('of which one is %s are refused, all of them', async (_what, body, code, pointer) => {
    const { id } = (await create()).json()
    const headers = { 'content-type': 'application/x-ndjson' }
    const refused = await call({ method: 'POST', path: `/${id}/cases`, body, headers })

    expect(refused.statusCode).toBe(400)
    expect(refused.json().code).toBe(code)
    const pointers = refused.json().errors.map((error: { pointer: string }) => error.pointer)
    expect(pointers.some((one: string) => one.startsWith(pointer))).toBe(true)
  })

  test('of more than 1,000 lines, or of 64 KiB, are refused', async () => {
    const { id } = (await create()).json()
    const headers = { 'content-type': 'application/jsonl' }
    const body = '{"input":"a"}\n'.repeat(1001)
    const add = (one: unknown, of: Record<string, string>) =>
      call({ method: 'POST', path: `/${id}/cases`, body: one, headers: of })

    expect((await add(body, headers)).json().code).toBe('request.too-many-lines')
    const large = [{ input: 'a' }, { input: 'b', expectedOutput: '가'.repeat(30_000) }]
    expect((await add(large, {})).json()).toMatchObject({
      code: 'dataset-case.invalid',
      errors: [{ pointer: '#/1' }],
    })
    expect((await call({ path: `/${id}` })).json().revision).toBe(1)
  })

  test('are replaced and taken out, each in a revision of its own', async () => {
    const { id, ids } = await filled()
    const path = `/${id}/cases/${ids[0]}`
    const read = await call({ path })
    expect(read.headers.etag).toBe('"2"')
    const change = { method: 'PUT', path, body: { input: '언제?' } } as const
    const match = { 'if-match': '"2"' }

    const replaced = await call({ ...change, headers: match })
    expect(replaced.json()).toEqual({ id: ids[0], since: 3, input: '언제?' })
    expect((await call({ ...change, headers: match })).json().code).toBe('dataset-case.changed')
    expect((await call({ method: 'DELETE', path, headers: match })).statusCode).toBe(412)

    const all = (await call({ path: `/${id}/cases` })).json().data
    expect(all.map((one: { input: unknown }) => one.input)).toEqual(['언제?', CASES[1]?.input])
    expect((await call({ method: 'DELETE', path })).statusCode).toBe(204)
    expect((await call({ path })).json().code).toBe('dataset-case.not-found')
    expect((await call({ path: `/${id}` })).json()).toMatchObject({ caseCount: 1, revision: 4 })
  })

  test('are at most 10,000', async () => {
    const { id } = (await create()).json()
    await agent.pool.query('UPDATE dataset SET case_count = 9999 WHERE id = $1', [id])
    const refused = await call({ method: 'POST', path: `/${id}/cases`, body: CASES })
    expect(refused.json()).toMatchObject({ status: 409, code: 'dataset.too-many-cases' })
  })

  test('that are added and changed at the same time are all there', async () => {
    const { id, ids } = await filled()
    const adding = Array.from({ length: 6 }, () =>
      call({ method: 'POST', path: `/${id}/cases`, body: CASES }),
    )
    const removing = ids.map((one) => call({ method: 'DELETE', path: `/${id}/cases/${one}` }))
    await Promise.all([...adding, ...removing])

    expect((await call({ path: `/${id}` })).json()).toMatchObject({ caseCount: 12, revision: 10 })
    expect((await call({ path: `/${id}/cases` })).json().data).toHaveLength(12)
  })
})
