import type { NodeId } from '@dure/contracts'
import type { Graph, GraphEdge } from '../graph/graph.ts'
import { OUT } from '../nodes/define.ts'
import { distinct, type GraphEdit, keyOfEdge, NO_EDIT } from './edit.ts'
import type { NodeFacts } from './facts.ts'

type Facts = ReadonlyMap<NodeId, NodeFacts>

export interface Release {
  readonly edit: GraphEdit
  /** Nodes with an effect that need not wait for it any more. */
  readonly released: readonly NodeId[]
}

/**
 * Lets everything that follows a node, and needs nothing of it, run beside it: an edge from the node to
 * what follows is replaced by the edges into the node, and what comes after waits for both. So each node
 * still runs in the same cases as before; the rewriting is that of Bernstein, "Analysis of Programs for
 * Parallel Processing" (1966), whose conditions hold as neither of the two writes anything.
 *
 * @param region the graph or body that the node stands in
 * @returns undefined when nothing with an effect becomes free
 */
export function releaseFrom(region: Graph, node: NodeId, facts: Facts): Release | undefined {
  const own = facts.get(node)
  if (own?.effect !== 'read' || !canMove(own)) return undefined
  let edges: readonly GraphEdge[] = region.edges
  const released: NodeId[] = []
  const open = targetsOf(edges, node)
  const seen = new Set(open)
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const its = facts.get(next)
    if (!its || its.effect === 'write' || !canMove(its) || its.references.has(node)) continue
    const freed = release(edges, node, next, facts)
    if (!freed) continue
    edges = freed
    if (its.effect === 'read') released.push(next)
    for (const follower of targetsOf(edges, node)) {
      if (!seen.has(follower)) open.push(follower)
      seen.add(follower)
    }
  }
  return released.length > 0 ? { edit: editBetween(region.edges, edges), released } : undefined
}

function canMove({ isMovable, hasOneWay, touchesVars, readsEdges }: NodeFacts): boolean {
  return isMovable && hasOneWay && !touchesVars && !readsEdges
}

function targetsOf(edges: readonly GraphEdge[], from: NodeId): NodeId[] {
  return [...new Set(edges.filter((edge) => edge.from === from).map(({ to }) => to))]
}

/** @returns undefined when what the second gives would reach something in another way */
function release(
  edges: readonly GraphEdge[],
  first: NodeId,
  second: NodeId,
  facts: Facts,
): GraphEdge[] | undefined {
  const into = edges.filter(({ to }) => to === first)
  const others = edges.filter(({ from, to }) => to === second && from !== first)
  const followers = targetsOf(edges, second)
  // A node without edges into it begins with its body; with some, it begins when one of them is live.
  if (into.length === 0 && others.length > 0) return undefined
  // What nothing follows is part of the result of its body.
  if (followers.length === 0) return undefined
  if (followers.some((id) => facts.get(id)?.readsEdges !== false)) return undefined
  return distinct([
    ...edges.filter(({ from, to }) => from !== first || to !== second),
    ...into.map((edge) => ({ ...edge, to: second })),
    ...followers.map((to) => ({ from: first, port: OUT, to })),
  ])
}

function editBetween(before: readonly GraphEdge[], after: readonly GraphEdge[]): GraphEdit {
  const [old, kept] = [new Set(before.map(keyOfEdge)), new Set(after.map(keyOfEdge))]
  return {
    ...NO_EDIT,
    removeEdges: before.filter((edge) => !kept.has(keyOfEdge(edge))),
    addEdges: after.filter((edge) => !old.has(keyOfEdge(edge))),
  }
}
