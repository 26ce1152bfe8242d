import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import {
  createKnowledgeBase,
  publishWorkflow,
  type System,
  startTestSystem,
  until,
} from './system.ts'

/** Of the tenant that has a lot to do; 5,000 to see it at its full size. */
const RUNS = Number(process.env.TENANT_RUNS ?? 300)
const BATCH = 100

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 300_000 })

let system: System
let other: Readonly<Record<string, string>>
beforeAll(async () => {
  system = await startTestSystem({ agent: {}, env: { MAX_RUNNING_RUNS: '100' } })
  const body = { name: 'Other' }
  const founded = await system.call<{ apiKey: { key: string } }>('POST', '/v2/organizations', body)
  expect(founded.status).toBe(201)
  other = { authorization: `Bearer ${founded.body.apiKey.key}` }
}, 120_000)
afterAll(() => system?.close())

interface Run {
  readonly id: string
  readonly status: string
}

async function runsOf(workflowId: string, status: string): Promise<readonly Run[]> {
  const path = `/v1/runs?workflowId=${workflowId}&status=${status}&limit=100`
  return (await system.call<{ data: Run[] }>('GET', path)).body.data
}

/** As the other tenant. */
async function publishElsewhere(graph: unknown): Promise<string> {
  const created = await system.call<{ id: string }>(
    'POST',
    '/v1/workflows',
    { name: 'B', graph },
    other,
  )
  const path = `/v1/workflows/${created.body.id}/versions`
  await system.call('POST', path, undefined, other)
  expect((await system.call('POST', `${path}/1/publish`, undefined, other)).status).toBe(200)
  return created.body.id
}

test('one run of a tenant is not behind the thousands of another', async () => {
  const waiting = { id: 'rest', type: 'delay', config: { ms: 3_600_000 } }
  const busy = await publishWorkflow(system, inARow([waiting]))
  const startBatch = async () => {
    const runs = Array.from({ length: BATCH }, () => ({ ref: busy }))
    expect((await system.call('POST', '/v2/runs:batch', { runs })).status).toBeLessThan(300)
  }
  for (let begun = 0; begun < RUNS; begun += BATCH) await startBatch()
  // What is under way is counted now and then: a few more may begin than are allowed at once.
  await until(async () => {
    await startBatch()
    return (await runsOf(busy, 'queued')).length > 0
  }, 'the tenant has runs that wait')

  const quick = await publishElsewhere(
    inARow([{ id: 'say', type: 'template', config: { text: 'done' } }]),
  )
  const run = await system.call<Run>('POST', `/v1/workflows/${quick}/runs`, { mode: 'wait' }, other)
  expect(run).toMatchObject({ status: 200, body: { status: 'completed' } })
  expect((await runsOf(busy, 'queued')).length).toBeGreaterThan(0)
})

test('nothing of a tenant is there for another, whatever it asks for it with', async () => {
  const workflow = await publishWorkflow(system, inARow([]))
  const run = await system.call<Run>('POST', `/v1/workflows/${workflow}/runs`, {})
  const base = await createKnowledgeBase(system, '# 환불\n환불은 7일 안에 됩니다.')
  const documents = await system.call<{ data: Run[] }>(
    'GET',
    `/v1/knowledge-bases/${base}/documents`,
  )
  const key = await system.call<Run>('POST', '/v1/api-keys', {
    name: 'ours',
    scopes: ['runs:read'],
  })
  const paths = [
    `/v1/workflows/${workflow}`,
    `/v1/runs/${run.body.id}`,
    `/v1/runs/${run.body.id}/events`,
    `/v1/runs/${run.body.id}/nodes`,
    `/v2/runs/${run.body.id}/explain`,
    `/v1/knowledge-bases/${base}`,
    `/v1/knowledge-bases/${base}/documents/${documents.body.data[0]?.id}`,
    `/v1/api-keys/${key.body.id}`,
  ]
  for (const path of paths) {
    const foreign = await system.call<{ code: string; detail: string }>(
      'GET',
      path,
      undefined,
      other,
    )
    const nobody = path.replace(/[0-9a-f]{32}/g, '0'.repeat(32))
    const missing = await system.call<{ code: string; detail: string }>(
      'GET',
      nobody,
      undefined,
      other,
    )
    expect([path, foreign.status]).toEqual([path, 404])
    expect(foreign.body).toMatchObject({ code: missing.body.code, detail: missing.body.detail })
  }
  for (const list of ['/v1/workflows', '/v1/runs', '/v1/knowledge-bases', '/v1/audit-logs']) {
    const seen = await system.call<{ data: Run[] }>('GET', list, undefined, other)
    expect(seen.status).toBe(200)
    expect(JSON.stringify(seen.body.data)).not.toContain(workflow)
    expect(JSON.stringify(seen.body.data)).not.toContain(run.body.id)
  }
})
