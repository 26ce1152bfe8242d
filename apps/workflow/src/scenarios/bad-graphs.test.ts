import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness } from '../testing/harness.ts'
import { echo, edge, inARow, template } from './testing/graphs.ts'
import { refusalOf } from './testing/refusal.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())

const post = (url: string, body?: unknown) => harness.call({ method: 'POST', url, body })
const save = (graph: unknown) => post('/v1/workflows', { name: 'Bad', graph })

const node = (count: number) => Array.from({ length: count }, (_, n) => template(`n${n}`))
const loopBack = {
  ...inARow([template('a'), template('b')]),
  edges: [edge('start', 'a'), edge('a', 'b'), edge('b', 'a'), edge('b', 'end')],
}
const containers = (config: object, type = 'map') =>
  inARow([{ id: 'each', type, config, body: { nodes: [template('x')], edges: [] } }])

describe('a workflow is refused', () => {
  test.each([
    ['with 101 nodes', inARow(node(99)), 'request.invalid', '#/graph/nodes'],
    [
      'with 101 nodes, one of them in a body',
      inARow([
        ...node(97),
        {
          id: 'l',
          type: 'map',
          config: { items: '[1]' },
          body: { nodes: node(2).map(renamed), edges: [] },
        },
      ]),
      'workflow.invalid',
      'workflow.too-many-nodes',
    ],
    ['with a cycle', loopBack, 'workflow.invalid', 'workflow.cycle'],
    [
      'with a node that follows itself',
      { ...inARow([template('a')]), edges: [edge('start', 'a'), edge('a', 'a'), edge('a', 'end')] },
      'workflow.invalid',
      'workflow.cycle',
    ],
    [
      'with a reference to a later node',
      inARow([template('a', '{{ nodes.b.data.text }}'), template('b')]),
      'workflow.invalid',
      'expression.unresolved-reference',
    ],
    [
      'with a reference into a body',
      inARow([
        {
          id: 'each',
          type: 'map',
          config: { items: '[1]' },
          body: { nodes: [template('x')], edges: [] },
        },
        template('a', '{{ nodes.x.data.text }}'),
      ]),
      'workflow.invalid',
      'expression.unresolved-reference',
    ],
    [
      'with a type that is none',
      inARow([{ id: 'a', type: 'magic' }]),
      'workflow.invalid',
      'node.unknown-type',
    ],
    [
      'with a map of no concurrency',
      containers({ items: '[1]', concurrency: 0 }),
      'workflow.invalid',
      'node.invalid-config',
    ],
    [
      'with a map of absurd concurrency',
      containers({ items: '[1]', concurrency: 51 }),
      'workflow.invalid',
      'node.invalid-config',
    ],
    [
      'with a loop of a million',
      containers({ maxIterations: 1_000_000 }, 'loop'),
      'workflow.invalid',
      'node.invalid-config',
    ],
    [
      'with a delay into the past',
      inARow([{ id: 'd', type: 'delay', config: { ms: -1 } }]),
      'workflow.invalid',
      'node.invalid-config',
    ],
    [
      'with a timeout below zero',
      inARow([echo('a', { timeoutMs: -1 })]),
      'request.invalid',
      '#/graph/nodes/1/policy/timeoutMs',
    ],
    [
      'with a retry of no attempts',
      inARow([echo('a', { retry: { maxAttempts: 0 } })]),
      'request.invalid',
      '#/graph/nodes/1/policy/retry/maxAttempts',
    ],
    [
      'with a retry of a billion',
      inARow([echo('a', { retry: { maxAttempts: 1e9 } })]),
      'request.invalid',
      '#/graph/nodes/1/policy/retry/maxAttempts',
    ],
  ])('%s', async (_what, graph, code, error) => {
    const refusal = await refusalOf(save(graph))
    expect(refusal).toMatchObject({ status: 400, code })
    expect(refusal.errors).toContain(error)
  })

  test('that calls itself, however it comes to that', async () => {
    const call = (id: string) =>
      inARow([{ id: 'call', type: 'subworkflow', config: { workflowId: id } }])
    const id = await harness.publish(inARow([]))
    const url = `/v1/workflows/${id}`
    const direct = harness.call({ method: 'PUT', url, body: { name: 'Self', graph: call(id) } })
    expect(await refusalOf(direct)).toMatchObject({
      status: 400,
      errors: ['workflow.calls-itself'],
    })

    // By way of another one, only the runs can know.
    const other = await harness.publish(call(id))
    await harness.call({ method: 'PUT', url, body: { name: 'Self', graph: call(other) } })
    await post(`${url}/versions`)
    await post(`${url}/versions/2/publish`)
    const run = await (await post(`${url}/runs`, {})).json()
    await eventually(async () => {
      const now = await (await harness.call({ url: `/v1/runs/${run.id}` })).json()
      expect(now).toMatchObject({ status: 'failed', error: { code: 'subworkflow.too-deep' } })
    })
  })
})

function renamed(one: { readonly id: string }) {
  return { ...one, id: `inner_${one.id}` }
}
