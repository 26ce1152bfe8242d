import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
})
afterAll(() => agent.close())

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
}

async function call({ method = 'GET', path = '', body, headers, tenant }: Call = {}) {
  return agent.app.inject({
    ...{ method, url: `/v2/evaluators${path}` },
    headers: { ...(await agent.identity.headers('agent', tenant ? { tenant } : {})), ...headers },
    ...(body !== undefined && { payload: body as object }),
  })
}

const create = (name: string, config: object = { kind: 'exact' }, tenant?: Call['tenant']) =>
  call({ method: 'POST', body: { name, config }, ...(tenant && { tenant }) })

describe('an evaluator', () => {
  test('is created with what it leaves open, read, listed, replaced and deleted', async () => {
    const created = await create('days', { kind: 'regex', pattern: '\\d+일' })
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    expect(created.json()).toMatchObject({
      ...{ name: 'days', revision: 1, createdBy: 'key_test' },
      config: { kind: 'regex', pattern: '\\d+일', isFound: true },
    })
    expect((await call({ path: `/${id}` })).json()).toEqual(created.json())
    expect((await call()).json().data).toContainEqual(created.json())

    const config = { kind: 'llm-judge', rubric: 'Is it right?' }
    const change = { path: `/${id}`, body: { name: 'judge', config } }
    const match = { 'if-match': '"1"' }
    const replaced = await call({ ...change, method: 'PUT', headers: match })
    expect(replaced.json()).toMatchObject({ revision: 2, config: { ...config, passAt: 0.7 } })
    const stale = await call({ ...change, method: 'PUT', headers: match })
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'evaluator.changed'])
    const kept = await call({ method: 'DELETE', path: `/${id}`, headers: match })
    expect(kept.statusCode).toBe(412)

    expect((await call({ method: 'DELETE', path: `/${id}` })).statusCode).toBe(204)
    expect((await call({ path: `/${id}` })).json().code).toBe('evaluator.not-found')
  })

  test.each([
    ['a pattern that is none', { kind: 'regex', pattern: '(a' }, '#/config/pattern'],
    ['a pattern that looks around', { kind: 'regex', pattern: '(?=a)' }, '#/config/pattern'],
    [
      'a schema with a pattern',
      { kind: 'json-schema', schema: { pattern: '(a+)+$' } },
      '#/config/schema/pattern',
    ],
    [
      'a schema that refers',
      { kind: 'json-schema', schema: { $ref: '#' } },
      '#/config/schema/$ref',
    ],
  ])('with %s is refused', async (_what, config, pointer) => {
    const refused = await create('refused', config)
    expect(refused.json()).toMatchObject({ code: 'evaluator.invalid', errors: [{ pointer }] })
  })

  test.each([
    ['of no kind', { kind: 'vibes' }],
    ['with what it does not take', { kind: 'exact', rubric: 'x' }],
    ['without its rubric', { kind: 'llm-judge' }],
  ])('%s is refused', async (_what, config) => {
    expect((await create('refused', config)).json()).toMatchObject({ code: 'request.invalid' })
  })

  test('that needs vectors is refused where no model makes them', async () => {
    const refused = await create('similar', { kind: 'similarity' })
    expect(refused.json()).toMatchObject({ status: 409, code: 'evaluator.not-possible' })
    const named = await create('similar', { kind: 'similarity', model: 'small' })
    expect(named.statusCode).toBe(201)
  })

  test('has a name of its own, and is of its tenant alone', async () => {
    const { id } = (await create('mine')).json()
    expect((await create('mine')).json().code).toBe('evaluator.name-taken')
    const tenant = testTenant('2')
    expect((await create('mine', { kind: 'exact' }, tenant)).statusCode).toBe(201)
    const body = { name: 'theirs', config: { kind: 'exact' } }
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const foreign = await call({
        method,
        path: `/${id}`,
        tenant,
        ...(method === 'PUT' && { body }),
      })
      expect(foreign.json().code).toBe('evaluator.not-found')
    }
  })
})
