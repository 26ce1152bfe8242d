import type { NodeId, RunEvent } from '@dure/contracts'
import type { RunChange } from '@dure/engine'
import { createIdentityVerifier, createService, type Service } from '@dure/platform'
import { silentLog, testIdentity, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { rangeOf } from './range.ts'
import { statsRoutes } from './routes.ts'
import { createStatsStore } from './store.ts'

const caller = testIdentity()
let f: StoreFixture
let service: Service
let workflowId: string

beforeAll(async () => {
  f = await storeFixture()
  workflowId = f.newRun().workflowId
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'workflow' })
  service = await createService({ name: 'workflow', log: silentLog(), verifier })
  const nowMs = () => Date.parse('2026-03-10T00:00:00Z')
  await service.register(statsRoutes, { stats: createStatsStore(f.pool), nowMs })
  const { organizationId, projectId } = f.tenant
  await f.pool.query(
    `INSERT INTO workflow (id, organization_id, project_id, name, draft)
     VALUES ($1, $2, $3, 'Example', '{}')`,
    [workflowId, organizationId, projectId],
  )
  for (const [day, seconds, part] of RUNS) await ended(day, seconds, part)
  await ended('2026-03-01', 1, { run: f.newRun({ tenant: testTenant('2') }) })
  await ended('2026-01-01', 1, { status: 'completed' })
})
afterAll(async () => {
  await service.close()
  await f.close()
})

const error = { code: 'model.unavailable', message: 'No' }
const failed: RunEvent = { type: 'run.failed', error, nodeId: 'ask' as NodeId }
const RUNS: readonly [string, number, Partial<RunChange>][] = [
  ['2026-03-01', 1, { status: 'completed', costMicroUsd: 10 }],
  ['2026-03-01', 2, { status: 'completed', costMicroUsd: 20 }],
  ['2026-03-02', 3, { status: 'completed' }],
  ['2026-03-02', 9, { status: 'failed', error, events: [failed] }],
  ['2026-03-02', 0, { status: 'cancelled' }],
]

async function ended(day: string, seconds: number, part: Partial<RunChange>): Promise<void> {
  const { run } = await f.started(part.run ? { run: part.run } : {})
  const events = part.events ?? []
  await f.store.commit(f.change(run, 1, { ...part, run, events: [f.completed('a'), ...events] }))
  await f.pool.query(
    `UPDATE run SET created_at = $2::timestamptz, ended_at = $2::timestamptz + make_interval(secs => $3)
     WHERE id = $1`,
    [run.id, `${day}T12:00:00Z`, seconds],
  )
}

async function read(query: string, as: object = {}) {
  const response = await service.inject({
    url: `/v1/workflows/${workflowId}/stats${query}`,
    headers: await caller.headers('workflow', as),
  })
  return { status: response.statusCode, body: response.json() }
}

test('runs are counted in all, by day, by version, and by what went wrong', async () => {
  const { status, body } = await read('')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    from: '2026-02-08T00:00:00.000Z',
    to: '2026-03-10T00:00:00.000Z',
    runs: 5,
    byStatus: { completed: 3, failed: 1, cancelled: 1, running: 0 },
    successRate: 0.75,
    durationMsP50: 2000,
    costMicroUsd: 30,
    errors: [{ code: 'model.unavailable', runs: 1 }],
    failingNodes: [{ nodeId: 'ask', runs: 1 }],
  })
  expect(body.byDay).toMatchObject([
    { day: '2026-03-01', runs: 2, successRate: 1, durationMsP50: 1500, costMicroUsd: 30 },
    { day: '2026-03-02', runs: 3, successRate: 0.5 },
  ])
  expect(body.byVersion).toMatchObject([{ version: 1, runs: 5 }])
})

test('a range without runs has none of anything', async () => {
  const { body } = await read('?from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z')
  expect(body).toMatchObject({ runs: 0, successRate: null, durationMsP50: null, byDay: [] })
})

test('a foreign workflow is unknown', async () => {
  expect(await read('', { tenant: testTenant('2') })).toMatchObject({
    status: 404,
    body: { code: 'workflow.not-found' },
  })
})

test.each([
  ['?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', 'stats.invalid-range'],
  ['?from=2025-12-09T23:59:59Z', 'stats.invalid-range'],
  ['?from=yesterday', undefined],
])('a range such as %s is refused', async (query, code) => {
  const { status, body } = await read(query)
  expect(status).toBe(400)
  if (code) expect(body).toMatchObject({ code })
})

test('ninety days are allowed', () => {
  const range = rangeOf({ from: '2026-01-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }, 0)
  expect(range.to.getTime() - range.from.getTime()).toBe(90 * 86_400_000)
})
