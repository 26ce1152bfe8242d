import type { NodeId } from '@dure/contracts'
import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import { escapePointer } from './node-problems.ts'

interface NodeChange {
  readonly id: NodeId
  /** What differs: pointers into the node, such as `/config/prompt`; `/in` when it has moved. */
  readonly fields: readonly string[]
}

/** Where a node or an edge stands: null at the top, else such as `each/body`. */
type Place = string | null

interface PlacedNode {
  readonly id: NodeId
  readonly type: string
  readonly in: Place
}

interface PlacedEdge extends GraphEdge {
  readonly in: Place
}

export interface GraphDiff {
  readonly nodes: {
    readonly added: readonly PlacedNode[]
    readonly removed: readonly PlacedNode[]
    readonly changed: readonly NodeChange[]
  }
  readonly edges: { readonly added: readonly PlacedEdge[]; readonly removed: readonly PlacedEdge[] }
}

/**
 * What became of a graph. Nodes are the same when their ids are, wherever they stand; what only stands in
 * another order is no difference.
 */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const [old, now] = [flatten(before), flatten(after)]
  return {
    nodes: {
      added: nodesOnlyIn(now, old),
      removed: nodesOnlyIn(old, now),
      changed: [...now.nodes].flatMap(([id, placed]) => {
        const previous = old.nodes.get(id)
        const fields = previous ? changedFields(previous, placed) : []
        return fields.length === 0 ? [] : [{ id: placed.node.id, fields }]
      }),
    },
    edges: { added: edgesOnlyIn(now, old), removed: edgesOnlyIn(old, now) },
  }
}

interface Flat {
  readonly nodes: Map<string, { readonly node: GraphNode; readonly in: Place }>
  readonly edges: Map<string, PlacedEdge>
}

function flatten(graph: Graph): Flat {
  const flat: Flat = { nodes: new Map(), edges: new Map() }
  add(graph, null)
  return flat

  function add({ nodes, edges }: Graph, place: Place): void {
    for (const edge of edges) {
      flat.edges.set(`${place} ${edge.from} ${edge.port} ${edge.to}`, { ...edge, in: place })
    }
    for (const node of nodes) {
      flat.nodes.set(node.id, { node, in: place })
      if (node.body) add(node.body, `${node.id}/body`)
      if (node.finally) add(node.finally, `${node.id}/finally`)
    }
  }
}

function nodesOnlyIn(one: Flat, other: Flat): PlacedNode[] {
  return [...one.nodes.values()]
    .filter(({ node }) => !other.nodes.has(node.id))
    .map((placed) => ({ id: placed.node.id, type: placed.node.type, in: placed.in }))
}

function edgesOnlyIn(one: Flat, other: Flat): PlacedEdge[] {
  return [...one.edges].filter(([key]) => !other.edges.has(key)).map(([, edge]) => edge)
}

type Placed = { readonly node: GraphNode; readonly in: Place }

function changedFields(before: Placed, after: Placed): string[] {
  // What stands in bodies is compared node by node; here it counts whether there is one.
  const outline = ({ body, finally: last, ...own }: GraphNode) => ({
    ...own,
    ...(body && { body: true }),
    ...(last && { finally: true }),
  })
  const moved = before.in === after.in ? [] : ['/in']
  return [...moved, ...differences(outline(before.node), outline(after.node), '')]
}

/** The deepest places at which two JSON values differ. */
function differences(before: unknown, after: unknown, pointer: string): string[] {
  if (Object.is(before, after)) return []
  const areAlike = isObject(before) && isObject(after)
  if (!areAlike || Array.isArray(before) !== Array.isArray(after)) return [pointer]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) =>
    differences(ownValue(before, key), ownValue(after, key), `${pointer}/${escapePointer(key)}`),
  )
}

function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
