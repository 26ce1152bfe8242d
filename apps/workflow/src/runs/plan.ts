import type { NodeId } from '@dure/contracts'
import { Value } from 'typebox/value'
import type { NodeType } from '../nodes/define.ts'
import type { Graph, GraphEdge, GraphNode } from '../workflows/graph.ts'

export interface PlannedNode {
  readonly node: GraphNode
  readonly nodeType: NodeType
  readonly incoming: readonly GraphEdge[]
}

/** A valid graph, ready to be run: nodes in an order in which each comes after all before it. */
export type Plan = ReadonlyMap<NodeId, PlannedNode>

/** @throws TypeError for a graph that `validateGraph` would refuse */
export function planOf(graph: Graph, nodeTypes: ReadonlyMap<string, NodeType>): Plan {
  const incoming = Map.groupBy(graph.edges, ({ to }) => to)
  const waiting = new Map(graph.nodes.map((node) => [node.id, node]))
  const plan = new Map<NodeId, PlannedNode>()
  while (waiting.size > 0) {
    const before = waiting.size
    for (const [id, node] of waiting) {
      const edges = incoming.get(id) ?? []
      if (!edges.every(({ from }) => plan.has(from))) continue
      const nodeType = nodeTypes.get(node.type)
      if (!nodeType) throw new TypeError(`No node type ${node.type}`)
      // A clone: `Default` fills in what the author left out, in place.
      const config = Value.Default(nodeType.config, Value.Clone(node.config)) as GraphNode['config']
      plan.set(id, { node: { ...node, config }, nodeType, incoming: edges })
      waiting.delete(id)
    }
    if (waiting.size === before) throw new TypeError('The graph has a cycle')
  }
  return plan
}
