import type { ErrorClass, NodeId } from '@dure/contracts'
import { Value } from 'typebox/value'
import { type Graph, type GraphEdge, type GraphNode, NodePolicy } from '../graph/graph.ts'
import { inspectConfig } from '../graph/node-problems.ts'
import { type JoinRule, type NodeType, variantOf } from '../nodes/define.ts'
import { joinOfEachNode } from './regions.ts'

export interface RetryRule {
  readonly maxAttempts: number
  readonly backoff: 'exp' | 'fixed'
  readonly baseMs: number
  readonly maxMs: number
  readonly jitter: boolean
  readonly on: readonly ErrorClass[]
}

export interface PlannedNode {
  readonly id: NodeId
  /** Its configuration and policy have their defaults filled in. */
  readonly node: GraphNode
  readonly nodeType: NodeType
  readonly incoming: readonly GraphEdge[]
  readonly join: JoinRule | undefined
  /** The join that counts a failure of this node, instead of everything failing with it. */
  readonly countedBy: NodeId | undefined
  readonly effect: 'pure' | 'read' | 'write'
  /** Whether the outside world takes the same Idempotency-Key twice as once. */
  readonly idempotent: boolean
  readonly retry: RetryRule | undefined
  /** The nodes whose data it needs to begin. */
  readonly needs: readonly string[]
  readonly body: PlannedBody | undefined
  readonly finally: PlannedBody | undefined
}

/** A graph whose nodes stand in an order in which each comes after all before it. */
export interface PlannedBody {
  readonly nodes: readonly PlannedNode[]
  readonly byId: ReadonlyMap<NodeId, PlannedNode>
  /** Nothing follows them: what they give is what the body gives. */
  readonly sinks: readonly PlannedNode[]
}

/** A valid graph, ready to be run. */
export interface Plan {
  readonly root: PlannedBody
  /** Those inside of bodies included: ids are unique in a workflow. */
  readonly all: ReadonlyMap<NodeId, PlannedNode>
}

type NodeTypes = ReadonlyMap<string, NodeType>

/** @throws TypeError for a graph that `validateGraph` would refuse */
export function planOf(graph: Graph, nodeTypes: NodeTypes): Plan {
  const all = new Map<NodeId, PlannedNode>()
  return { root: planBody(graph, nodeTypes, all), all }
}

function planBody(graph: Graph, nodeTypes: NodeTypes, all: Map<NodeId, PlannedNode>): PlannedBody {
  const incoming = Map.groupBy(graph.edges, ({ to }) => to)
  const hasSuccessor = new Set(graph.edges.map(({ from }) => from))
  const ordered = inOrder(graph, incoming)
  const rules = new Map(ordered.map((node) => [node.id, joinRuleOf(node, nodeTypes)]))
  const countedBy = joinOfEachNode(ordered, graph.edges, rules)

  const nodes = ordered.map((node) => {
    const planned: PlannedNode = {
      ...planNode(node, nodeTypes),
      incoming: incoming.get(node.id) ?? [],
      join: rules.get(node.id),
      countedBy: countedBy.get(node.id),
      body: node.body && planBody(node.body, nodeTypes, all),
      finally: node.finally && planBody(node.finally, nodeTypes, all),
    }
    all.set(node.id, planned)
    return planned
  })
  return {
    nodes,
    byId: new Map(nodes.map((node) => [node.id, node])),
    sinks: nodes.filter(({ id }) => !hasSuccessor.has(id)),
  }
}

/** Kahn, "Topological sorting of large networks", CACM 1962; ties in the order of the author. */
function inOrder(graph: Graph, incoming: ReadonlyMap<NodeId, readonly GraphEdge[]>): GraphNode[] {
  // Notes say something to people and nothing to the engine.
  const waiting = new Map(
    graph.nodes.filter(({ type }) => type !== 'note').map((node) => [node.id, node]),
  )
  const ordered: GraphNode[] = []
  const done = new Set<NodeId>()
  while (waiting.size > 0) {
    const before = waiting.size
    for (const [id, node] of waiting) {
      if (!(incoming.get(id) ?? []).every(({ from }) => done.has(from))) continue
      ordered.push(node)
      done.add(id)
      waiting.delete(id)
    }
    if (waiting.size === before) throw new TypeError('The graph has a cycle')
  }
  return ordered
}

function typeOf(node: GraphNode, nodeTypes: NodeTypes): NodeType {
  const nodeType = nodeTypes.get(node.type)
  if (!nodeType) throw new TypeError(`No node type ${node.type}`)
  return nodeType
}

function configOf(node: GraphNode, nodeType: NodeType): GraphNode['config'] {
  // A clone: `Default` fills in what the author left out, in place.
  return Value.Default(nodeType.config, Value.Clone(node.config)) as GraphNode['config']
}

function joinRuleOf(node: GraphNode, nodeTypes: NodeTypes): JoinRule | undefined {
  const nodeType = typeOf(node, nodeTypes)
  return nodeType.kind === 'pure' ? nodeType.join?.(configOf(node, nodeType)) : undefined
}

function planNode(node: GraphNode, nodeTypes: NodeTypes) {
  const named = typeOf(node, nodeTypes)
  const config = configOf(node, named)
  const nodeType = variantOf(named, config)
  const policy = Value.Default(NodePolicy, Value.Clone(node.policy ?? {})) as NodePolicy
  const { references } = inspectConfig(nodeType, config, '')
  return {
    id: node.id,
    node: { ...node, config, policy },
    nodeType,
    effect: policy.effect ?? effectOf(nodeType, config),
    idempotent: isIdempotent(nodeType, config),
    retry: policy.retry && { ...policy.retry, on: policy.retry.on },
    needs: [...new Set(references.map(({ nodeId }) => nodeId))],
  }
}

function effectOf(nodeType: NodeType, config: GraphNode['config']): 'pure' | 'read' | 'write' {
  if (nodeType.kind === 'task') return nodeType.effect(config)
  return nodeType.kind === 'in-place' ? nodeType.effect : 'pure'
}

/** What is pure by nature does nothing to anybody, whatever it is declared to be. */
function isIdempotent(nodeType: NodeType, config: GraphNode['config']): boolean {
  if (nodeType.kind === 'task') return nodeType.idempotent?.(config) === true
  return nodeType.kind !== 'in-place' || nodeType.idempotent
}
