import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())
beforeEach(() => {
  harness.deliveries.clear()
  harness.cancelled.length = 0
  harness.answer = () => succeeded({ n: 1 })
})

const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const echo = (id: string, policy: object = {}) => ({
  id,
  type: 'echo',
  config: { data: { n: 1 } },
  policy,
})
const startNode = { id: 'start', type: 'start', config: {} }
const endNode = (outputs: Record<string, string> = {}) => ({
  id: 'end',
  type: 'end',
  config: { outputs },
})
function inARow(nodes: { id: string }[], outputs: Record<string, string> = {}) {
  const all = [startNode, ...nodes, endNode(outputs)]
  const edges = all.slice(1).map((node, index) => edge(all[index]?.id ?? '', node.id))
  return { nodes: all, edges }
}

async function run(workflowId: string, body: object = {}) {
  const url = `/v1/workflows/${workflowId}/runs`
  const response = await harness.call({ method: 'POST', url, body: { mode: 'wait', ...body } })
  return response.json()
}
const post = (url: string, body: unknown = {}) => harness.call({ method: 'POST', url, body })
const get = async (id: string) => (await harness.call({ url: `/v1/runs/${id}` })).json()

describe('a run', () => {
  test('of nodes that are commit points of their own', async () => {
    const policy = { effect: 'read' }
    const nodes = ['a', 'b', 'c'].map((id) => ({
      id,
      type: 'template',
      config: { text: id },
      policy,
    }))
    const workflowId = await harness.publish(inARow(nodes, { c: '{{ nodes.c.data.text }}' }))
    const body = await run(workflowId)
    expect(body).toMatchObject({ status: 'completed', output: { c: 'c' } })
  })

  test('that maps over a list, so many at a time', async () => {
    const map = {
      id: 'each',
      type: 'map',
      config: { items: 'input.items', concurrency: 5, onItemError: 'collect' },
      body: { nodes: [echo('call')], edges: [] },
    }
    harness.answer = ({ taskKey }) =>
      /\[(3|7|11)\]/.test(taskKey)
        ? { status: 'failed', error: { code: 'x.broken', message: 'no' } }
        : succeeded(taskKey.match(/\[(\d+)\]/)?.[1])
    const workflowId = await harness.publish(
      inARow([map], {
        results: '{{ nodes.each.data.results }}',
        errors: '{{ nodes.each.data.errors }}',
      }),
    )
    const body = await run(workflowId, {
      input: { items: Array.from({ length: 20 }, (_, i) => i) },
    })
    const { results, errors } = body.output as { results: string[]; errors: { index: number }[] }
    expect(results).toHaveLength(17)
    expect(results.map(Number)).toEqual(results.map(Number).toSorted((a, b) => a - b))
    expect(errors.map(({ index }) => index)).toEqual([3, 7, 11])
  })

  test('that calls another workflow, and takes its output', async () => {
    const inner = await harness.publish(inARow([echo('x')], { n: '{{ nodes.x.data.n }}' }))
    const call = { id: 'call', type: 'subworkflow', config: { workflowId: inner, input: {} } }
    const outer = await harness.publish(inARow([call], { n: '{{ nodes.call.data.output.n }}' }))
    expect(await run(outer)).toMatchObject({ status: 'completed', output: { n: 1 } })
  })

  test('that waits for a moment and tries again', async () => {
    const delay = { id: 'wait', type: 'delay', config: { ms: 50 } }
    const retry = { maxAttempts: 3, backoff: 'fixed', baseMs: 10, on: ['unavailable'] }
    harness.answer = ({ attempt }) =>
      attempt < 3
        ? { status: 'failed', error: { code: 'x.down', message: 'no', class: 'unavailable' } }
        : succeeded({ n: attempt })
    const workflowId = await harness.publish(
      inARow([delay, echo('a', { retry })], { n: '{{ nodes.a.data.n }}' }),
    )
    expect(await run(workflowId)).toMatchObject({ status: 'completed', output: { n: 3 } })
  })

  test('that is not cut by data too large for an event', async () => {
    const long = '가나다라'.repeat(20_000)
    harness.answer = () => succeeded({ text: long })
    const size = { id: 'size', type: 'transform', config: { expr: 'size(nodes.a.data.text)' } }
    const workflowId = await harness.publish(
      inARow([echo('a'), echo('b'), size], {
        size: '{{ nodes.size.data }}',
        text: '{{ nodes.a.data.text }}',
      }),
    )
    const body = await run(workflowId)
    expect(body).toMatchObject({ status: 'completed', output: { size: 80_000, text: long } })
  })
})

describe('an event', () => {
  test('told by a node reaches a run that waits for it', async () => {
    const wait = { id: 'w', type: 'wait_event', config: { name: 'order.paid', correlation: '7' } }
    const waiting = await harness.publish({
      nodes: [startNode, wait, endNode({ n: '{{ nodes.w.data.n }}' })],
      edges: [edge('start', 'w'), edge('w', 'end'), edge('w', 'end', 'timeout')],
    })
    const config = { name: 'order.paid', correlation: '7', payload: { n: 5 } }
    const telling = await harness.publish(
      inARow([{ id: 't', type: 'emit_event', config } as never]),
    )
    const { id } = await (await post(`/v1/workflows/${waiting}/runs`)).json()
    expect(await run(telling)).toMatchObject({ status: 'completed' })
    await eventually(async () => expect(await get(id)).toMatchObject({ output: { n: 5 } }))
  })
})

describe('orders', () => {
  test('with one concurrency key run one at a time', async () => {
    const held: Parameters<Harness['send']>[0][] = []
    harness.answer = (task) => {
      held.push(task)
      return undefined
    }
    const workflowId = await harness.publish(inARow([echo('a')]))
    const order = (onConflict: string) =>
      post('/v2/runs', { ref: workflowId, concurrencyKey: 'k', onConflict })
    const first = await (await order('reject')).json()
    expect((await order('reject')).status).toBe(409)
    const second = await (await order('enqueue')).json()
    expect(second.status).toBe('queued')
    await eventually(() => expect(held).toHaveLength(1))
    harness.answer = () => succeeded({})
    await harness.send(held[0] as never, succeeded({}))
    await eventually(async () => {
      expect((await get(first.id)).status).toBe('completed')
      expect((await get(second.id)).status).toBe('completed')
    })
  })

  test('within a debounce become one, with the last input', async () => {
    const workflowId = await harness.publish(inARow([], { n: '{{ input.n }}' }))
    const ids = new Set<string>()
    for (let n = 0; n < 20; n++) {
      const order = { ref: workflowId, input: { n }, debounce: { key: 'd', ms: 300 } }
      ids.add((await (await post('/v2/runs', order)).json()).id)
    }
    expect(ids.size).toBe(1)
    const [id = ''] = ids
    await eventually(async () => expect(await get(id)).toMatchObject({ output: { n: 19 } }))
  })

  test('that are not started in time are given up', async () => {
    harness.answer = () => undefined
    const workflowId = await harness.publish(inARow([echo('a')]))
    await post('/v2/runs', { ref: workflowId, concurrencyKey: 'ttl' })
    const order = { ref: workflowId, concurrencyKey: 'ttl', ttlMs: 50 }
    const { id } = await (await post('/v2/runs', order)).json()
    await eventually(async () =>
      expect(await get(id)).toMatchObject({
        status: 'timed_out',
        error: { code: 'run.ttl-expired' },
      }),
    )
  })

  test('of a batch are answered one by one', async () => {
    const workflowId = await harness.publish(inARow([]))
    const runs = [{ ref: workflowId }, { ref: `wf_${'0'.repeat(32)}` }]
    const { results } = (await (await post('/v2/runs:batch', { runs })).json()) as unknown as {
      results: { run?: object; error?: { code: string } }[]
    }
    expect(results.map(({ run: made, error }) => error?.code ?? typeof made)).toEqual([
      'object',
      'workflow.not-found',
    ])
  })
})
