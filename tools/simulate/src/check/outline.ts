import type { Graph, GraphEdge, GraphNode } from '@dure/engine'

/** A node, and where in the workflow it stands. */
export interface OutlineNode {
  readonly node: GraphNode
  readonly incoming: readonly GraphEdge[]
  readonly outgoing: readonly GraphEdge[]
  /** The id of the node whose body it is part of; undefined at the top. */
  readonly container: string | undefined
  readonly part: 'body' | 'finally'
}

/** All nodes of a workflow, those of bodies included, by id. */
export type Outline = ReadonlyMap<string, OutlineNode>

export function outlineOf(graph: Graph): Outline {
  const outline = new Map<string, OutlineNode>()
  add(graph, undefined, 'body')
  return outline

  function add({ nodes, edges }: Graph, container: string | undefined, part: 'body' | 'finally') {
    for (const node of nodes) {
      outline.set(node.id, {
        node,
        incoming: edges.filter(({ to }) => to === node.id),
        outgoing: edges.filter(({ from }) => from === node.id),
        container,
        part,
      })
      if (node.body) add(node.body, node.id, 'body')
      if (node.finally) add(node.finally, node.id, 'finally')
    }
  }
}

/** The path of the scope that a node stands in: `a[3]` of `a[3]/b`, empty at the top. */
export function scopeOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** Of a scope: the container whose iteration it is, and which one. */
export function iterationOf(scope: string): { readonly container: string; readonly index: number } {
  const bracket = scope.lastIndexOf('[')
  return { container: scope.slice(0, bracket), index: Number(scope.slice(bracket + 1, -1)) }
}

/** What is wrong with the place that a path says its node has. */
export function placeProblem(outline: Outline, path: string, nodeId: string): string | undefined {
  const known = outline.get(nodeId)
  if (!known) return `${path} names a node that the workflow does not have`
  const scope = scopeOf(path)
  if (path !== (scope === '' ? nodeId : `${scope}/${nodeId}`)) return `${path} is not of ${nodeId}`
  if (scope === '') {
    return known.container === undefined ? undefined : `${path} stands in the body of a node`
  }
  const { container, index } = iterationOf(scope)
  const containerId = container.slice(container.lastIndexOf('/') + 1)
  if (known.container !== containerId) return `${path} is not part of ${containerId}`
  if (outline.get(containerId)?.node.type === 'try') {
    const part = index === 0 ? 'body' : 'finally'
    if (known.part !== part || index > 1) return `${path} is not in the ${part} of ${containerId}`
  }
  return placeProblem(outline, container, containerId)
}
