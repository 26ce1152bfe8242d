import { describe, expect, test } from 'vitest'
import { branching, edge, isOdd, items, joining, mapping, nesting } from './testing/graphs.ts'
import { flaky, playOut } from './testing/play-out.ts'
import { commitsIn, replayOf } from './testing/replay-of.ts'

describe.each<[string, unknown, (path: string) => boolean]>([
  ['branches', branching, () => false],
  ['a failure', branching, (path) => path === 'b'],
  ['a map', mapping('fail'), () => false],
  ['a map that collects failures', mapping('collect'), isOdd],
  ['a map that fails', mapping('fail'), isOdd],
  ['a map whose failure is handled', mapping('fail', { onError: 'branch' }), isOdd],
  ['containers in containers', nesting, (path) => /again\[1\].*each\[1\]\/x/.test(path)],
  ['a join of all that settled', joining({ mode: 'settled' }), (path) => path === 'b'],
  ['a join of any', joining({ mode: 'any' }), (path) => path === 'b'],
  ['a join of the first', joining({ mode: 'race' }), (path) => path === 'b'],
  ['a join of two', joining({ mode: 'n', n: 2 }), () => false],
])('a replay of %s', (_, graph, broken) => {
  test('comes to the same, in whatever order the results had come', () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const run = playOut(graph, flaky(seed, broken), { input: items })
      const replayed = replayOf(run)
      expect([seed, replayed]).toEqual([
        seed,
        { identical: true, differences: [], status: run.state.phase, output: run.state.output },
      ])
    }
  })

  test('is not blind: a recorded result that nobody computed is found', () => {
    const run = playOut(graph, flaky(1, broken), { input: items })
    const commits = commitsIn(run).map((commit) =>
      commit.map((event) =>
        event.type === 'node.completed' && event.nodeType === 'start'
          ? { ...event, data: { forged: true } }
          : event,
      ),
    )
    expect(replayOf(run, { commits })).toMatchObject({
      identical: false,
      differences: [expect.objectContaining({ path: 'start' })],
    })
  })
})

describe('a replay on another version', () => {
  const run = playOut(branching, { seed: 1 })
  const changed = (id: string, change: object) => ({
    ...branching,
    nodes: branching.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
  })

  test('tells what that version computes otherwise', () => {
    const n = Number((run.state.output as { count: unknown }).count)
    const branch = n > 4 ? 'big' : 'small'
    const graph = changed(branch, { config: { text: 'other {{ nodes.a.data.n }}' } })
    expect(replayOf(run, { graph })).toMatchObject({
      identical: false,
      differences: expect.arrayContaining([
        { path: branch, field: 'data/text', recorded: `${branch} ${n}`, replayed: `other ${n}` },
      ]),
    })
  })

  test('waits for ever for what was never executed', () => {
    const added = {
      nodes: [...branching.nodes, { id: 'more', type: 'echo', config: {} }],
      edges: [
        ...branching.edges.filter(({ to }) => to !== 'a'),
        edge('start', 'more'),
        edge('more', 'a'),
      ],
    }
    expect(replayOf(run, { graph: added })).toMatchObject({
      identical: false,
      status: 'running',
      differences: expect.arrayContaining([
        { path: 'more', field: 'status', replayed: 'scheduled' },
      ]),
    })
  })

  test('gives results of then to nodes that come later now', () => {
    const parallel = joining({ mode: 'all' })
    const before = playOut(parallel, { seed: 3 })
    const inARow = {
      nodes: parallel.nodes,
      edges: [
        ...parallel.edges.filter(({ from }) => from !== 'fan'),
        edge('fan', 'a'),
        edge('a', 'b'),
        edge('b2', 'c'),
      ],
    }
    expect(replayOf(before, { graph: inARow })).toMatchObject({
      identical: true,
      output: before.state.output,
    })
  })
})
