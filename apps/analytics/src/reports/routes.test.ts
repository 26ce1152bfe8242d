import { type CostReport, SCOPES, type UsageReport } from '@dure/contracts'
import { createIdentityVerifier, createPool, createService, type Service } from '@dure/platform'
import {
  silentLog,
  type TestDatabase,
  testDatabase,
  testIdentity,
  testTenant,
} from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIngestStore } from '../ingest/store.ts'
import {
  modelCalled,
  modelCallFailed,
  runCompleted,
  runFailed,
  runStarted,
  workflowIdOf,
} from '../testing/events.ts'
import { reportRoutes } from './routes.ts'
import { createReportService } from './service.ts'
import { createReportStore } from './store.ts'

const caller = testIdentity()
let database: TestDatabase
let pool: pg.Pool
let everyTenant: pg.Pool
let app: Service

const at = (day: number, time = '12:00:00.000') => `2026-11-${day}T${time}Z`
const huge = 2 ** 53 - 1

beforeAll(async () => {
  database = await testDatabase('analytics')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  everyTenant = createPool({ DATABASE_URL: database.databaseUrl }, { rows: 'of every tenant' })
  const store = createIngestStore(everyTenant)
  await store.record('workflow', [
    runStarted({ g: 1, run: 1, workflow: 1, at: at(19) }),
    runCompleted({ g: 2, run: 1, at: at(19, '12:00:01.000') }),
    runStarted({ g: 3, run: 2, workflow: 1, at: at(19, '23:59:59.999') }),
    runFailed({ g: 4, run: 2, at: at(20, '00:00:02.999') }),
    runStarted({ g: 5, run: 3, workflow: 2, at: at(20, '00:00:00.000') }),
    // Its start has not arrived: nobody knows on which day it counts.
    runCompleted({ g: 6, run: 4, at: at(20) }),
    runStarted({ g: 7, run: 5, workflow: 9, at: at(20), tenant: testTenant('2') }),
  ])
  await store.record('agent', [
    modelCalled({ g: 1, run: 1, workflow: 1, at: at(19), usage: { costMicroUsd: 1_000_001 } }),
    modelCalled({ g: 2, run: 2, workflow: 1, at: at(20), usage: { model: 'large' } }),
    modelCallFailed({ g: 3, run: 3, workflow: 2, at: at(21) }),
    modelCalled({ g: 4, run: 5, workflow: 9, at: at(20), tenant: testTenant('2') }),
    modelCalled({ g: 5, at: '2020-02-01T00:00:00Z', usage: { costMicroUsd: huge } }),
    modelCalled({ g: 6, at: '2020-02-02T00:00:00Z', usage: { costMicroUsd: huge } }),
  ])
  app = await createService({
    name: 'analytics',
    log: silentLog(),
    verifier: createIdentityVerifier({ publicKey: caller.publicKey, audience: 'analytics' }),
  })
  const now = () => Date.parse('2026-11-23T10:00:00Z')
  const reports = createReportService({ store: createReportStore(pool), now })
  app.register(reportRoutes, { prefix: '/v1', reports })
})
afterAll(async () => {
  await app.close()
  await Promise.all([pool.end(), everyTenant.end()])
  await database.drop()
})

async function get(url: string, changes: Parameters<typeof caller.headers>[1] = {}) {
  return app.inject({ url, headers: await caller.headers('analytics', changes) })
}

describe('GET /v1/usage', () => {
  test('200: counts each run on the day of its start, newest first, with totals', async () => {
    const response = await get('/v1/usage')

    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({
      from: '2026-10-25',
      to: '2026-11-23',
      groupBy: 'day',
      data: [
        {
          key: '2026-11-21',
          runs: { started: 0, completed: 0, failed: 0, cancelled: 0, durationMs: null },
          modelCalls: { calls: 1, failed: 1, inputTokens: 0, outputTokens: 0 },
        },
        {
          key: '2026-11-20',
          runs: { started: 1, completed: 0, failed: 0, cancelled: 0, durationMs: null },
          modelCalls: { calls: 1, failed: 0, inputTokens: 10, outputTokens: 5 },
        },
        {
          key: '2026-11-19',
          runs: {
            started: 2,
            completed: 1,
            failed: 1,
            cancelled: 0,
            durationMs: { p50: 2000, p95: 2900 },
          },
          modelCalls: { calls: 1, failed: 0, inputTokens: 10, outputTokens: 5 },
        },
      ],
      nextCursor: null,
      totals: {
        runs: {
          started: 3,
          completed: 1,
          failed: 1,
          cancelled: 0,
          durationMs: { p50: 2000, p95: 2900 },
        },
        modelCalls: { calls: 3, failed: 1, inputTokens: 20, outputTokens: 10 },
      },
    } satisfies UsageReport)
  })

  test('200: by workflow, and of one workflow', async () => {
    const by = (await get('/v1/usage?groupBy=workflow')).json<UsageReport>()
    const of = (await get(`/v1/usage?groupBy=workflow&workflowId=${workflowIdOf(2)}`)).json()

    expect(by.data.map(({ key, runs }) => [key, runs?.started])).toEqual([
      [workflowIdOf(1), 2],
      [workflowIdOf(2), 1],
    ])
    expect(of).toMatchObject({
      data: [{ key: workflowIdOf(2) }],
      totals: by.data[1] ? { modelCalls: by.data[1].modelCalls } : {},
    })
  })

  test('200: does not count runs where a model is asked for', async () => {
    const by = (await get('/v1/usage?groupBy=model')).json<UsageReport>()
    const of = (await get('/v1/usage?model=large')).json<UsageReport>()

    expect(by.data.map(({ key, runs, modelCalls }) => [key, runs, modelCalls.calls])).toEqual([
      ['demo', null, 2],
      ['large', null, 1],
    ])
    expect(of.data).toMatchObject([{ key: '2026-11-20', runs: null, modelCalls: { calls: 1 } }])
    expect(of.totals).toMatchObject({ runs: null, modelCalls: { calls: 1, inputTokens: 10 } })
  })

  test('200: pages hold every row once, and each the same totals', async () => {
    const whole = (await get('/v1/usage')).json<UsageReport>()
    const keys: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
      const page: UsageReport = (await get(`/v1/usage?limit=1${after}`)).json()
      expect(page.totals).toEqual(whole.totals)
      expect(page.data).toHaveLength(1)
      keys.push(...page.data.map(({ key }) => key))
      cursor = page.nextCursor
    }

    expect(keys).toEqual(['2026-11-21', '2026-11-20', '2026-11-19'])
  })

  test('200: a stranger sees nothing of it', async () => {
    const response = await get('/v1/usage', { tenant: testTenant('3') })

    expect(response.json()).toMatchObject({
      data: [],
      nextCursor: null,
      totals: {
        runs: { started: 0, completed: 0, failed: 0, cancelled: 0, durationMs: null },
        modelCalls: { calls: 0, failed: 0, inputTokens: 0, outputTokens: 0 },
      },
    })
  })

  test('200: another project of the same organisation sees nothing of it', async () => {
    const tenant = { ...testTenant('1'), projectId: testTenant('2').projectId }

    expect((await get('/v1/usage', { tenant })).json()).toMatchObject({ data: [] })
  })

  test.each([
    ['from=2026-11-20&to=2026-11-19', 'range.reversed', '#/to'],
    ['from=2024-11-20&to=2026-11-19', 'range.too-long', '#/from'],
    ['from=2026-02-30', 'request.invalid', '#/from'],
    ['to=0000-01-01', 'request.invalid', '#/to'],
    ['groupBy=user', 'request.invalid', '#/groupBy'],
    ['limit=0', 'request.invalid', '#/limit'],
    ['workflowId=7', 'request.invalid', '#/workflowId'],
    ['cursor=nonsense', 'page.invalid-cursor', '#/cursor'],
    [
      `cursor=${cursorOf('workflow', '2026-11-01', '2026-11-20', 'x')}`,
      'page.invalid-cursor',
      '#/cursor',
    ],
    [
      `cursor=${cursorOf('day', '2026-11-01', '0000-01-01', 'x')}`,
      'page.invalid-cursor',
      '#/cursor',
    ],
    [
      `cursor=${cursorOf('day', '2026-11-01', '2026-11-20', '\0')}`,
      'page.invalid-cursor',
      '#/cursor',
    ],
  ])('400: %s is refused with %s at %s', async (query, code, pointer) => {
    const response = await get(`/v1/usage?${query}`)

    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code, errors: [{ pointer }] })
  })

  test('403: the key lacks the scope', async () => {
    const scopes = SCOPES.filter((scope) => scope !== 'analytics:read')
    const response = await get('/v1/usage', { scopes })

    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({ code: 'key.scope-missing' })
  })

  test('401: nobody vouches for the caller', async () => {
    expect((await app.inject({ url: '/v1/usage' })).statusCode).toBe(401)
  })
})

describe('GET /v1/costs', () => {
  test('200: adds up to the micro-dollar', async () => {
    const response = await get('/v1/costs?groupBy=model&from=2026-11-19&to=2026-11-20')

    expect(response.json()).toEqual({
      from: '2026-11-19',
      to: '2026-11-20',
      groupBy: 'model',
      currency: 'USD',
      data: [
        { key: 'demo', costMicroUsd: 1_000_001, modelCalls: 1 },
        { key: 'large', costMicroUsd: 7, modelCalls: 1 },
      ],
      nextCursor: null,
      totals: { costMicroUsd: 1_000_008, modelCalls: 2 },
    } satisfies CostReport)
  })

  test('200: the name of a model may be as long as it can be, on every page', async () => {
    const names = ['\u0001', '가', '🦉'].map((letter) => letter.repeat(200))
    const calls = names.map((model, n) =>
      modelCalled({ g: 100 + n, at: '2019-01-01T00:00:00Z', usage: { model } }),
    )
    await createIngestStore(everyTenant).record('agent', calls)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const url = `/v1/costs?groupBy=model&limit=1&from=2019-01-01&to=2019-01-01`
      const page: CostReport = (await get(cursor ? `${url}&cursor=${cursor}` : url)).json()
      expect(page.data).toHaveLength(1)
      seen.push(...page.data.map(({ key }) => key))
      cursor = page.nextCursor
    }

    expect(seen).toEqual(names)
  })

  test('200: keeps to the range of the first page', async () => {
    const first = (await get('/v1/costs?limit=1&to=2026-11-20')).json<CostReport>()
    const second = (await get(`/v1/costs?limit=1&cursor=${first.nextCursor}`)).json<CostReport>()

    expect(first.data).toMatchObject([{ key: '2026-11-20' }])
    expect(second).toMatchObject({ to: '2026-11-20', data: [{ key: '2026-11-19' }] })
    expect(second.totals).toEqual(first.totals)
  })

  test('400: a sum that a number cannot hold is not told at all', async () => {
    const response = await get('/v1/costs?from=2020-02-01&to=2020-02-02')
    const oneDay = await get('/v1/costs?from=2020-02-01&to=2020-02-01')

    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({
      code: 'range.sum-too-large',
      errors: [{ pointer: '#/from' }],
    })
    expect(oneDay.json()).toMatchObject({ totals: { costMicroUsd: huge } })
  })
})

function cursorOf(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
