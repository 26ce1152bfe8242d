import { describe, expect, test } from 'vitest'
import { explain } from './explain.ts'
import { branching, edge, end, isOdd, items, joining, mapping, start } from './testing/graphs.ts'
import { fails, flaky, type PlayedOut, playOut, succeeds } from './testing/play-out.ts'

const explanationOf = ({ context, history }: PlayedOut) => explain(context, history)

describe('an explanation', () => {
  const run = playOut(branching, {
    seed: 1,
    outcomeOf: (path, attempt) =>
      path === 'a' && attempt === 1 ? fails('x.down') : { ...succeeds(path), ...big(path) },
  })
  const told = explanationOf(run)

  test('names what a condition saw, and the edges that it left dead', () => {
    expect(told.branches).toContainEqual({
      ...{ path: 'is_big', type: 'condition', port: 'true' },
      expressions: [
        {
          source: 'nodes.a.data.n > 4',
          result: true,
          inputs: [{ name: 'nodes.a.data.n', value: 9 }],
        },
      ],
      dead: [{ from: 'is_big', port: 'false', to: 'small' }],
    })
  })

  test('says why a node was skipped', () => {
    expect(told.skipped).toEqual([
      { path: 'small', because: [{ from: 'is_big', port: 'false', why: 'took true' }] },
    ])
  })

  test('says what was tried again, and why', () => {
    expect(told.retries).toEqual([
      {
        ...{ path: 'a', attempt: 1, backoffMs: expect.any(Number) },
        error: expect.objectContaining({ code: 'x.down' }),
      },
    ])
  })

  test('says what waited, and how long', () => {
    const [rest] = told.waits
    expect(rest).toMatchObject({ path: 'rest', kind: 'timer', isOpen: false })
    expect(rest?.waitedMs).toBeGreaterThanOrEqual(5000)
  })

  test('says what it cost', () => {
    expect(told).toMatchObject({ status: 'completed', costMicroUsd: 6, isCut: false })
    expect(told.costs).toEqual([
      { path: 'a', costMicroUsd: 3 },
      { path: 'b', costMicroUsd: 3 },
    ])
  })

  test('says what it took its time for', () => {
    const path = told.criticalPath.map((step) => step.path)
    expect(path).toEqual(['start', 'a', 'is_big', 'big', 'rest', 'count', 'b', 'end'])
    const spent = told.criticalPath.reduce((sum, step) => sum + step.durationMs + step.heldMs, 0)
    expect(spent).toBe(told.durationMs)
  })
})

function big(path: string) {
  return { output: { n: path === 'a' ? 9 : 1 } }
}

test('a switch is explained case by case, as far as they were evaluated', () => {
  const graph = {
    nodes: [
      start,
      {
        id: 'which',
        type: 'switch',
        config: {
          cases: [
            { id: 'many', when: 'input.n > 10' },
            { id: 'some', when: 'size(input.items) > 0 && input["n"] > 1' },
            { id: 'none', when: 'input.gone == 1' },
          ],
        },
      },
      end({}),
    ],
    edges: [
      edge('start', 'which'),
      edge('which', 'end', 'many'),
      edge('which', 'end', 'some'),
      edge('which', 'end', 'default'),
    ],
  }
  const told = explanationOf(playOut(graph, { seed: 1 }, { input: { n: 2, items: [1] } }))
  expect(told.branches).toEqual([
    {
      ...{ path: 'which', type: 'switch', port: 'some' },
      expressions: [
        { source: 'input.n > 10', result: false, inputs: [{ name: 'input.n', value: 2 }] },
        {
          source: 'size(input.items) > 0 && input["n"] > 1',
          result: true,
          inputs: [
            { name: 'input.items', value: [1] },
            { name: 'input.n', value: 2 },
          ],
        },
      ],
      dead: [
        { from: 'which', port: 'many', to: 'end' },
        { from: 'which', port: 'default', to: 'end' },
      ],
    },
  ])
})

test.each([
  ['a map that failed', mapping('fail'), isOdd],
  ['a join that lost', joining({ mode: 'all' }), (path: string) => path === 'b'],
  ['a race', joining({ mode: 'race' }), () => false],
] as const)('%s can be explained at any moment of it', (_, graph, broken) => {
  const run = playOut(graph, flaky(2, broken), { input: items })
  for (let version = 1; version <= run.history.length; version += 1) {
    const told = explain(run.context, run.history.slice(0, version))
    for (const { because } of told.skipped) {
      for (const { why } of because) expect(why).not.toBe('was not reached')
    }
  }
})
