import type { WorkflowId } from '@dure/contracts'
import { type Graph, type GraphNode, nodeTypes, validateGraph } from '@dure/engine'
import { expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { generateGraph } from './graph.ts'

const callable = [`wf_${'a'.repeat(32)}` as WorkflowId]
const graphs = Array.from({ length: 150 }, (_, seed) =>
  generateGraph(createRandom(seed), { size: 25, callable }),
)

function all({ nodes }: Graph): GraphNode[] {
  return nodes.flatMap((node) => [
    node,
    ...(node.body ? all(node.body) : []),
    ...(node.finally ? all(node.finally) : []),
  ])
}

it('makes valid workflows', () => {
  for (const graph of graphs) expect(validateGraph(graph, nodeTypes, '#').problems).toEqual([])
})

it('makes every kind of node that steers a run, and every policy', () => {
  const nodes = graphs.flatMap(all)
  const types = new Set(nodes.map(({ type }) => type))
  expect([...types].toSorted()).toEqual(expect.arrayContaining(TYPES))
  const modes = new Set(
    nodes.filter(({ type }) => type === 'join').map(({ config }) => config.mode),
  )
  expect([...modes].toSorted()).toEqual(['all', 'any', 'n', 'race', 'settled'])
  const policies = nodes.map(({ policy }) => policy)
  expect(policies.some((policy) => policy?.retry)).toBe(true)
  expect(policies.some((policy) => policy?.onError === 'branch')).toBe(true)
  expect(policies.some((policy) => policy?.onError === 'default')).toBe(true)
  expect(policies.some((policy) => policy?.effect === 'write')).toBe(true)
  expect(policies.some((policy) => policy?.onUnknownOutcome === 'verify')).toBe(true)
  expect(nodes.some(({ body }) => body?.nodes.some((inner) => inner.body))).toBe(true)
  expect(nodes.some((node) => node.finally)).toBe(true)
})

const TYPES = [
  ...['approval', 'break', 'condition', 'continue', 'delay', 'echo', 'emit_event', 'end', 'http'],
  ...['join', 'loop', 'map', 'merge', 'parallel', 'set_variable', 'start', 'subworkflow', 'switch'],
  ...['template', 'transform', 'try', 'wait_event'],
]
