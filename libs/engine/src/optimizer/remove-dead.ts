import type { NodeId } from '@dure/contracts'
import type { Graph, GraphEdge, GraphNode } from '../graph/graph.ts'
import { type NodeType, portsOf } from '../nodes/define.ts'
import type { Plan } from '../run/plan.ts'
import { type GraphEdit, NO_EDIT } from './edit.ts'
import { isConstant, type NodeFacts } from './facts.ts'

type Facts = ReadonlyMap<NodeId, NodeFacts>

/** The way that a node with several takes every time, because nothing that it asks can change. */
export function constantPort(node: GraphNode, plan: Plan): string | undefined {
  const planned = plan.all.get(node.id)
  if (planned?.nodeType.kind !== 'pure' || planned.effect !== 'pure' || planned.join)
    return undefined
  const { nodeType } = planned
  const { config } = planned.node
  if (portsOf(nodeType as NodeType, config).length < 2 || !isConstant(node, nodeType as NodeType)) {
    return undefined
  }
  try {
    return nodeType.evaluate(config, { input: null, nodes: {} }, []).port
  } catch {
    // It fails every time, which is a thing of its own.
    return undefined
  }
}

/**
 * Removes the ways that a node never takes, and what is reached by no other.
 *
 * @returns undefined when it takes all that there are
 */
export function withoutDeadWays(region: Graph, node: NodeId, port: string): GraphEdit | undefined {
  const dead = region.edges.filter((edge) => edge.from === node && edge.port !== port)
  if (dead.length === 0) return undefined
  const edges = region.edges.filter((edge) => !dead.includes(edge))
  const hadIncoming = new Set(region.edges.map(({ to }) => to))
  const reached = new Set(region.nodes.map(({ id }) => id).filter((id) => !hadIncoming.has(id)))
  // Grows while it is gone through.
  for (const id of reached) for (const { from, to } of edges) if (from === id) reached.add(to)
  const removeNodes = region.nodes.map(({ id }) => id).filter((id) => !reached.has(id))
  return { ...NO_EDIT, removeNodes, removeEdges: dead }
}

export interface Surroundings {
  readonly facts: Facts
  /** Ids of nodes that any expression of the workflow names. */
  readonly references: ReadonlySet<string>
  /** The way that the node takes every time, when it has several. */
  readonly port: string | undefined
}

/**
 * Removes a node whose data nobody reads; what came before it leads to what follows it.
 *
 * @returns undefined when the graph would mean something else without it
 */
export function withoutUnused(
  region: Graph,
  node: NodeId,
  { facts, references, port }: Surroundings,
): GraphEdit | undefined {
  const own = facts.get(node)
  if (!own || references.has(node) || own.effect === 'write') return undefined
  if (!own.isMovable || own.touchesVars || own.readsEdges) return undefined
  const into = region.edges.filter(({ to }) => to === node)
  const out = region.edges.filter(({ from }) => from === node)
  const goesOn = own.hasOneWay || (port !== undefined && out.every((edge) => edge.port === port))
  const isOnlyWay = ({ to }: GraphEdge) =>
    region.edges.filter((edge) => edge.to === to).length === 1
  if (!goesOn || out.length === 0) return undefined
  if (out.some(({ to }) => facts.get(to)?.readsEdges !== false)) return undefined
  if (into.length === 0 && !out.every(isOnlyWay)) return undefined
  const addEdges = into.flatMap((edge) => out.map(({ to }) => ({ ...edge, to })))
  return { ...NO_EDIT, removeNodes: [node], addEdges }
}
