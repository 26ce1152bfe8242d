import { SCOPES, type Scope } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { testTenant } from '@dure/platform/testing'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { createLedgerStore } from './ledger-store.ts'
import type { Spending } from './spending.ts'
import { createSpending } from './spending-service.ts'

let agent: AgentUnderTest
let pool: Pool
let spending: Spending
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
  pool = createPool(
    { DATABASE_URL: agent.env.DATABASE_URL ?? '' },
    { max: 2, rows: 'of every tenant' },
  )
  const ledger = createLedgerStore(pool)
  spending = createSpending({ ledger, reservationMs: 60_000 })
})
afterAll(async () => {
  await pool.end()
  await agent.close()
})

interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path?: string
  readonly body?: object
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
  readonly without?: Scope
}

async function call({ method = 'GET', path = '', body, headers, tenant, without }: Call = {}) {
  const scopes = SCOPES.filter((scope) => scope !== without)
  const as = { ...(tenant && { tenant }), scopes }
  return agent.app.inject({
    ...{ method, url: `/v2/budgets${path}` },
    headers: { ...(await agent.identity.headers('agent', as)), ...headers },
    ...(body && { payload: body }),
  })
}
const create = (body: object, rest: Call = {}) =>
  call({ ...rest, method: 'POST', body: { scope: 'project', limitMicroUsd: 1000, ...body } })

let digits = 0
function newTenant() {
  digits += 1
  return testTenant(digits.toString(16))
}

describe('a budget', () => {
  test('is created, read, listed, changed and deleted', async () => {
    const tenant = newTenant()
    const body = { name: '11월', period: 'month', timeZone: 'Asia/Seoul', warnAtPercents: [90, 50] }
    const created = await create(body, { tenant })
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    const path = `/${id}`
    expect(created.headers).toMatchObject({ etag: '"1"', location: `/v2/budgets/${id}` })
    expect(created.json()).toEqual({
      id: expect.stringMatching(/^bud_[0-9a-f]{32}$/),
      ...{ scope: 'project', subjectId: null, name: '11월', limitMicroUsd: 1000 },
      ...{ period: 'month', timeZone: 'Asia/Seoul', onExhaustion: { policy: 'stop' } },
      warnAtPercents: [50, 90],
      current: {
        period: expect.stringMatching(/^\d{4}-\d{2}$/),
        ...{ leftMicroUsd: 1000, reservedMicroUsd: 0, spentMicroUsd: 0 },
      },
      createdBy: 'key_test',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    })
    expect((await call({ path, tenant })).json()).toEqual(created.json())
    expect((await call({ tenant })).json()).toEqual({ data: [created.json()], nextCursor: null })

    const onExhaustion = { policy: 'cheaper-model', model: 'small' }
    const stale = { method: 'PATCH', path, tenant, headers: { 'if-match': '"7"' } } as const
    const lost = await call({ ...stale, body: { limitMicroUsd: 1 } })
    expect([lost.statusCode, lost.json().code]).toEqual([412, 'budget.changed'])
    const changed = await call({
      ...{ method: 'PATCH', path, tenant, headers: { 'if-match': '"1"' } },
      body: { limitMicroUsd: 2000, onExhaustion },
    })
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"'])
    expect(changed.json()).toMatchObject({
      ...{ name: '11월', limitMicroUsd: 2000, current: { leftMicroUsd: 2000 } },
      onExhaustion: { ...onExhaustion, atPercent: 80 },
    })

    expect((await call({ ...stale, method: 'DELETE' })).statusCode).toBe(412)
    expect((await call({ method: 'DELETE', path, tenant })).statusCode).toBe(204)
    expect((await call({ path, tenant })).json().code).toBe('budget.not-found')
    expect((await create(body, { tenant })).statusCode).toBe(201)
  })

  test('shows what is left of it, and in its ledger every call', async () => {
    const tenant = newTenant()
    const { id } = (await create({ limitMicroUsd: 100 }, { tenant })).json()
    const payer = { tenant, runId: 'run_1', agentId: 'agt_1', keyId: 'key_1' }
    await spending.reserve({
      kind: 'helper',
      key: 'a',
      payer,
      estimateMicroUsd: 60,
      model: 'large',
    })
    await spending.settle({ kind: 'helper', key: 'a', payer, costMicroUsd: 25, model: 'small' })
    await spending.reserve({
      kind: 'helper',
      key: 'b',
      payer,
      estimateMicroUsd: 70,
      model: 'large',
    })
    await call({ method: 'PATCH', path: `/${id}`, tenant, body: { limitMicroUsd: 90 } })

    expect((await call({ path: `/${id}`, tenant })).json().current).toEqual({
      ...{ period: '', leftMicroUsd: -5, reservedMicroUsd: 70, spentMicroUsd: 25 },
    })
    const first = (await call({ path: `/${id}/ledger?limit=3`, tenant })).json()
    const next = `/${id}/ledger?limit=3&cursor=${first.nextCursor}`
    const last = (await call({ path: next, tenant })).json()
    expect([first.data.length, last.nextCursor]).toEqual([3, null])
    const amounts = (entry: Record<string, unknown>) =>
      [
        ...['kind', 'availableMicroUsd', 'reservedMicroUsd', 'spentMicroUsd', 'outsideMicroUsd'],
        ...['balanceMicroUsd', 'callKey', 'model'],
      ].map((name) => entry[name])
    expect([...first.data, ...last.data].map(amounts)).toEqual([
      ['reserve', -70, 70, 0, 0, 5, 'b', 'large'],
      ['settle', 35, -60, 25, 0, 75, 'a', 'small'],
      ['reserve', -60, 60, 0, 0, 40, 'a', 'large'],
      ['fund', 100, 0, 0, -100, 100, null, null],
    ])
    const { projectId } = tenant
    expect(first.data[0]).toMatchObject({ projectId, runId: 'run_1', agentId: 'agt_1' })
    const wrong = await call({ path: `/${id}/ledger?cursor=WyJ4Il0`, tenant })
    expect(wrong.json().code).toBe('page.invalid-cursor')
  })

  test('of the organization is for its projects to see, and for who may to change', async () => {
    const tenant = newTenant()
    const sister = { ...tenant, projectId: testTenant('e').projectId }
    const body = { scope: 'organization' }
    const refused = await create(body, { tenant, without: 'organizations:write' })
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'budget.of-organization'])
    const { id } = (await create(body, { tenant })).json()
    const path = `/${id}`

    const seen = await call({ path, tenant: sister, without: 'organizations:read' })
    expect(seen.json()).toMatchObject({ id, scope: 'organization' })
    for (const [method, of] of [
      ['PATCH', path],
      ['DELETE', path],
    ] as const) {
      const changed = await call({
        ...{ method, path: of, tenant: sister, without: 'organizations:write' },
        ...(method === 'PATCH' && { body: { limitMicroUsd: 1 } }),
      })
      expect(changed.json().code).toBe('budget.of-organization')
    }
    const ledger = { path: `${path}/ledger`, tenant: sister }
    expect((await call({ ...ledger, without: 'organizations:read' })).statusCode).toBe(403)
    expect((await call(ledger)).json()).toEqual({ data: [], nextCursor: null })
  })

  test('is one of its subject and period', async () => {
    const tenant = newTenant()
    const agentBudget = { scope: 'agent', subjectId: `agt_${'0'.repeat(32)}` }
    for (const body of [{}, { period: 'day' }, { scope: 'run' }, agentBudget]) {
      expect((await create(body, { tenant })).statusCode).toBe(201)
      expect((await create(body, { tenant })).json().code).toBe('budget.exists')
    }
  })

  test('of another project is as unknown as one that nobody has', async () => {
    const { id } = (await create({}, { tenant: newTenant() })).json()
    const tenant = newTenant()
    for (const path of [`/${id}`, `/bud_${'0'.repeat(32)}`]) {
      for (const [method, of, body] of [
        ['GET', path, undefined],
        ['GET', `${path}/ledger`, undefined],
        ['PATCH', path, { limitMicroUsd: 1 }],
        ['DELETE', path, undefined],
      ] as const) {
        const answer = await call({ method, path: of, tenant, ...(body && { body }) })
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'budget.not-found'])
      }
    }
  })

  test.each([
    ['a scope that there is not', { scope: 'planet' }, '#/scope'],
    ['a limit below nothing', { limitMicroUsd: -1 }, '#/limitMicroUsd'],
    ['a limit that is no whole number', { limitMicroUsd: 0.5 }, '#/limitMicroUsd'],
    ['no agent', { scope: 'agent' }, '#/subjectId'],
    ['a key for an agent', { scope: 'agent', subjectId: 'key_1' }, '#/subjectId'],
    ['a subject for a project', { subjectId: 'key_1' }, '#/subjectId'],
    ['a period for a run', { scope: 'run', period: 'day' }, '#/period'],
    ['a zone that is none', { timeZone: 'Asia/Atlantis' }, '#/timeZone'],
    ['a zone that is read the other way round', { timeZone: '+09:00' }, '#/timeZone'],
    [
      'no model to fall back to',
      { onExhaustion: { policy: 'cheaper-model' } },
      '#/onExhaustion/model',
    ],
    [
      'a model that nobody asks',
      { onExhaustion: { policy: 'stop', model: 'm' } },
      '#/onExhaustion/model',
    ],
    ['warnings at nothing', { warnAtPercents: [0] }, '#/warnAtPercents/0'],
  ])('is refused with %s', async (_what, body, pointer) => {
    const refused = await create(body)

    expect(refused.statusCode).toBe(400)
    const pointers = refused.json().errors.map((error: { pointer: string }) => error.pointer)
    expect(pointers).toContain(pointer)
  })

  test('needs the scope of what is done with it', async () => {
    expect((await call({ without: 'budgets:read' })).statusCode).toBe(403)
    expect((await create({}, { without: 'budgets:write' })).statusCode).toBe(403)
  })
})
