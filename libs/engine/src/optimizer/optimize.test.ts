import { describe, expect, test } from 'vitest'
import type { Graph } from '../graph/graph.ts'
import { completeGraph } from '../graph/regions.ts'
import { validateGraph } from '../graph/validate.ts'
import { nodeTypes } from '../nodes/index.ts'
import { checkEqual } from './check-equal.ts'
import { optimizeGraph } from './optimize.ts'
import { type Answers, fails, gives, record, recordedOf } from './testing/record.ts'

const start = { id: 'start', type: 'start' }
const echo = (id: string, data: unknown = {}, more: object = {}) => ({
  id,
  type: 'echo',
  config: { data },
  ...more,
})
const end = (outputs: object) => ({ id: 'end', type: 'end', config: { outputs } })
const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const chain = (...ids: string[]) => ids.slice(1).map((id, index) => edge(ids[index] ?? '', id))
const graphOf = (nodes: object[], edges: object[]) =>
  completeGraph({ nodes, edges } as unknown as Graph)

const BOTH = { a: '{{ nodes.a.data }}', b: '{{ nodes.b.data }}' }
const slow: Answers = (nodeId) => gives(`of ${nodeId}`, 100, 7)

function runsOf(
  graph: unknown,
  answers: Answers,
  inputs: readonly (string | number)[] = [1, 2, 3],
) {
  return inputs.map((input, index) => record(graph, answers, { input, number: index + 1 }))
}

async function optimized(graph: Graph, answers: Answers, inputs?: readonly (string | number)[]) {
  const recorded = recordedOf(runsOf(graph, answers, inputs))
  const found = await optimizeGraph(graph, recorded)
  expect(validateGraph(found.draft, nodeTypes, '').problems).toEqual([])
  expect(await checkEqual(graph, found.draft, recorded)).toEqual(found.check)
  return found
}

describe('nodes that need nothing of each other', () => {
  test('run side by side', async () => {
    const graph = graphOf([start, echo('a'), echo('b'), end(BOTH)], chain('start', 'a', 'b', 'end'))
    const { advice, draft, check } = await optimized(graph, slow)
    expect(advice[0]).toMatchObject({
      kind: 'parallelise',
      nodeIds: ['a', 'b'],
      pointer: '#/graph/nodes/1',
      applied: true,
      expectedGain: {
        latencyMsP50: 100,
        costMicroUsdPerRun: 0,
        basis: { runs: 3, affectedRuns: 3, beforeMsP50: 200, afterMsP50: 100 },
      },
    })
    expect(check).toEqual({ checked: 3, skipped: 0, differed: [] })
    expect(draft.edges).toEqual([
      edge('start', 'a'),
      edge('b', 'end'),
      edge('start', 'b'),
      edge('a', 'end'),
    ])
  })

  test('are found behind what is computed in between, and as many as there are', async () => {
    const say = { id: 'say', type: 'template', config: { text: 'b of {{ input }}' } }
    const b = echo('b', '{{ nodes.say.data.text }}')
    const graph = graphOf(
      [start, echo('a'), say, b, echo('c'), end({ ...BOTH, c: '{{ nodes.c.data }}' })],
      chain('start', 'a', 'say', 'b', 'c', 'end'),
    )
    const { advice } = await optimized(graph, slow)
    expect(advice.map(({ kind, nodeIds }) => [kind, ...nodeIds]).slice(0, 2)).toEqual([
      ['parallelise', 'a', 'b', 'c'],
      ['parallelise', 'b', 'c'],
    ])
    expect(advice[1]?.expectedGain.basis).toMatchObject({ beforeMsP50: 200, afterMsP50: 100 })
  })

  test('are found in the body of a map', async () => {
    const body = {
      nodes: [
        echo('a', 'a {{ loop.item }}'),
        echo('b', 'b {{ loop.item }}'),
        { id: 'both', type: 'transform', config: { expr: '[nodes.a.data, nodes.b.data]' } },
      ],
      edges: chain('a', 'b', 'both'),
    }
    const each = { id: 'each', type: 'map', config: { items: '[1, 2]' }, body }
    const graph = graphOf(
      [start, each, end({ all: '{{ nodes.each.data.results }}' })],
      chain('start', 'each', 'end'),
    )
    const { advice } = await optimized(graph, slow)
    expect(advice.map(({ kind, pointer }) => [kind, pointer])).toEqual([
      ['parallelise', '#/graph/nodes/1/body/nodes/0'],
      ['cache', '#/graph/nodes/1/body/nodes/0'],
      ['cache', '#/graph/nodes/1/body/nodes/1'],
    ])
  })

  const write = { policy: { effect: 'write' } }
  test.each([
    ['one uses what the other gives', echo('a'), echo('b', '{{ nodes.a.data }}')],
    ['one writes', echo('a', {}, write), echo('b')],
    ['the other writes', echo('a'), echo('b', {}, write)],
    ['one reads a variable', echo('a'), echo('b', '{{ has(vars.x) }}')],
    [
      'a failure of one goes another way',
      echo('a', {}, { policy: { onError: 'branch' } }),
      echo('b'),
    ],
    [
      'what uses it is inside of the other',
      echo('a'),
      {
        id: 'b',
        type: 'map',
        config: { items: '[1]' },
        body: { nodes: [echo('x', '{{ nodes.a.data }}')], edges: [] },
      },
    ],
  ])('stay in their order where %s', async (_why, a, b) => {
    const graph = graphOf([start, a, b, end(BOTH)], chain('start', 'a', 'b', 'end'))
    const { advice, draft } = await optimized(graph, slow, [1])
    expect(advice.filter(({ kind }) => kind === 'parallelise')).toEqual([])
    expect(draft.edges).toEqual(graph.edges)
  })

  test('stay in their order where nothing is gained by it', async () => {
    const graph = graphOf([start, echo('a'), echo('b'), end(BOTH)], chain('start', 'a', 'b', 'end'))
    const { advice } = await optimized(graph, () => gives('at once'), [1])
    expect(advice).toEqual([])
  })
})

describe('dead nodes', () => {
  const when = (source: string) => ({ id: 'ask', type: 'condition', config: { when: source } })
  const two = [edge('start', 'ask'), edge('ask', 'yes', 'true'), edge('ask', 'no', 'false')]
  const ends = (id: string) => ({ id, type: 'end', config: { outputs: { it: id } } })

  test('behind a way that is never taken are removed', async () => {
    const graph = graphOf([start, when('1 + 1 == 2'), ends('yes'), ends('no')], two)
    const { advice, draft } = await optimized(graph, slow, [1])
    expect(advice).toMatchObject([
      { kind: 'remove-dead', nodeIds: ['ask', 'no'], confidence: 'high', applied: true },
      { kind: 'remove-dead', nodeIds: ['ask'], applied: true },
    ])
    expect(draft.nodes.map(({ id }) => id)).toEqual(['start', 'yes'])
  })

  test('that were never reached are named, and stay', async () => {
    const graph = graphOf([start, when('input > 0'), ends('yes'), ends('no')], two)
    const { advice, draft } = await optimized(graph, slow, [1, 2])
    expect(advice).toMatchObject([
      { kind: 'remove-dead', nodeIds: ['no'], confidence: 'low', applied: false },
    ])
    expect(draft).toEqual(graph)
  })

  test('whose data nobody uses are removed when they are pure, and named when they read', async () => {
    const say = { id: 'say', type: 'template', config: { text: 'unused' } }
    const graph = graphOf([start, say, echo('a'), end({})], chain('start', 'say', 'a', 'end'))
    const { advice, draft } = await optimized(graph, slow, [1])
    expect(advice).toMatchObject([
      { kind: 'remove-dead', nodeIds: ['say'], applied: true },
      {
        kind: 'remove-dead',
        nodeIds: ['a'],
        applied: false,
        expectedGain: { latencyMsP50: 100, costMicroUsdPerRun: 7 },
      },
    ])
    expect(draft.nodes.map(({ id }) => id)).toEqual(['start', 'a', 'end'])
  })
})

describe('what is asked again', () => {
  const graph = graphOf(
    [start, echo('a', '{{ input }}'), end({ a: '{{ nodes.a.data }}' })],
    chain('start', 'a', 'end'),
  )

  test('is kept', async () => {
    const { advice, draft } = await optimized(graph, slow, ['x', 'x', 'y', 'x'])
    expect(advice).toMatchObject([
      {
        kind: 'cache',
        nodeIds: ['a'],
        applied: true,
        // One of four runs asks what was answered less than two minutes ago.
        expectedGain: { latencyMsP50: 100, costMicroUsdPerRun: 2, basis: { affectedRuns: 1 } },
      },
    ])
    // The third time of x comes 120 s after the second one.
    expect(draft.nodes[1]?.policy).toEqual({ cache: { ttlS: 121 } })
  })

  test('is not, when the answers differ', async () => {
    let count = 0
    const answers: Answers = () => gives(`answer ${count++}`, 100)
    const { advice, dropped, draft } = await optimized(graph, answers, ['x', 'x'])
    expect(advice).toEqual([])
    expect(dropped).toEqual([
      { kind: 'cache', nodeIds: ['a'], differed: [`run_${'2'.padStart(32, '0')}`] },
    ])
    expect(draft).toEqual(graph)
  })

  test('is not, when nothing was asked twice', async () => {
    expect((await optimized(graph, slow, [1, 2, 3])).advice).toEqual([])
  })
})

describe('retries', () => {
  const retry = { maxAttempts: 3, backoff: 'fixed', baseMs: 1000, jitter: false }
  const policy = { retry: { ...retry, maxMs: 60_000, on: ['timeout', 'unavailable'] } }
  const graph = graphOf(
    [start, echo('a', '{{ input }}', { policy }), end({ a: '{{ nodes.a.data }}' })],
    chain('start', 'a', 'end'),
  )

  test('that never helped are left out', async () => {
    const down: Answers = () => fails('model.unavailable', 100)
    const { advice, draft, check } = await optimized(graph, down, [1, 2, 3])
    const found = advice.filter(({ kind }) => kind === 'drop-retry')
    expect(found).toMatchObject([
      // Two more attempts of 100 ms, each after a second.
      { nodeIds: ['a'], applied: true, expectedGain: { latencyMsP50: 2200 } },
    ])
    expect(draft.nodes[1]?.policy).toMatchObject({ retry: { on: ['timeout'] } })
    expect(check).toEqual({ checked: 3, skipped: 0, differed: [] })
  })

  test('that helped once stay', async () => {
    const flaky: Answers = (_id, asked, attempt) =>
      (asked as { data: unknown }).data === 3 && attempt === 3
        ? gives('ok')
        : fails('model.unavailable')
    const { advice } = await optimized(graph, flaky, [1, 2, 3])
    expect(advice.filter(({ kind }) => kind === 'drop-retry')).toEqual([])
  })
})

test('a timeout far above what a node takes is shortened', async () => {
  const graph = graphOf(
    [start, echo('a', '{{ input }}'), end({ a: '{{ nodes.a.data }}' })],
    chain('start', 'a', 'end'),
  )
  const inputs = Array.from({ length: 20 }, (_, index) => index)
  const { advice, draft } = await optimized(graph, slow, inputs)
  expect(advice).toMatchObject([{ kind: 'shorten-timeout', nodeIds: ['a'], confidence: 'medium' }])
  expect(draft.nodes[1]?.policy).toEqual({ timeoutMs: 1000 })
  expect((await optimized(graph, slow, inputs.slice(1))).advice).toEqual([])
})

test('advice is given on runs that ended as they are played, and says how many those are', async () => {
  const graph = graphOf([start, echo('a'), echo('b'), end(BOTH)], chain('start', 'a', 'b', 'end'))
  const whole = record(graph, slow)
  const cut = { ...record(graph, slow, { number: 2 }), events: whole.events.slice(0, 3) }
  const { check, advice } = await optimizeGraph(graph, recordedOf([whole, cut]))
  expect(check).toEqual({ checked: 1, skipped: 1, differed: [] })
  expect(advice[0]?.expectedGain.basis).toMatchObject({ runs: 1 })
})

test('without runs, only what is proven is said, and nothing is applied', async () => {
  const say = { id: 'say', type: 'template', config: { text: 'unused' } }
  const graph = graphOf([start, say, end({})], chain('start', 'say', 'end'))
  const { advice, draft } = await optimizeGraph(graph, recordedOf([]))
  expect(advice).toMatchObject([{ kind: 'remove-dead', nodeIds: ['say'], applied: false }])
  expect(draft).toEqual(graph)
})
