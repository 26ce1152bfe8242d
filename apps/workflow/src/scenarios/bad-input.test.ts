import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { echo, edge, endNode, inARow, startNode, template } from './testing/graphs.ts'
import { refusalOf } from './testing/refusal.ts'

let harness: Harness
let workflowId: string
beforeAll(async () => {
  harness = await startHarness()
  workflowId = await harness.publish(inARow([echo('a')]))
})
afterAll(() => harness?.close())
beforeEach(() => {
  harness.answer = () => succeeded({})
})

const post = (url: string, body?: unknown) => harness.call({ method: 'POST', url, body })
const order = (more: object) => post('/v2/runs', { ref: workflowId, ...more })

/** A run of a graph, when it has ended: a test that waits in vain fails. */
async function runOf(graph: unknown, input: object = {}) {
  const id = await harness.publish(graph)
  const run = await (await post(`/v1/workflows/${id}/runs`, { input })).json()
  return eventually(async () => {
    const now = await (await harness.call({ url: `/v1/runs/${run.id}` })).json()
    expect(now.status).not.toBe('running')
    return now
  })
}

const MB = 1_048_576
describe('10 MB', () => {
  test('of input are refused before anything is stored', async () => {
    const before = (await (await harness.call({ url: `/v1/runs?workflowId=${workflowId}` })).json())
      .data
    const body = { input: { text: 'x'.repeat(10 * MB) } }
    const refusal = await refusalOf(post(`/v1/workflows/${workflowId}/runs`, body))
    expect(refusal).toMatchObject({ status: 413, code: 'request.too-large' })
    const after = (await (await harness.call({ url: `/v1/runs?workflowId=${workflowId}` })).json())
      .data
    expect(after).toEqual(before)
  })

  test.each([
    ['from one task', inARow([echo('a')]), 10 * MB],
    [
      'of output, from several',
      inARow(
        ['a', 'b', 'c', 'd'].map((id) => echo(id)),
        {
          all: '{{ [nodes.a.data, nodes.b.data, nodes.c.data, nodes.d.data] }}',
        },
      ),
      2.5 * MB,
    ],
    [
      'from a map',
      inARow([
        {
          id: 'each',
          type: 'map',
          config: { items: '[1, 2, 3, 4, 5]' },
          body: { nodes: [echo('x')], edges: [] },
        },
      ]),
      2 * MB,
    ],
    [
      'in one text',
      inARow([echo('a'), template('b', '{{ nodes.a.data.text }}'.repeat(5))]),
      2 * MB,
    ],
    [
      'asked of a task',
      inARow([
        echo('a'),
        {
          id: 'b',
          type: 'echo',
          config: { data: Array.from({ length: 5 }, () => '{{ nodes.a.data }}') },
        },
      ]),
      2 * MB,
    ],
  ])('%s fail the node, and with it the run', async (_what, graph, bytes) => {
    harness.answer = () => succeeded({ text: 'x'.repeat(bytes) })
    expect(await runOf(graph)).toMatchObject({
      status: 'failed',
      error: { code: 'node.data-too-large' },
    })
  })

  test('that one node fails with can be handled as any other failure', async () => {
    harness.answer = () => succeeded({ text: 'x'.repeat(10 * MB) })
    const policy = { onError: 'default', default: { text: 'too much' } }
    const run = await runOf(inARow([echo('a', policy)], { text: '{{ nodes.a.data.text }}' }))
    expect(run).toMatchObject({ status: 'completed', output: { text: 'too much' } })
  })

  test('of variables fail the run', async () => {
    const add = {
      id: 'add',
      type: 'set_variable',
      config: { name: 'all', op: 'append', value: '{{ input.text }}' },
    }
    const loop = {
      id: 'l',
      type: 'loop',
      config: { maxIterations: 100 },
      body: { nodes: [add], edges: [] },
    }
    const run = await runOf(inARow([loop]), { text: 'x'.repeat(100_000) })
    expect(run).toMatchObject({ status: 'failed', error: { code: 'run.vars-too-large' } })
  })
})

describe('a limit that makes no sense is refused', () => {
  test.each([
    [{ priority: -1 }, '#/priority'],
    [{ priority: 10 }, '#/priority'],
    [{ timeoutMs: 0 }, '#/timeoutMs'],
    [{ timeoutMs: 1e15 }, '#/timeoutMs'],
    [{ ttlMs: -1 }, '#/ttlMs'],
    [{ waitMs: -1 }, '#/waitMs'],
    [{ waitMs: 1e9 }, '#/waitMs'],
    [{ debounce: { key: 'k', ms: 0 } }, '#/debounce/ms'],
    [{ debounce: { key: '', ms: 1 } }, '#/debounce/key'],
    [{ concurrencyKey: '' }, '#/concurrencyKey'],
    [{ ref: 'wf_1' }, '#/ref'],
    [{ input: 'text' }, '#/input'],
  ])('in an order: %j', async (more, pointer) => {
    const { status, code, errors } = await refusalOf(order(more))
    expect({ status, code }).toEqual({ status: 400, code: 'request.invalid' })
    expect(errors).toContain(pointer)
  })

  test.each(['limit=0', 'limit=-1', 'limit=1000000', 'limit=x', 'status=lost', 'cursor=-1'])(
    'in a list: %s',
    async (query) => {
      expect((await harness.call({ url: `/v1/runs?${query}` })).status).toBe(400)
    },
  )

  test.each(['-1', '1.5', 'x', '9'.repeat(30)])('in a stream: after %s', async (id) => {
    const { id: runId } = await (await order({})).json()
    const headers = { 'last-event-id': id }
    const response = await harness.call({ url: `/v1/runs/${runId}/events`, headers })
    expect(response.status).toBe(400)
    await response.body?.cancel()
  })

  test.each([
    ['never fires', '0 0 31 2 *'],
    ['fires every second', '* * * * * *'],
    ['is none', 'every morning'],
    ['has a minute too many', '60 9 * * *'],
  ])('in a schedule whose cron %s', async (_what, cron) => {
    const refusal = await refusalOf(post('/v1/schedules', { name: 'Bad', workflowId, cron }))
    expect(refusal).toMatchObject({ status: 400, errors: ['#/cron'] })
    expect(refusal.code).toBe('schedule.invalid-cron')
  })
})

describe('a run that has ended', () => {
  test.each([
    ['completed', 'run.not-failed'],
    ['failed', undefined],
    ['cancelled', 'run.not-failed'],
  ])('as %s takes nothing in', async (status, retry) => {
    const error = { code: 'test.broken', message: 'The test says so' }
    harness.answer = () =>
      status === 'completed' ? succeeded({}) : status === 'failed' ? { status, error } : undefined
    const { id } = await (await order({})).json()
    if (status === 'cancelled') await post(`/v1/runs/${id}/cancel`)
    await eventually(async () =>
      expect((await (await harness.call({ url: `/v1/runs/${id}` })).json()).status).toBe(status),
    )
    const commands = ['v1/pause', 'v1/resume', 'v1/cancel', 'v2/signals/go'].map((command) =>
      command.replace('/', `/runs/${id}/`),
    )
    for (const url of commands) {
      const body = url.endsWith('go') ? { payload: 1 } : undefined
      const refusal = await refusalOf(post(`/${url}`, body))
      expect(refusal).toMatchObject({ status: 409, code: 'run.ended' })
    }
    const before = await (await harness.call({ url: `/v1/runs/${id}` })).json()
    expect(before.status).toBe(status)
    const refusal = await refusalOf(post(`/v1/runs/${id}/retry`))
    expect(refusal).toMatchObject(retry ? { status: 409, code: retry } : { status: 200 })
  })

  test('that is none takes nothing in either', async () => {
    for (const command of ['pause', 'resume', 'cancel', 'retry']) {
      const refusal = await refusalOf(post(`/v1/runs/run_${'0'.repeat(32)}/${command}`))
      expect(refusal).toMatchObject({ status: 404, code: 'run.not-found' })
    }
  })
})

test('a workflow that changes while a run waits does not change the run', async () => {
  const wait = {
    id: 'w',
    type: 'wait_event',
    config: { name: 'go.on', correlation: '{{ input.n }}' },
  }
  const graph = (said: string) => ({
    nodes: [startNode, wait, template('say', said), endNode({ said: '{{ nodes.say.data.text }}' })],
    edges: [edge('start', 'w'), edge('w', 'say'), edge('w', 'say', 'timeout'), edge('say', 'end')],
  })
  const id = await harness.publish(graph('one'))
  const url = `/v1/workflows/${id}`
  const run = await (await post(`${url}/runs`, { input: { n: 1 } })).json()
  await harness.call({ method: 'PUT', url, body: { name: 'Two', graph: graph('two') } })
  await post(`${url}/versions`)
  await post(`${url}/versions/2/publish`)

  await post('/v2/events', { name: 'go.on', correlation: '1', payload: {} })
  await eventually(async () => {
    const now = await (await harness.call({ url: `/v1/runs/${run.id}` })).json()
    expect(now).toMatchObject({ status: 'completed', output: { said: 'one' } })
  })
})

describe('a command that would do nothing', () => {
  test('is refused: the hundred and first signal that nobody takes', async () => {
    harness.answer = () => undefined
    const { id } = await (await order({})).json()
    const signal = () => post(`/v2/runs/${id}/signals/never`, { payload: {} })
    for (let sent = 0; sent < 100; sent++) expect((await signal()).status).toBe(200)
    expect(await refusalOf(signal())).toMatchObject({ status: 409, code: 'run.too-many-signals' })
  })

  test('is refused: a pause of what has not started', async () => {
    harness.answer = () => undefined
    await order({ concurrencyKey: 'pause' })
    const { id } = await (await order({ concurrencyKey: 'pause' })).json()
    const refusal = await refusalOf(post(`/v1/runs/${id}/pause`))
    expect(refusal).toMatchObject({ status: 409, code: 'run.not-started' })
  })
})
