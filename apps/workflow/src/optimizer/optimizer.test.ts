import type { RunEvent, RunId, WorkflowVersionId } from '@dure/contracts'
import { type Graph, nodeTypes, validateGraph } from '@dure/engine'
import { playGraph } from '@dure/engine/testing'
import { createIdentityVerifier, createService, type Service } from '@dure/platform'
import { silentLog, testIdentity, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { optimizerRoutes } from './routes.ts'
import { createOptimizerService, type OptimizerService } from './service.ts'
import { createOptimizerStore } from './store.ts'

const workflowId = `wf_${'1'.repeat(32)}`
const versionId = `wfv_${'1'.repeat(32)}` as WorkflowVersionId
const graph = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'a', type: 'echo', config: { data: 'a {{ input.n }}' } },
    { id: 'b', type: 'echo', config: { data: 'b {{ input.n }}' } },
    {
      id: 'end',
      type: 'end',
      config: { outputs: { a: '{{ size(nodes.a.data) }}', b: '{{ nodes.b.data }}' } },
    },
  ],
  edges: [
    { from: 'start', port: 'out', to: 'a' },
    { from: 'a', port: 'out', to: 'b' },
    { from: 'b', port: 'out', to: 'end' },
  ],
}

const caller = testIdentity()
let f: StoreFixture
let service: Service
let optimizer: OptimizerService
beforeAll(async () => {
  f = await storeFixture()
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'workflow' })
  service = await createService({ name: 'workflow', log: silentLog(), verifier })
  const store = createOptimizerStore(f.pool, f.store)
  optimizer = createOptimizerService({ store, nodeTypes })
  await service.register(optimizerRoutes, { optimizer })
  const { organizationId, projectId } = f.tenant
  await f.pool.query(
    `INSERT INTO workflow
      (id, organization_id, project_id, name, draft, latest_version, published_version)
     VALUES ($1, $2, $3, 'Example', '{}', 1, 1)`,
    [workflowId, organizationId, projectId],
  )
  await f.pool.query(
    `INSERT INTO workflow_version
      (id, workflow_id, organization_id, project_id, number, graph, hash, created_by)
     VALUES ($1, $2, $3, $4, 1, $5, 'hash', 'key_test')`,
    [versionId, workflowId, organizationId, projectId, graph],
  )
  for (let n = 1; n <= 4; n += 1) await recordRun(n)
})
afterAll(async () => {
  await service.close()
  await f.close()
})

/** Each node takes a second. The answer of `a` is so large that it is stored beside the events. */
async function recordRun(n: number): Promise<RunId> {
  const input = { n }
  const played = playGraph(graph, input)
  const large = 'x'.repeat(40_000)
  const steps = [() => {}, () => played.succeed('a', large), () => played.succeed('b', { n })]
  const run = f.newRun({ input, versionId })
  let version = 0
  for (const [second, step] of steps.entries()) {
    step()
    const events = played.events.slice(version) as RunEvent[]
    const last = events.at(-1)
    const status = last?.type === 'run.completed' ? 'completed' : 'running'
    const change = {
      events,
      status,
      ...(last?.type === 'run.completed' && { output: last.output }),
    } as const
    await f.store.commit(
      version === 0 ? f.creation({ run, ...change }) : f.change(run, version, change),
    )
    await f.pool.query(
      `UPDATE run_commit SET at = timestamptz '2026-01-01' + make_interval(secs => $3)
       WHERE run_id = $1 AND first_version = $2`,
      [run.id, version + 1, second + 60 * n],
    )
    version = played.events.length
  }
  const refs = played.events.flatMap((event) =>
    event.type === 'node.completed' && event.nodeId === 'a'
      ? [event.data as { $payload: string }]
      : [],
  )
  await f.store.writePayloads(
    f.tenant,
    refs.map(({ $payload: hash }) => ({ hash, json: JSON.stringify(large) })),
  )
  return run.id
}

async function optimize(body: object, { as = {}, id = workflowId } = {}) {
  const response = await service.inject({
    method: 'POST',
    url: `/v1/workflows/${id}/optimize`,
    headers: await caller.headers('workflow', as),
    payload: body,
  })
  return { status: response.statusCode, body: response.json() }
}

test('advice comes with what it gains, and with a draft that gives the same', async () => {
  const { status, body } = await optimize({ patch: true, runs: 3 })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    version: 1,
    runs: { read: 3, leftOut: 0 },
    check: { checked: 3, skipped: 0, differed: [] },
    isIncomplete: false,
    dropped: [],
  })
  expect(body.advice).toMatchObject([
    {
      kind: 'parallelise',
      nodeIds: ['a', 'b'],
      pointer: '#/graph/nodes/1',
      applied: true,
      confidence: 'low',
      expectedGain: {
        latencyMsP50: 1000,
        basis: { runs: 3, affectedRuns: 3, beforeMsP50: 2000, afterMsP50: 1000 },
      },
      patch: { removeEdges: [{ from: 'a', port: 'out', to: 'b' }] },
    },
  ])
  expect(body.nodes.find(({ nodeId }: { nodeId: string }) => nodeId === 'a')).toMatchObject({
    executions: 3,
    latencyMsP50: 1000,
    latencyMsP95: 1000,
    failures: 0,
  })
  expect(validateGraph(body.draft as Graph, nodeTypes, '').problems).toEqual([])
  expect(body.draft.edges).toContainEqual({ from: 'start', port: 'out', to: 'b' })
})

test('without being asked for, there is no draft', async () => {
  expect((await optimize({ version: 1 })).body).not.toHaveProperty('draft')
})

test('foreign and missing workflows and versions are unknown', async () => {
  const as = { tenant: testTenant('2') }
  expect(await optimize({}, { as })).toMatchObject({
    status: 404,
    body: { code: 'workflow.not-found' },
  })
  expect(await optimize({}, { id: `wf_${'0'.repeat(32)}` })).toMatchObject({ status: 404 })
  expect(await optimize({ version: 2 })).toMatchObject({
    status: 404,
    body: { code: 'workflow.version-not-found' },
  })
  expect(await optimize({}, { as: { scopes: ['runs:read'] } as never })).toMatchObject({
    status: 403,
  })
  expect(await optimize({ runs: 201 })).toMatchObject({ status: 400 })
})

test('only so many are looked at at once', async () => {
  const request = { tenant: f.tenant, workflowId: workflowId as never, version: 1, runs: 1 }
  const results = await Promise.allSettled([1, 2, 3].map(() => optimizer.optimize(request)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(results[2]).toMatchObject({ reason: { code: 'workflow.optimizer-busy' } })
  await expect(optimizer.optimize(request)).resolves.toMatchObject({ version: { number: 1 } })
})
