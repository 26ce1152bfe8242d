import type { NodeId } from '@dure/contracts'
import { isAstNode, usageOf } from '../graph/expression-usage.ts'
import { type Graph, type GraphNode, NodePolicy } from '../graph/graph.ts'
import { inspectConfig, inspectExpressions } from '../graph/node-problems.ts'
import { ERROR, type NodeType, OUT, portsOf } from '../nodes/define.ts'
import type { Plan } from '../run/plan.ts'

type NodeTypes = ReadonlyMap<string, NodeType>

/** What a node does to others and takes from them, its bodies included. */
export interface NodeFacts {
  /** The worst of it and all inside of it. */
  readonly effect: 'pure' | 'read' | 'write'
  readonly references: ReadonlySet<string>
  readonly touchesVars: boolean
  /** Whether it may be done at another time: it neither waits, nor answers, nor decides the way. */
  readonly isMovable: boolean
  /** What it gives depends on which edges lead into it. */
  readonly readsEdges: boolean
  /** It has one way out, and the run goes on by it or not at all. */
  readonly hasOneWay: boolean
}

const READS_EDGES = new Set(['join', 'merge'])
/** Those that mean something by where they stand, or tell somebody outside. */
const STAYS = new Set(['start', 'end', 'respond', 'set_variable', 'break', 'continue'])

export function factsOf(plan: Plan, nodeTypes: NodeTypes): ReadonlyMap<NodeId, NodeFacts> {
  return new Map([...plan.all].map(([id, { node }]) => [id, factsOfNode(node, plan, nodeTypes)]))
}

function factsOfNode(node: GraphNode, plan: Plan, nodeTypes: NodeTypes): NodeFacts {
  const within = [node.body, node.finally].flatMap((body) => (body ? nodesIn(body) : []))
  const all = [node, ...within].filter(({ type }) => type !== 'note')
  const own = all.map((one) => expressionsOf(one, nodeTypes))
  const effects = all.map(({ id }) => plan.all.get(id)?.effect ?? 'write')
  const planned = plan.all.get(node.id)
  return {
    effect: effects.includes('write') ? 'write' : effects.includes('read') ? 'read' : 'pure',
    references: new Set(own.flatMap(({ references }) => [...references])),
    touchesVars:
      all.some(({ type }) => type === 'set_variable') || own.some(({ usesVars }) => usesVars),
    isMovable: all.every(({ type }) => canMove(type, nodeTypes)) && !planned?.countedBy,
    readsEdges: READS_EDGES.has(node.type),
    hasOneWay: hasOneWay(node, nodeTypes),
  }
}

function nodesIn(graph: Graph): GraphNode[] {
  return graph.nodes.flatMap((node) => [
    node,
    ...(node.body ? nodesIn(node.body) : []),
    ...(node.finally ? nodesIn(node.finally) : []),
  ])
}

function canMove(type: string, nodeTypes: NodeTypes): boolean {
  const kind = nodeTypes.get(type)?.kind
  return kind !== undefined && kind !== 'wait' && kind !== 'in-place' && !STAYS.has(type)
}

function hasOneWay(node: GraphNode, nodeTypes: NodeTypes): boolean {
  const nodeType = nodeTypes.get(node.type)
  if (!nodeType || node.policy?.onError === 'branch') return false
  const ports = portsOf(nodeType, node.config).filter((port) => port !== ERROR)
  return ports.length === 1 && ports[0] === OUT
}

function expressionsOf(node: GraphNode, nodeTypes: NodeTypes) {
  const nodeType = nodeTypes.get(node.type)
  const found = [
    ...(nodeType ? [inspectConfig(nodeType, node.config, '')] : []),
    inspectExpressions(NodePolicy, node.policy ?? {}, ''),
  ]
  return {
    references: new Set(found.flatMap(({ references }) => references.map(({ nodeId }) => nodeId))),
    usesVars: found.some(({ expressions }) =>
      expressions.some(({ source }) => namesRoot(usageOf(source).tree, (root) => root === 'vars')),
    ),
  }
}

/** Whether the value of every expression of the node is the same whatever happens. */
export function isConstant(node: GraphNode, nodeType: NodeType): boolean {
  const { expressions, references } = inspectConfig(nodeType, node.config, '')
  return (
    expressions.length > 0 &&
    references.length === 0 &&
    expressions.every(({ source }) => !namesRoot(usageOf(source).tree, () => true))
  )
}

/** Names that a macro binds count, too: better to take a constant for none than the other way round. */
function namesRoot(tree: unknown, isMeant: (root: string) => boolean): boolean {
  if (Array.isArray(tree)) return tree.some((child) => namesRoot(child, isMeant))
  if (!isAstNode(tree)) return false
  if (tree.op === 'id' && typeof tree.args === 'string') return isMeant(tree.args)
  return namesRoot(tree.args, isMeant)
}
