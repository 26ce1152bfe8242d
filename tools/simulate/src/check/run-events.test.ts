import type { RunEvent } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import { describe, expect, it } from 'vitest'
import { emptyModel } from './model.ts'
import { outlineOf } from './outline.ts'
import { applyEvent } from './run-events.ts'

const body = { nodes: [node('inner', 'echo')], edges: [] }
const graph = {
  nodes: [
    node('start', 'start'),
    node('one', 'echo'),
    { ...node('each', 'map'), config: { concurrency: 1 }, body },
    {
      ...node('again', 'loop'),
      config: { maxIterations: 1 },
      body: { ...body, nodes: [node('deep', 'echo')] },
    },
    node('end', 'end'),
  ],
  edges: [edge('start', 'one'), edge('one', 'each'), edge('each', 'again'), edge('again', 'end')],
} as unknown as Graph

function node(id: string, type: string) {
  return { id, type, config: {} }
}

function edge(from: string, to: string) {
  return { from, port: 'out', to }
}

/** What is wrong with the last of these events; those before it have to be legal. */
function problemsOf(...events: readonly object[]): string[] {
  const model = emptyModel(outlineOf(graph))
  const all = [{ type: 'run.started', input: {} }, ...events] as unknown as RunEvent[]
  let problems: string[] = []
  for (const event of all) {
    expect(problems).toEqual([])
    problems = applyEvent(model, event)
  }
  return problems
}

const completed = (nodeId: string, more = {}) => ({
  ...{ type: 'node.completed', nodeId, nodeType: 'echo', port: 'out', data: {} },
  ...more,
})
const scheduled = (nodeId: string, attempt = 1, more = {}) => ({
  ...{ type: 'node.scheduled', nodeId, nodeType: 'echo', attempt },
  ...more,
})
const container = (nodeId: string) => ({
  ...{ type: 'node.started', nodeId, nodeType: 'map', attempt: 1, kind: 'body' },
})
const begun = [completed('start'), scheduled('one')]
const inMap = [...begun, completed('one'), container('each')]
const inner = (index: number) => scheduled('inner', 1, { path: `each[${index}]/inner` })

describe('the order of events', () => {
  it('is legal where it is', () => {
    expect(problemsOf(...begun, completed('one', { attempt: 1 }))).toEqual([])
    expect(problemsOf(...inMap, inner(0))).toEqual([])
  })

  it.each([
    ['a second result', [...begun, completed('one'), completed('one')], 'which is completed'],
    ['a second start', [...begun, scheduled('one', 2)], 'which is scheduled'],
    ['a result of an old attempt', [...begun, completed('one', { attempt: 2 })], 'of attempt 2'],
    ['a node before what leads to it', [scheduled('one')], 'before what leads to it ends'],
    [
      'a skipped node that could run',
      [completed('start'), { type: 'node.skipped', nodeId: 'one' }],
      'is skipped',
    ],
    ['the end before the nodes', [...begun, { type: 'run.completed', output: {} }], 'is not over'],
    ['an unknown node', [completed('start'), scheduled('two')], 'does not have'],
    ['a second run', [{ type: 'run.started', input: {} }], 'of a run that is running'],
    ['a resumption of what goes on', [{ type: 'run.resumed', by: 'usr_1' }], 'is running'],
    [
      'a start while it is paused',
      [completed('start'), { type: 'run.paused', by: 'x' }, scheduled('one')],
      'is paused',
    ],
    [
      'a node after the end',
      [{ type: 'run.cancelled', by: 'x' }, completed('start')],
      'is cancelled',
    ],
    ['more iterations than at once', [...inMap, inner(0), inner(1)], 'iterations at once'],
    ['a container that leaves an iteration', [...inMap, inner(0), completed('each')], 'is over'],
    [
      'an iteration that leaves a node',
      [
        ...inMap,
        inner(0),
        { type: 'iteration.completed', nodeId: 'each', index: 0, status: 'completed' },
      ],
      'is under way',
    ],
    [
      'a path that is none',
      [...inMap, scheduled('inner', 1, { path: 'each[0]/one' })],
      'is not of',
    ],
    [
      'a body outside of its container',
      [completed('start'), scheduled('inner')],
      'stands in the body',
    ],
  ] as const)('is not: %s', (_, events, problem) => {
    expect(problemsOf(...events).join()).toContain(problem)
  })

  it('is not: more iterations than a loop has', () => {
    const last = { type: 'iteration.completed', nodeId: 'each', index: 0, status: 'completed' }
    const done = completed('inner', { path: 'each[0]/inner' })
    const inLoop = [...inMap, inner(0), done, last, completed('each'), container('again')]
    const deep = (index: number) => scheduled('deep', 1, { path: `again[${index}]/deep` })
    expect(problemsOf(...inLoop, deep(0))).toEqual([])
    expect(problemsOf(...inLoop, deep(1)).join()).toContain('one too many')
  })
})
