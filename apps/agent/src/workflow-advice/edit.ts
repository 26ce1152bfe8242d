import { type Graph, GraphEdge, GraphNode } from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import { type Static, Type } from 'typebox'

const ids = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100, default: [] })
const Edges = Type.Array(GraphEdge, { maxItems: 300, default: [] })

/** A change of the graph at the top; what stands in a body is changed with the node that has the body. */
const Edit = Type.Object({
  setNodes: Type.Array(GraphNode, { maxItems: 50, default: [] }),
  removeNodes: ids,
  removeEdges: Edges,
  addEdges: Edges,
})
type Edit = Static<typeof Edit>

export const PROPOSAL_KINDS = [
  'merge-calls',
  'parallelise',
  'cheaper-model',
  'cache',
  'shorten-prompt',
  'simplify',
] as const

const Text = Type.String({ minLength: 1, maxLength: 2000 })

export const Proposal = Type.Object({
  kind: Type.Enum(PROPOSAL_KINDS),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  why: Text,
  edit: Edit,
})
export type Proposal = Static<typeof Proposal>

/** The graph with a change; edges go with the nodes that they lead from or to. */
export function applyEdit(graph: Graph, edit: Edit): Graph {
  const removed = new Set<string>(edit.removeNodes)
  const set = new Map(edit.setNodes.map((node) => [node.id, node]))
  const dropped = new Set(edit.removeEdges.map(keyOf))
  const kept = graph.nodes.filter(({ id }) => !removed.has(id))
  const here = new Set(kept.map(({ id }) => id))
  const edges = [...graph.edges.filter((edge) => !dropped.has(keyOf(edge))), ...edit.addEdges]
  return {
    nodes: [
      ...kept.map((node) => set.get(node.id) ?? node),
      ...edit.setNodes.filter(({ id }) => !here.has(id)),
    ],
    edges: [...new Map(edges.map((edge) => [keyOf(edge), edge])).values()].filter(
      ({ from, to }) => !removed.has(from) && !removed.has(to),
    ),
  } as Graph
}

/** What it names and is not there. */
export function editProblems(graph: Graph, edit: Edit): FieldProblem[] {
  const ids = new Set<string>(graph.nodes.map(({ id }) => id))
  const edges = new Set(graph.edges.map(keyOf))
  return [
    ...edit.removeNodes.flatMap((id, index) =>
      ids.has(id) ? [] : [unknown(`#/edit/removeNodes/${index}`, `the graph has no node ${id}`)],
    ),
    ...edit.removeEdges.flatMap((edge, index) =>
      edges.has(keyOf(edge))
        ? []
        : [unknown(`#/edit/removeEdges/${index}`, 'there is no such edge')],
    ),
  ]
}

function unknown(pointer: string, message: string): FieldProblem {
  return { pointer, message }
}

function keyOf({ from, port = 'out', to }: GraphEdge): string {
  return `${from} ${port} ${to}`
}
