import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts'
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

let model: ModelServer
let receiver: OtlpReceiver
let system: System
let other: Readonly<Record<string, string>>
beforeAll(async () => {
  model = await startDemoModel()
  receiver = await startOtlpReceiver()
  system = await startTestSystem({
    agent: {},
    env: { MAX_RUNNING_RUNS: '100', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    own: { knowledge: { EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'demo' } },
  })
  const body = { name: 'Other' }
  const founded = await system.call<{ apiKey: { key: string } }>('POST', '/v2/organizations', body)
  expect(founded.status).toBe(201)
  other = { authorization: `Bearer ${founded.body.apiKey.key}` }
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  await receiver?.close()
})

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

/** Before the tenant has so much to do that its runs wait. */
describe('a document that is for some', () => {
  const SECRET = '합병 발표는 사월 삼일에 합니다'
  const QUESTION = '합병 발표는 언제인가요?'
  const MODES = ['keyword', 'vector', 'hybrid'] as const
  interface Found {
    readonly chunks: readonly { readonly documentId: string; readonly text: string }[]
    readonly citations: readonly { readonly documentId: string }[]
    readonly context: string
  }
  let base: string
  let documentId: string
  const keys = { allowed: {}, kept: {} } as Record<'allowed' | 'kept', Record<string, string>>

  beforeAll(async () => {
    base = await createKnowledgeBase(system, '# 휴가\n합병 발표와 휴가는 팀장에게 알립니다.')
    const ids: string[] = []
    for (const name of ['allowed', 'kept'] as const) {
      const scopes = ['knowledge:read', 'runs:read', 'runs:write', 'workflows:read']
      const made = await system.call<{ id: string; key: string }>('POST', '/v1/api-keys', {
        ...{ name, scopes },
      })
      keys[name] = { authorization: `Bearer ${made.body.key}` }
      ids.push(made.body.id)
    }
    const path = `/v1/knowledge-bases/${base}/documents`
    const body = { name: 'merger.txt', text: SECRET, access: [`key:${ids[0]}`] }
    // On a busy machine documents are what is refused first.
    await until(async () => {
      const { status, body: made } = await system.call<Run>('POST', path, body)
      documentId = made.id
      return status === 202
    }, 'the document is taken')
    await until(async () => {
      const { body: now } = await system.call<Run>('GET', `${path}/${documentId}`)
      return now.status === 'ready'
    }, 'the document is ready')
  }, 120_000)

  function expectHidden(answer: unknown): void {
    const text = JSON.stringify(answer)
    for (const trace of [SECRET, documentId, 'merger.txt']) expect(text).not.toContain(trace)
  }

  test.each(MODES)('is found and cited by %s for those alone', async (mode) => {
    const search = (who: 'allowed' | 'kept') =>
      system.call<Found>(
        'POST',
        `/v1/knowledge-bases/${base}/search`,
        { query: QUESTION, mode, topK: 10 },
        keys[who],
      )
    const [allowed, kept] = [await search('allowed'), await search('kept')]

    expect([allowed.status, kept.status]).toEqual([200, 200])
    expect(allowed.body.chunks[0]).toMatchObject({ documentId, text: SECRET })
    expect(allowed.body.citations[0]).toMatchObject({ documentId })
    expect(kept.body.chunks).toHaveLength(1)
    expect(kept.body.citations).toHaveLength(1)
    expectHidden(kept.body)
  })

  test.each(MODES)(
    'is found by %s in the runs of those alone, and in no trace of others',
    async (mode) => {
      const find = {
        ...{ id: 'find', type: 'retrieve' },
        config: { knowledgeBaseIds: [base], query: '{{ input.question }}', mode, topK: 10 },
      }
      const outputs = {
        context: '{{ nodes.find.data.context }}',
        citations: '{{ nodes.find.data.citations }}',
      }
      const workflow = await publishWorkflow(system, inARow([find], outputs))
      const run = (who: 'allowed' | 'kept') =>
        system.call<Run & { output: Pick<Found, 'citations' | 'context'> }>(
          'POST',
          `/v1/workflows/${workflow}/runs`,
          { input: { question: QUESTION }, mode: 'wait' },
          keys[who],
        )
      const [allowed, kept] = [await run('allowed'), await run('kept')]

      expect(allowed.body).toMatchObject({ status: 'completed' })
      expect(allowed.body.output.context).toContain(SECRET)
      expect(allowed.body.output.citations[0]).toMatchObject({ documentId })
      expect(kept.body).toMatchObject({ status: 'completed' })
      expect(kept.body.output.citations).toHaveLength(1)
      const at = `runs/${kept.body.id}`
      for (const path of [
        `/v1/${at}`,
        `/v1/${at}/nodes`,
        `/v1/${at}/checkpoints`,
        `/v2/${at}/explain`,
      ]) {
        const { status, body } = await system.call('GET', path)
        expect([path, status]).toEqual([path, 200])
        expectHidden(body)
      }
    },
  )

  test('is not there for others by its name either', async () => {
    const path = `/v1/knowledge-bases/${base}/documents`
    expect((await system.call('GET', `${path}/${documentId}`, undefined, keys.kept)).status).toBe(
      404,
    )
    const listed = await system.call<{ data: Run[] }>('GET', path, undefined, keys.kept)
    expect(listed.body.data).toHaveLength(1)
    expectHidden(listed.body)
    const allowed = await system.call('GET', `${path}/${documentId}`, undefined, keys.allowed)
    expect(allowed.status).toBe(200)
  })
})

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
    `/v1/runs/${run.body.id}/checkpoints`,
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

test('who sends the trace of another tenant gets a run of its own, and nothing of that trace', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
  const workflow = await publishWorkflow(system, inARow([]))
  const path = `/v1/workflows/${workflow}/runs`
  const ours = await system.call<Run>('POST', path, {}, headers)
  expect(ours.body).toMatchObject({ traceId })
  const elsewhere = await publishElsewhere(inARow([]))
  const theirs = await system.call<Run & { traceId: string }>(
    'POST',
    `/v1/workflows/${elsewhere}/runs`,
    { mode: 'wait' },
    { ...other, ...headers },
  )
  expect(theirs.body).toMatchObject({ status: 'completed', traceId })

  for (const seen of [
    `/v1/runs/${theirs.body.id}`,
    `/v1/runs/${theirs.body.id}/nodes`,
    `/v2/runs/${theirs.body.id}/explain`,
    '/v1/runs?limit=100',
    '/v1/audit-logs?limit=100',
  ]) {
    const { status, body } = await system.call('GET', seen, undefined, other)
    expect([seen, status]).toEqual([seen, 200])
    expect(JSON.stringify(body)).not.toContain(ours.body.id)
    expect(JSON.stringify(body)).not.toContain(workflow)
  }
})
