import { expect, test } from 'vitest'
import type { Graph } from '../graph/graph.ts'
import { completeGraph } from '../graph/regions.ts'
import { isPayloadRef } from '../run/decision.ts'
import { playGraph } from '../testing/play.ts'
import { checkEqual } from './check-equal.ts'
import { type Answers, fails, gives, record, recordedOf, recordedRun } from './testing/record.ts'

const graphOf = (nodes: object[], edges: object[]) =>
  completeGraph({ nodes, edges } as unknown as Graph)
const line = (...nodes: { readonly id: string }[]) =>
  graphOf(
    nodes,
    nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]?.id, port: 'out', to: id })),
  )
const start = { id: 'start', type: 'start' }
const echo = (id: string, data: unknown = '{{ input }}', policy?: object) => ({
  ...{ id, type: 'echo', config: { data } },
  ...(policy && { policy }),
})
const end = (outputs: object) => ({ id: 'end', type: 'end', config: { outputs } })
const out = { a: '{{ nodes.a.data }}' }
const same: Answers = (nodeId, input) => gives({ nodeId, input }, 5)

test('a graph is equal to itself, whatever its runs went through', async () => {
  const retry = { maxAttempts: 3, baseMs: 100, maxMs: 1000, backoff: 'fixed', jitter: true }
  const on = ['unavailable']
  const graph = line(
    start,
    echo('a', '{{ input }}', { retry: { ...retry, on } }),
    { id: 'sure', type: 'approval', config: { title: 'Sure?', payload: '{{ input }}' } } as never,
    end({}),
  )
  const approved = {
    ...graph,
    edges: graph.edges.map((edge) => (edge.from === 'sure' ? { ...edge, port: 'approved' } : edge)),
  }
  const flaky: Answers = (nodeId, input, attempt) =>
    attempt < 3 ? fails('model.unavailable', 7) : same(nodeId, input, attempt)
  const runs = [
    record(approved, flaky, { number: 1, input: { n: 1 } }),
    record(approved, () => fails('model.unavailable', 7), { number: 2 }),
  ]
  // Nobody decides in the first one, so there is nothing that it could be compared with.
  expect(await checkEqual(approved, approved, recordedOf(runs))).toEqual({
    checked: 1,
    skipped: 1,
    differed: [],
  })
})

test('signals and pure commit points are played again', async () => {
  const graph = line(
    start,
    { id: 'note_it', type: 'template', config: { text: 'x' }, policy: { effect: 'read' } } as never,
    { id: 'wait', type: 'wait_event', config: { name: 'go' } } as never,
    end({ got: '{{ nodes.wait.data }}', text: '{{ nodes.note_it.data.text }}' }),
  )
  const go = { type: 'run.signal', name: 'go', payload: { n: 1 }, by: 'key_test' } as const
  const runs = [record(graph, same, { commands: [go] })]
  expect(runs[0]?.events.at(-1)?.event).toMatchObject({
    type: 'run.completed',
    output: { got: { n: 1 }, text: 'x' },
  })
  expect(await checkEqual(graph, graph, recordedOf(runs))).toMatchObject({ checked: 1 })
})

test('what people decided is played again: approvals, unknown outcomes, retries', async () => {
  const more = { effect: 'write', onUnknownOutcome: 'review' }
  const nodes = [
    start,
    { id: 'sure', type: 'approval', config: { title: 'Sure?', payload: '{{ input }}' } },
    echo('write', 'w', more),
    echo('a'),
    end({ ...out, by: '{{ nodes.sure.data.votes[0].by }}', w: '{{ nodes.write.data }}' }),
  ]
  const ports = ['out', 'approved', 'out', 'out']
  const edges = ports.map((port, at) => ({ from: nodes[at]?.id, port, to: nodes[at + 1]?.id }))
  const graph = graphOf(nodes, edges)
  const played = playGraph(graph, { n: 1 })
  const asked = played.events.find(({ type }) => type === 'approval.requested')
  const hash = asked && 'hash' in asked ? asked.hash : ''
  const decided = { decision: 'approve', by: 'user_1', as: [], hash } as const
  played.send({ type: 'run.decide-approval', path: 'sure', ...decided })
  played.fail('write', 'http.lost', { class: 'unknown-outcome' })
  const resolved = { resolution: 'succeeded', output: { id: 7 }, by: 'user_2' } as const
  played.send({ type: 'run.resolve-effect', path: 'write', ...resolved })
  played.fail('a')
  played.send({ type: 'run.retry', by: 'user_2' })
  played.succeed('a', 'late', 2)
  expect(played.state.output).toEqual({ a: 'late', by: 'user_1', w: { id: 7 } })

  const events = played.events.map((event, index) => ({ event, atMs: 1_000_000 + index }))
  const recorded = recordedOf([recordedRun(events)])
  expect(await checkEqual(graph, graph, recorded)).toMatchObject({ checked: 1, differed: [] })
  const other = graphOf([...nodes.slice(0, -1), end(out)], edges)
  expect(await checkEqual(graph, other, recorded)).toMatchObject({
    differed: [recorded.runs[0]?.id],
  })
})

test('containers, delays and large data are played again', async () => {
  const body = { nodes: [echo('x', '{{ loop.item }}')], edges: [] }
  const graph = line(
    start,
    { id: 'each', type: 'map', config: { items: '[3, 1, 2]', concurrency: 2 }, body } as never,
    { id: 'wait', type: 'delay', config: { ms: 5000 } } as never,
    { id: 'safe', type: 'try', config: {}, body: { nodes: [echo('y')], edges: [] } } as never,
    end({ all: '{{ nodes.each.data.results.map(r, size(r.text)) }}' }),
  )
  const edges = graph.edges.map((edge) =>
    edge.from === 'safe' ? { ...edge, port: 'caught' } : edge,
  )
  const caught = { ...graph, edges }
  const text = 'x'.repeat(40_000)
  const answers: Answers = (path, input) => {
    const { data } = input as { readonly data: number }
    return path === 'safe[0]/y' ? fails('a.b', 3) : gives({ text, data }, 10 * data)
  }
  const run = record(caught, answers, { input: 1 })
  expect(run.events.at(-1)?.event).toMatchObject({
    type: 'run.completed',
    output: { all: [40_000, 40_000, 40_000] },
  })
  const recorded = recordedOf([run])
  expect(await checkEqual(caught, caught, recorded)).toMatchObject({ checked: 0, skipped: 1 })
  const payloads = new Map(
    run.events.flatMap(({ event }): [string, unknown][] =>
      event.type === 'node.completed' && event.path && isPayloadRef(event.data)
        ? [[event.data.$payload, { text, data: DATA_OF[event.path] }]]
        : [],
    ),
  )
  expect(await checkEqual(caught, caught, { ...recorded, payloads })).toMatchObject({ checked: 1 })
})

const DATA_OF: Readonly<Record<string, number>> = { 'each[0]/x': 3, 'each[1]/x': 1, 'each[2]/x': 2 }

test('another output is found, and in which runs', async () => {
  const graph = line(start, echo('a'), end(out))
  const patched = line(start, echo('a'), end({ a: '{{ input == 2 ? 0 : nodes.a.data }}' }))
  const runs = [1, 2].map((input) => record(graph, same, { input, number: input }))
  expect(await checkEqual(graph, patched, recordedOf(runs))).toEqual({
    checked: 2,
    skipped: 0,
    differed: [runs[1]?.id],
  })
})

test('another write is found, though the output is the same', async () => {
  const write = { effect: 'write' }
  const graph = line(start, echo('a', 'one', write), end({}))
  const patched = line(start, echo('a', 'two', write), end({}))
  const runs = [record(graph, same)]
  const { differed } = await checkEqual(graph, patched, recordedOf(runs))
  expect(differed).toEqual([runs[0]?.id])
})

test('a node that the recorded run never asked has no answer', async () => {
  const graph = line(start, echo('a'), end(out))
  const patched = line(start, echo('other'), echo('a'), end(out))
  const runs = [record(graph, same)]
  const { differed } = await checkEqual(graph, patched, recordedOf(runs))
  expect(differed).toEqual([runs[0]?.id])
})
