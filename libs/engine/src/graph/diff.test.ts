import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffGraphs } from './diff.ts'
import type { Graph } from './graph.ts'

const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const say = (text: string) => ({ id: 'say', type: 'template', config: { text } })
const graph = (nodes: readonly unknown[], edges: readonly unknown[] = []) =>
  ({ nodes, edges }) as unknown as Graph
const each = (...nodes: unknown[]) => ({
  ...{ id: 'each', type: 'map', config: { items: 'input.x' } },
  body: { nodes, edges: [] },
})
const NOTHING = {
  nodes: { added: [], removed: [], changed: [] },
  edges: { added: [], removed: [] },
}

test('a graph does not differ from itself, nor from one in another order', () => {
  const nodes = [say('a'), each({ id: 'x', type: 'echo', config: {} })]
  const edges = [edge('say', 'each'), edge('say', 'each', 'error')]
  expect(diffGraphs(graph(nodes, edges), graph(nodes, edges))).toEqual(NOTHING)
  const reversed = graph(nodes.toReversed(), edges.toReversed())
  expect(diffGraphs(graph(nodes, edges), reversed)).toEqual(NOTHING)
})

test('what was added and removed is told, in bodies, too', () => {
  const before = graph(
    [say('a'), each({ id: 'x', type: 'echo', config: {} })],
    [edge('say', 'each')],
  )
  const after = graph(
    [each({ id: 'y', type: 'http', config: {} }), { id: 'end', type: 'end', config: {} }],
    [edge('each', 'end')],
  )
  expect(diffGraphs(before, after)).toEqual({
    nodes: {
      added: [
        { id: 'y', type: 'http', in: 'each/body' },
        { id: 'end', type: 'end', in: null },
      ],
      removed: [
        { id: 'say', type: 'template', in: null },
        { id: 'x', type: 'echo', in: 'each/body' },
      ],
      changed: [],
    },
    edges: {
      added: [{ ...edge('each', 'end'), in: null }],
      removed: [{ ...edge('say', 'each'), in: null }],
    },
  })
})

test.each([
  ['a value', say('a'), say('b'), ['/config/text']],
  ['its type', say('a'), { ...say('a'), type: 'llm' }, ['/type']],
  ['a name that it gets', say('a'), { ...say('a'), name: 'Say' }, ['/name']],
  ['a policy', { ...say('a'), policy: { timeoutMs: 1 } }, say('a'), ['/policy']],
  [
    'something deep in a policy',
    { ...say('a'), policy: { retry: { maxAttempts: 1, on: ['timeout'] } } },
    { ...say('a'), policy: { retry: { maxAttempts: 2, on: ['timeout', 'internal'] } } },
    ['/policy/retry/maxAttempts', '/policy/retry/on/1'],
  ],
  [
    'a key with a slash',
    { ...say('a'), config: { 'a/b~c': 1 } },
    { ...say('a'), config: { 'a/b~c': 2 } },
    ['/config/a~1b~0c'],
  ],
  [
    'a list instead of an object',
    { ...say('a'), config: { x: [] } },
    { ...say('a'), config: { x: {} } },
    ['/config/x'],
  ],
  [
    'the body that it loses',
    { ...each(), id: 'say' },
    { ...each(), id: 'say', body: undefined },
    ['/body'],
  ],
])('a node differs by %s', (_what, before, after, fields) => {
  expect(diffGraphs(graph([before]), graph([after])).nodes.changed).toEqual([{ id: 'say', fields }])
})

test('a node that moves into a body is the same node at another place', () => {
  const diff = diffGraphs(graph([say('a'), each()]), graph([each(say('a'))]))
  expect(diff.nodes).toEqual({ added: [], removed: [], changed: [{ id: 'say', fields: ['/in'] }] })
})

test('what is added one way is removed the other way', () => {
  const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).map((ids) =>
    graph(
      ids.map((id) => ({ id, type: 'echo', config: {} })),
      ids.slice(1).map((id) => edge(ids[0] ?? '', id)),
    ),
  )
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [there, back] = [diffGraphs(one, other), diffGraphs(other, one)]
      expect(there.nodes.added).toEqual(back.nodes.removed)
      expect(there.edges.removed).toEqual(back.edges.added)
    }),
  )
})
