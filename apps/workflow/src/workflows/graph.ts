import { NodeId } from '@dure/contracts'
import { type Static, Type } from 'typebox'

export const GraphNode = Type.Object(
  {
    id: NodeId,
    type: Type.String({ maxLength: 64, examples: ['retrieve'] }),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    config: Type.Record(Type.String(), Type.Unknown(), { default: {} }),
    policy: Type.Optional(
      Type.Object(
        {
          timeoutMs: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 600_000,
              description: 'How long one execution may take',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, $id: 'GraphNode' },
)
export type GraphNode = Static<typeof GraphNode>

export const GraphEdge = Type.Object(
  {
    from: NodeId,
    port: Type.String({
      maxLength: 64,
      default: 'out',
      description: 'The way out of `from` that this edge takes',
    }),
    to: NodeId,
  },
  { additionalProperties: false, $id: 'GraphEdge' },
)
export type GraphEdge = Static<typeof GraphEdge>

/** What a workflow does: nodes, and the edges that say what follows what. */
export const Graph = Type.Object(
  {
    nodes: Type.Array(GraphNode, { minItems: 1, maxItems: 100 }),
    edges: Type.Array(GraphEdge, { maxItems: 300 }),
  },
  { additionalProperties: false, $id: 'Graph' },
)
export type Graph = Static<typeof Graph>

/** For each node, the nodes from which a path leads to it. Nodes on a cycle precede themselves. */
export function ancestors({ nodes, edges }: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const parents = Map.groupBy(edges, ({ to }) => to as string)
  const found = new Map<string, ReadonlySet<string>>()
  for (const { id } of nodes) {
    const seen = new Set<string>()
    const open = [id as string]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { from } of parents.get(at) ?? []) {
        if (seen.has(from)) continue
        seen.add(from)
        open.push(from)
      }
    }
    found.set(id, seen)
  }
  return found
}
