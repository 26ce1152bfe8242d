import type { NodeId } from '@dure/contracts'
import type { GraphEdge, GraphNode } from '../graph/graph.ts'
import type { JoinRule } from '../nodes/define.ts'

/**
 * For each node on a branch of a join that can do without some of its branches: that join. A node is on
 * a branch when every way on from it leads through the join, and not to all of the edges into it; of
 * several joins the nearest counts.
 *
 * @param ordered each node after all before it
 */
export function joinOfEachNode(
  ordered: readonly GraphNode[],
  edges: readonly GraphEdge[],
  rules: ReadonlyMap<NodeId, JoinRule | undefined>,
): ReadonlyMap<NodeId, NodeId> {
  const found = new Map<NodeId, NodeId>()
  const next = Map.groupBy(edges, ({ from }) => from)
  for (const { id: join } of ordered) {
    const rule = rules.get(join)
    if (rule === undefined || rule.mode === 'all') continue
    const into = edges.filter(({ to }) => to === join)
    for (const id of branchesOf(join, ordered, next, into.length)) {
      if (!found.has(id)) found.set(id, join)
    }
  }
  return found
}

function branchesOf(
  join: NodeId,
  ordered: readonly GraphNode[],
  next: ReadonlyMap<NodeId, readonly GraphEdge[]>,
  edgesIntoJoin: number,
): NodeId[] {
  /** Of each node that cannot avoid the join: the edges by which it gets there. */
  const arrivals = new Map<NodeId, ReadonlySet<GraphEdge>>()
  for (const { id } of ordered.toReversed()) {
    if (id === join) continue
    const ways = next.get(id) ?? []
    const reached = ways.map((edge) => (edge.to === join ? new Set([edge]) : arrivals.get(edge.to)))
    if (ways.length === 0 || reached.includes(undefined)) continue
    arrivals.set(id, new Set(reached.flatMap((edges) => [...(edges ?? [])])))
  }
  return [...arrivals].filter(([, edges]) => edges.size < edgesIntoJoin).map(([id]) => id)
}
