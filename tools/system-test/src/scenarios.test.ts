import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventsOf } from './event-stream.ts'
import { inARow } from './graphs.ts'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'
import { heldReply, OK, type Request, startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let world: World
let system: System
beforeAll(async () => {
  world = await startWorld()
  system = await startTestSystem({
    agent: { EGRESS_ALLOW: world.address, LEASE_MS: '2000' },
    env: { RESEND_AFTER_MS: '1000' },
  })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await world?.close()
})

interface RunView {
  readonly id: string
  readonly status: string
  readonly output: Readonly<Record<string, unknown>>
  readonly error: unknown
  readonly nodes: readonly object[]
}

/** A request to the world; a `PUT` may be sent again. */
function http(id: string, { method = 'POST', path = `/${id}`, policy = {} } = {}) {
  const config = { method, url: `${world.url}${path}`, idempotent: method === 'PUT' }
  return { id, type: 'http', config, policy }
}
const template = (id: string) => ({ id, type: 'template', config: { text: id } })
const startPath = (workflowId: string) => `/v1/workflows/${workflowId}/runs`

async function start(workflowId: string, input: object = {}): Promise<string> {
  const started = await system.call<RunView>('POST', startPath(workflowId), { input })
  expect(started.status).toBe(202)
  return started.body.id
}

async function end(id: string): Promise<RunView> {
  let run: RunView | undefined
  await until(async () => {
    const answer = await system.call<RunView>('GET', `/v1/runs/${id}`)
    run = answer.status === 200 ? answer.body : undefined
    return run !== undefined && run.status !== 'running'
  }, `run ${id} has ended`)
  return run as RunView
}

function stream(url: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${system.apiKey}`, ...init.headers }
  return fetch(url, { signal: AbortSignal.timeout(60_000), ...init, headers })
}

/** Of a run that has ended. */
async function allEvents(id: string) {
  return eventsOf(await stream(`${system.url}/v1/runs/${id}/events`))
}

/** What nodes have come to, as far as they have. */
async function nodesOf(id: string) {
  return (await system.call<RunView>('GET', `/v1/runs/${id}`)).body.nodes
}

test('3: a stream that is cut goes on behind another gateway and another workflow service', async () => {
  const held = heldReply()
  world.rewrite(() => held.promise)
  const workflowId = await publishWorkflow(
    system,
    inARow([template('one'), template('two'), http('three'), template('four')]),
  )
  const other = await system.addReplicas('workflow', 'gateway')

  const started = await stream(`${system.url}${startPath(workflowId)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: {}, mode: 'stream' }),
  })
  const first = await eventsOf(started, 5)
  expect(first.at(-1)).toMatchObject({ id: '5', event: 'node.scheduled' })

  const runId = first[0]?.data.runId ?? ''
  const going = await stream(`${other}/v1/runs/${runId}/events`, {
    headers: { 'last-event-id': '5' },
  })
  held.resolve(OK)
  const rest = await eventsOf(going)

  expect(rest.at(-1)?.event).toBe('run.completed')
  const ids = [...first, ...rest].map(({ id }) => Number(id))
  expect(ids).toEqual(ids.map((_, index) => index + 1))
  expect([...first, ...rest]).toEqual(await allEvents(runId))
})

describe('4: a worker that is killed during node 3 of 5', () => {
  test.each([
    ['the agent service, which sends the request,', 'agent', 2],
    ['the workflow service, which waits for it,', 'workflow', 1],
  ] as const)('is %s', async (_which, service, sent) => {
    const lost = heldReply()
    let isFirst = true
    world.rewrite(({ path }) => {
      if (path !== '/three' || !isFirst) return OK
      isFirst = false
      return lost.promise
    })
    const nodes = ['one', 'two', 'three', 'four', 'five'].map((id) =>
      http(id, { method: id === 'three' ? 'PUT' : 'POST' }),
    )
    const id = await start(await publishWorkflow(system, inARow(nodes)))
    const requests = (path: string) => world.requests.filter((request) => request.path === path)
    await until(() => requests('/three').length === 1, 'node 3 is under way')

    await system.end(service, 'SIGKILL')
    lost.resolve(OK)
    await system.start(service)

    expect(await end(id)).toMatchObject({ status: 'completed' })
    expect(world.effects.map(({ path }) => path)).toEqual([
      '/one',
      '/two',
      '/three',
      '/four',
      '/five',
    ])
    expect(requests('/three')).toHaveLength(sent)
    for (const path of ['/one', '/two', '/four', '/five']) expect(requests(path)).toHaveLength(1)
    const completed = (await allEvents(id)).filter(({ event }) => event === 'node.completed')
    expect(completed).toHaveLength(nodes.length + 2)
  })
})

test('5: a worker that was frozen past its lease comes back, and its result is refused', async () => {
  const late = heldReply()
  const last = heldReply()
  const of = (path: string) => world.requests.filter((request) => request.path === path)
  world.rewrite(({ path }) => {
    if (path === '/after') return last.promise
    return of('/slow').length === 1 ? late.promise : answerOf('the second')
  })
  const graph = inARow([http('slow', { method: 'PUT' }), http('after', { method: 'PUT' })], {
    by: '{{ nodes.slow.data.body.by }}',
  })
  const id = await start(await publishWorkflow(system, graph))
  await until(() => of('/slow').length === 1, 'the first worker has sent the request')

  system.signal('agent', 'SIGSTOP')
  await system.addReplicas('agent')
  await until(() => of('/after').length === 1, 'the second worker has gone on')
  const before = await nodesOf(id)

  late.resolve(answerOf('the first'))
  system.signal('agent', 'SIGCONT')
  // It ends when what it has in hand has ended, too.
  await system.end('agent', 'stop')
  await system.start('agent')
  expect(await nodesOf(id)).toEqual(before)

  last.resolve(OK)
  expect(await end(id)).toMatchObject({ status: 'completed', output: { by: 'the second' } })
  expect(of('/slow')).toHaveLength(2)
  expect(world.effects).toHaveLength(2)
})

function answerOf(by: string) {
  return { status: 200, body: { by } }
}

test('6: the same Idempotency-Key 50 times at once is one run, and with another body a conflict', async () => {
  world.rewrite(() => OK)
  const workflowId = await publishWorkflow(system, inARow([http('once')]))
  const order = (n: number) =>
    system.call<{ id: string; code: string }>(
      'POST',
      startPath(workflowId),
      { input: { n } },
      { 'idempotency-key': 'order-50' },
    )
  const answers = await Promise.all(Array.from({ length: 50 }, () => order(1)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202))
  const [id = '', ...others] = new Set(answers.map(({ body }) => body.id))
  expect(others).toEqual([])

  const conflict = await order(2)
  expect([conflict.status, conflict.body.code]).toEqual([409, 'idempotency.key-reused'])
  expect(await end(id)).toMatchObject({ status: 'completed' })
  const page = await system.call<{ data: unknown[] }>('GET', `/v1/runs?workflowId=${workflowId}`)
  expect(page.body.data).toHaveLength(1)
  expect(world.requests).toHaveLength(1)
})

test('7: a map over 20 calls, five at a time, collects 17 results and 3 errors in order', async () => {
  const failing = [3, 7, 11]
  const five = Promise.withResolvers<void>()
  world.rewrite(async ({ path }: Request) => {
    // Nobody is answered before five have asked: fewer at a time would never get on.
    if (world.requests.length >= 5) five.resolve()
    await five.promise
    const n = Number(path.split('/').at(-1))
    return failing.includes(n) ? 'cut' : { status: 200, body: { n } }
  })
  const retry = { maxAttempts: 2, backoff: 'fixed', baseMs: 1, on: ['unavailable'] }
  const call = http('call', { method: 'GET', path: '/items/{{ loop.item }}', policy: { retry } })
  const each = {
    id: 'each',
    type: 'map',
    config: { items: 'input.items', concurrency: 5, onItemError: 'collect' },
    body: { nodes: [call], edges: [] },
  }
  const graph = inARow([each], {
    results: '{{ nodes.each.data.results.map(one, one.body.n) }}',
    errors: '{{ nodes.each.data.errors }}',
  })
  const items = Array.from({ length: 20 }, (_, n) => n)
  const run = await end(await start(await publishWorkflow(system, graph), { items }))

  expect(run).toMatchObject({ status: 'completed', error: null })
  expect(run.output.results).toEqual(items.filter((n) => !failing.includes(n)))
  expect((run.output.errors as { index: number }[]).map(({ index }) => index)).toEqual(failing)
  expect(world.mostAtOnce).toBe(5)
  for (const n of items) {
    const asked = world.requests.filter(({ path }) => path === `/items/${n}`)
    expect(asked).toHaveLength(failing.includes(n) ? 2 : 1)
  }
})
