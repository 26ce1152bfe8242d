import type { NodeId } from '@dure/contracts'
import type { Graph, GraphEdge, GraphNode, NodePolicy } from '../graph/graph.ts'

/** A change of a graph, by the ids of its nodes, which are unique in it and its bodies. */
export interface GraphEdit {
  readonly removeNodes: readonly NodeId[]
  readonly removeEdges: readonly GraphEdge[]
  readonly addEdges: readonly GraphEdge[]
  /** The whole new policy of each of these nodes; undefined: none. */
  readonly policies: readonly { readonly nodeId: NodeId; readonly policy: NodePolicy | undefined }[]
}

export const NO_EDIT: GraphEdit = { removeNodes: [], removeEdges: [], addEdges: [], policies: [] }

/** Edges go with the nodes that they lead from or to. */
export function applyEdit(graph: Graph, edit: GraphEdit): Graph {
  const removed = new Set(edit.removeNodes)
  const dropped = new Set(edit.removeEdges.map(keyOfEdge))
  const policies = new Map(edit.policies.map(({ nodeId, policy }) => [nodeId, { policy }]))
  const isHere = new Set(graph.nodes.map(({ id }) => id))
  const added = edit.addEdges.filter(({ from }) => isHere.has(from))
  const edges = [...graph.edges.filter((edge) => !dropped.has(keyOfEdge(edge))), ...added]
  return {
    nodes: graph.nodes
      .filter(({ id }) => !removed.has(id))
      .map((node) => inside(withPolicy(node, policies.get(node.id)), edit)),
    edges: distinct(edges.filter(({ from, to }) => !removed.has(from) && !removed.has(to))),
  }
}

function inside(node: GraphNode, edit: GraphEdit): GraphNode {
  if (!node.body && !node.finally) return node
  return {
    ...node,
    ...(node.body && { body: applyEdit(node.body, edit) }),
    ...(node.finally && { finally: applyEdit(node.finally, edit) }),
  }
}

function withPolicy(
  node: GraphNode,
  change: { readonly policy: NodePolicy | undefined } | undefined,
): GraphNode {
  if (!change) return node
  const { policy: _, ...rest } = node
  return change.policy ? { ...rest, policy: change.policy } : rest
}

export function distinct(edges: readonly GraphEdge[]): GraphEdge[] {
  return [...new Map(edges.map((edge) => [keyOfEdge(edge), edge])).values()]
}

export function keyOfEdge({ from, port, to }: GraphEdge): string {
  return `${from} ${port} ${to}`
}

/** The graph at the top and all bodies, each with where it stands. */
export function regionsIn(
  graph: Graph,
  pointer: string,
): { readonly graph: Graph; readonly pointer: string; readonly isTop: boolean }[] {
  const bodies = (of: Graph, at: string): ReturnType<typeof regionsIn> =>
    of.nodes.flatMap((node, index) =>
      (['body', 'finally'] as const).flatMap((part) => {
        const body = node[part]
        const place = `${at}/nodes/${index}/${part}`
        return body ? [{ graph: body, pointer: place, isTop: false }, ...bodies(body, place)] : []
      }),
    )
  return [{ graph, pointer, isTop: true }, ...bodies(graph, pointer)]
}

/** Where a node stands, such as `#/graph/nodes/2`. */
export function pointerOf(graph: Graph, nodeId: string): string {
  for (const { graph: region, pointer } of regionsIn(graph, '#/graph')) {
    const index = region.nodes.findIndex(({ id }) => id === nodeId)
    if (index >= 0) return `${pointer}/nodes/${index}`
  }
  return '#/graph'
}
