import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
})
afterAll(() => agent.close())

interface Call {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
}

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  { body, headers, tenant }: Call = {},
) {
  return agent.app.inject({
    ...{ method, url: `/v1/agents${path}` },
    headers: { ...(await agent.identity.headers('agent', tenant && { tenant })), ...headers },
    ...(body !== undefined && { payload: body as object }),
  })
}

const DEFINITION = { instructions: 'You are brief.', model: 'demo' }
const create = async (name: string, definition: object = DEFINITION) =>
  call('POST', '', { body: { name, definition } })
const created = async (name: string): Promise<string> => (await create(name)).json().id

/** An agent with versions 1 to `count`, which differ in their instructions. */
async function withVersions(name: string, count: number): Promise<string> {
  const id = await created(name)
  for (let number = 1; number <= count; number++) {
    const definition = { ...DEFINITION, instructions: `v${number}` }
    await call('PATCH', `/${id}`, { body: { definition } })
    await call('POST', `/${id}/versions`)
  }
  return id
}

describe('an agent', () => {
  test('is created with what it does not say filled in, read, listed and changed', async () => {
    const response = await create('order-desk')
    expect(response.statusCode).toBe(201)
    expect(response.headers.etag).toBe('"1"')
    const { id } = response.json()
    expect(response.json()).toMatchObject({
      id: expect.stringMatching(/^agt_[0-9a-f]{32}$/),
      name: 'order-desk',
      description: '',
      definition: {
        ...DEFINITION,
        tools: [],
        limits: { maxSteps: 20, maxCostMicroUsd: 1_000_000 },
      },
      latestVersion: 0,
      publishedVersion: null,
      createdBy: 'key_test',
    })
    expect((await call('GET', `/${id}`)).json()).toEqual(response.json())
    const { definition: _definition, ...summary } = response.json()
    expect((await call('GET', '')).json().data).toContainEqual(summary)

    const headers = { 'if-match': '"1"' }
    const changed = await call('PATCH', `/${id}`, { headers, body: { description: '주문' } })
    expect(changed.headers.etag).toBe('"2"')
    expect(changed.json()).toMatchObject({ description: '주문', definition: DEFINITION })
    const body = { name: 'order-desk', definition: DEFINITION }
    const lost = await call('PUT', `/${id}`, { headers, body })
    expect([lost.statusCode, lost.json().code]).toEqual([412, 'agent.changed'])
  })

  test('with problems is refused with all of them, each at its field', async () => {
    const response = await create('wrong', {
      ...DEFINITION,
      fallbackModels: ['other', 'demo'],
      tools: [{ tool: 'calculator' }, { tool: 'calculator', constraints: { pattern: '(a+)+' } }],
      outputSchema: { type: 'object', properties: { total: { type: 'money', $ref: '#' } } },
    })
    expect([response.statusCode, response.json().code]).toEqual([400, 'agent.invalid'])
    expect(response.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/definition/fallbackModels/1',
      '#/definition/tools/1/tool',
      '#/definition/outputSchema/properties/total/type',
      '#/definition/outputSchema/properties/total/$ref',
      '#/definition/tools/1/constraints/pattern',
    ])
  })

  test('has a name of its own in the project, which is free again when it is deleted', async () => {
    const id = await created('twice')
    expect((await create('twice')).json().code).toBe('agent.name-taken')
    const other = await created('once')
    const renamed = await call('PATCH', `/${other}`, { body: { name: 'twice' } })
    expect([renamed.statusCode, renamed.json().code]).toEqual([409, 'agent.name-taken'])

    expect((await call('DELETE', `/${id}`)).statusCode).toBe(204)
    expect((await call('GET', `/${id}`)).json().code).toBe('agent.not-found')
    expect((await create('twice')).statusCode).toBe(201)
  })

  test('of somebody else is not there', async () => {
    const id = await withVersions('foreign', 1)
    const tenant = testTenant('2')
    const body = { name: 'foreign', definition: DEFINITION }
    for (const [method, path, rest] of [
      ['GET', `/${id}`, {}],
      ['PUT', `/${id}`, { body }],
      ['DELETE', `/${id}`, {}],
      ['POST', `/${id}/versions`, {}],
      ['GET', `/${id}/versions`, {}],
      ['GET', `/${id}/versions/1`, {}],
      ['POST', `/${id}/versions/1/publish`, {}],
      ['POST', `/${id}/rollback`, {}],
      ['GET', `/${id}/publications`, {}],
      ['GET', `/${id}/aliases`, {}],
      ['PUT', `/${id}/aliases/prod`, { body: { version: 1 } }],
    ] as const) {
      const answer = await call(method, path, { ...rest, tenant })
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 404, 'agent.not-found'])
    }
    expect((await call('GET', '', { tenant })).json().data).toEqual([])
  })
})

describe('a version', () => {
  test('freezes the draft, and the same draft gives the same version', async () => {
    const id = await created('frozen')
    const first = (await call('POST', `/${id}/versions`)).json()
    expect(first).toMatchObject({ agentId: id, number: 1, definition: DEFINITION })
    expect((await call('POST', `/${id}/versions`)).json()).toEqual(first)

    // The same with its keys the other way round.
    const { instructions, model } = DEFINITION
    await call('PATCH', `/${id}`, { body: { definition: { model, instructions } } })
    expect((await call('POST', `/${id}/versions`)).json()).toEqual(first)

    await call('PATCH', `/${id}`, { body: { definition: { instructions: 'Other' } } })
    expect((await call('POST', `/${id}/versions`)).json()).toMatchObject({ number: 2 })
    expect((await call('GET', `/${id}/versions/1`)).json()).toEqual(first)
    expect((await call('GET', `/${id}/versions/9`)).json().code).toBe('agent.version-not-found')
    const page = await call('GET', `/${id}/versions?limit=1`)
    expect(page.json().data).toMatchObject([{ number: 2 }])
    const next = await call('GET', `/${id}/versions?limit=1&cursor=${page.json().nextCursor}`)
    expect(next.json()).toEqual({ data: [first], nextCursor: null })
    for (const list of ['versions', 'publications']) {
      const { statusCode, body } = await call('GET', `/${id}/${list}?cursor=`)
      expect([statusCode, JSON.parse(body).code]).toEqual([400, 'page.invalid-cursor'])
    }
  })

  test('is compared with another one, path by path', async () => {
    const id = await created('compared')
    await call('POST', `/${id}/versions`)
    const definition = { instructions: 'Other', tools: [{ tool: 'calculator' }] }
    await call('PATCH', `/${id}`, { body: { definition } })
    await call('POST', `/${id}/versions`)
    expect((await call('GET', `/${id}/versions/1/diff/2`)).json()).toEqual({
      added: [{ path: '/tools/0', value: { tool: 'calculator' } }],
      removed: [{ path: '/model', value: 'demo' }],
      changed: [{ path: '/instructions', before: 'You are brief.', after: 'Other' }],
    })
  })

  test('is published and rolled back, step by step', async () => {
    const id = await withVersions('published', 3)
    expect((await call('POST', `/${id}/rollback`)).json().code).toBe('agent.nothing-to-roll-back')
    for (const number of [1, 2, 2, 3]) await call('POST', `/${id}/versions/${number}/publish`)
    const publishedNow = async () => (await call('GET', `/${id}`)).json().publishedVersion
    expect(await publishedNow()).toBe(3)
    expect((await call('POST', `/${id}/rollback`)).json()).toMatchObject({ publishedVersion: 2 })
    expect((await call('POST', `/${id}/rollback`)).json()).toMatchObject({ publishedVersion: 1 })
    expect((await call('POST', `/${id}/rollback`)).statusCode).toBe(409)
    const { data } = (await call('GET', `/${id}/publications`)).json()
    expect(
      data.map(({ kind, versionNumber }: Record<string, unknown>) => [kind, versionNumber]),
    ).toEqual([
      ['rollback', 1],
      ['rollback', 2],
      ['publish', 3],
      ['publish', 2],
      ['publish', 1],
    ])
  })
})

describe('an alias', () => {
  test('leads to a version, is moved by who has seen it, and deleted', async () => {
    const id = await withVersions('named', 2)
    const set = await call('PUT', `/${id}/aliases/prod`, { body: { version: 1 } })
    expect([set.statusCode, set.headers.etag]).toEqual([200, '"1"'])
    expect(set.json()).toMatchObject({ name: 'prod', version: 1, changedBy: 'key_test' })
    const none = await call('PUT', `/${id}/aliases/prod`, { body: { version: 9 } })
    expect(none.json().code).toBe('agent.version-not-found')

    const headers = { 'if-match': '"1"' }
    const moved = await call('PUT', `/${id}/aliases/prod`, { body: { version: 2 }, headers })
    expect(moved.json()).toMatchObject({ version: 2 })
    const late = await call('PUT', `/${id}/aliases/prod`, { body: { version: 1 }, headers })
    expect([late.statusCode, late.json().code]).toEqual([412, 'agent-alias.changed'])
    expect((await call('GET', `/${id}/aliases`)).json().data).toEqual([moved.json()])
    expect((await call('DELETE', `/${id}/aliases/prod`, { headers })).statusCode).toBe(412)
    expect((await call('DELETE', `/${id}/aliases/prod`)).statusCode).toBe(204)
    expect((await call('GET', `/${id}/aliases/prod`)).json().code).toBe('agent-alias.not-found')
  })
})
