import type { NodeType } from '../nodes/define.ts'
import { isAstNode, usageOf } from './expression-usage.ts'
import { type Graph, type GraphNode, NodePolicy } from './graph.ts'
import { inspectConfig, inspectExpressions } from './node-problems.ts'

/** Which variables a run of a graph may read: names, or all when an expression computes the name. */
export type NamedVariables = ReadonlySet<string> | 'all'

/** Looked up by name in every expression of a graph, bodies included, and in what changes a variable. */
export function variablesNamedIn(
  graph: Pick<Graph, 'nodes'>,
  nodeTypes: ReadonlyMap<string, NodeType>,
): NamedVariables {
  const names = new Set<string>()
  const isAll = nodesIn(graph).some((node) => {
    if (node.type === 'set_variable') names.add(String(node.config.name))
    return sourcesIn(node, nodeTypes).some((source) => addNames(usageOf(source).tree, names))
  })
  return isAll ? 'all' : names
}

function nodesIn({ nodes }: Pick<Graph, 'nodes'>): GraphNode[] {
  return nodes.flatMap((node) => [
    node,
    ...(node.body ? nodesIn(node.body) : []),
    ...(node.finally ? nodesIn(node.finally) : []),
  ])
}

function sourcesIn(node: GraphNode, nodeTypes: ReadonlyMap<string, NodeType>): string[] {
  const nodeType = nodeTypes.get(node.type)
  return [
    ...(nodeType ? inspectConfig(nodeType, node.config, '').expressions : []),
    ...inspectExpressions(NodePolicy, node.policy ?? {}, '').expressions,
  ].map(({ source }) => source)
}

/** @returns whether `vars` stands somewhere without a name after it */
function addNames(tree: unknown, names: Set<string>): boolean {
  if (Array.isArray(tree)) return tree.some((child) => addNames(child, names))
  if (!isAstNode(tree)) return false
  const { op, args } = tree
  if (op === 'id') return args === 'vars'
  if (op === '.' || op === '.?' || op === '[]' || op === '[?]') {
    const [object, key] = args
    if (object.op === 'id' && object.args === 'vars') {
      const name = typeof key === 'string' ? key : key.op === 'value' ? key.args : undefined
      if (typeof name !== 'string') return true
      names.add(name)
      return false
    }
  }
  return addNames(args, names)
}
