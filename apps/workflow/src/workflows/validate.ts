import type { FieldProblem } from '@dure/kernel'
import type { NodeType } from '../nodes/define.ts'
import { ancestors, type Graph, type GraphNode } from './graph.ts'
import { inspectConfig, type Reference } from './node-problems.ts'

type NodeTypes = ReadonlyMap<string, NodeType>

/**
 * Everything that is wrong with a graph, in one answer, each with a pointer into it. An empty list
 * means that a run of it can start, and that every expression names only nodes that come before.
 *
 * @param base the pointer under which the graph stands in the request, such as `#/graph`
 */
export function validateGraph(graph: Graph, nodeTypes: NodeTypes, base: string): FieldProblem[] {
  const configs = graph.nodes.map((node, index) => inspectNode(node, `${base}/nodes/${index}`))
  const structure = [
    ...duplicateIds(graph, base),
    ...starts(graph, base),
    ...ends(graph, base),
    ...danglingEdges(graph, nodeTypes, base),
  ]
  const before = ancestors(graph)
  return [
    ...configs.flatMap(({ problems }) => problems),
    ...structure,
    ...cycles(graph, before, base),
    ...unreachable(graph, before, base),
    ...graph.nodes.flatMap(({ id }, index) =>
      unresolved(configs[index]?.references ?? [], before.get(id) ?? new Set()),
    ),
  ]

  function inspectNode({ type, config }: GraphNode, pointer: string) {
    const nodeType = nodeTypes.get(type)
    if (nodeType) return inspectConfig(nodeType, config, `${pointer}/config`)
    const known = [...nodeTypes.keys()].join(', ')
    const message = `is not a node type: use one of ${known}`
    const problem = { pointer: `${pointer}/type`, code: 'node.unknown-type' as const, message }
    return { problems: [problem], references: [] }
  }
}

function duplicateIds({ nodes }: Graph, base: string): FieldProblem[] {
  return nodes.flatMap(({ id }, index) =>
    nodes.findIndex((other) => other.id === id) === index
      ? []
      : [
          {
            pointer: `${base}/nodes/${index}/id`,
            code: 'node.duplicate-id' as const,
            message: 'is the id of an earlier node',
          },
        ],
  )
}

function starts({ nodes, edges }: Graph, base: string): FieldProblem[] {
  const found = nodes.filter(({ type }) => type === 'start')
  const intoStart = edges.flatMap(({ to }, index) =>
    found.some(({ id }) => id === to)
      ? [
          {
            pointer: `${base}/edges/${index}/to`,
            code: 'edge.into-start' as const,
            message: 'leads to a start node',
          },
        ]
      : [],
  )
  if (found.length === 1) return intoStart
  return [
    ...intoStart,
    {
      pointer: `${base}/nodes`,
      code: 'workflow.not-one-start',
      message: `has ${found.length} start nodes, not exactly one`,
    },
  ]
}

function ends({ nodes }: Graph, base: string): FieldProblem[] {
  if (nodes.some(({ type }) => type === 'end')) return []
  return [{ pointer: `${base}/nodes`, code: 'workflow.no-end', message: 'has no end node' }]
}

function danglingEdges({ nodes, edges }: Graph, nodeTypes: NodeTypes, base: string) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return edges.flatMap(({ from, port, to }, index): FieldProblem[] => {
    const pointer = `${base}/edges/${index}`
    const missing = (['from', 'to'] as const)
      .filter((end) => !byId.has(end === 'from' ? from : to))
      .map((end) => ({
        pointer: `${pointer}/${end}`,
        code: 'edge.dangling' as const,
        message: 'names no node of this workflow',
      }))
    const ports = nodeTypes.get(byId.get(from)?.type ?? '')?.ports
    if (ports === undefined || ports.includes(port)) return missing
    const choice = ports.length === 0 ? 'none: nothing follows it' : ports.join(', ')
    const message = `is not a port of node ${from}, which has ${choice}`
    return [...missing, { pointer: `${pointer}/port`, code: 'edge.unknown-port', message }]
  })
}

function cycles({ edges }: Graph, before: ReadonlyMap<string, ReadonlySet<string>>, base: string) {
  return edges.flatMap(({ from, to }, index): FieldProblem[] => {
    const closesCycle = from === to || before.get(from)?.has(to)
    if (!closesCycle) return []
    const message = `closes a cycle: ${to} comes before ${from} already`
    return [{ pointer: `${base}/edges/${index}`, code: 'workflow.cycle', message }]
  })
}

function unreachable(
  { nodes }: Graph,
  before: ReadonlyMap<string, ReadonlySet<string>>,
  base: string,
): FieldProblem[] {
  const startIds = nodes.filter(({ type }) => type === 'start').map(({ id }) => id)
  if (startIds.length === 0) return []
  return nodes.flatMap(({ id, type }, index): FieldProblem[] =>
    type === 'start' || startIds.some((startId) => before.get(id)?.has(startId))
      ? []
      : [
          {
            pointer: `${base}/nodes/${index}`,
            code: 'node.unreachable',
            message: 'cannot be reached from the start',
          },
        ],
  )
}

function unresolved(references: readonly Reference[], before: ReadonlySet<string>): FieldProblem[] {
  return references
    .filter(({ nodeId }) => !before.has(nodeId))
    .map(({ pointer, nodeId }) => ({
      pointer,
      code: 'expression.unresolved-reference',
      message: `names the node ${nodeId}, which does not come before this one`,
    }))
}
