import type { FieldProblem } from '@dure/kernel'
import { ERROR, type JoinRule, type NodeType, portsOf, variantOf } from '../nodes/define.ts'
import { type GraphNode, NodePolicy } from './graph.ts'
import {
  type ExpressionFindings,
  type FoundExpression,
  inspectConfig,
  inspectExpressions,
} from './node-problems.ts'
import type { Region } from './regions.ts'

export type NodeTypes = ReadonlyMap<string, NodeType>

/** A node and what its type says about it. */
export interface Subject {
  readonly node: GraphNode
  readonly region: Region
  readonly pointer: string
  /** Absent when there is no such type. */
  readonly nodeType: NodeType | undefined
  /** With its defaults filled in; absent when it does not fit the type. */
  readonly config: Readonly<Record<string, unknown>> | undefined
  /** The ways out of it; absent when nobody can know them. */
  readonly ports: readonly string[] | undefined
  readonly join: JoinRule | undefined
  readonly expressions: readonly FoundExpression[]
}

/** Says something to people and nothing to the engine. */
const NOTE = 'note'

/** The nodes of a region in their order, notes left out, and what is wrong with each by itself. */
export function subjectsOf(region: Region, nodeTypes: NodeTypes) {
  const subjects: Subject[] = []
  const problems: FieldProblem[] = []
  for (const [index, node] of region.graph.nodes.entries()) {
    if (node.type === NOTE) continue
    const pointer = `${region.pointer}/nodes/${index}`
    const type = nodeTypes.get(node.type)
    if (!type) problems.push(unknownType(pointer, nodeTypes))
    const config = type && inspectConfig(type, node.config, `${pointer}/config`)
    const nodeType = type && config?.config ? variantOf(type, config.config) : type
    const policy = inspectPolicy(node, pointer)
    problems.push(...(config?.problems ?? []), ...policy.problems)
    subjects.push({
      ...{ node, region, pointer, nodeType, config: config?.config },
      ports: nodeType && waysOut(node, nodeType, config?.config),
      join: joinOf(nodeType, config?.config),
      expressions: [...(config?.expressions ?? []), ...policy.expressions],
    })
  }
  return { subjects, problems }
}

function inspectPolicy({ policy }: GraphNode, pointer: string): ExpressionFindings {
  return inspectExpressions(NodePolicy, policy, `${pointer}/policy`)
}

function waysOut(
  { policy }: GraphNode,
  nodeType: NodeType,
  config: Subject['config'],
): readonly string[] | undefined {
  if (typeof nodeType.ports === 'function' && config === undefined) return undefined
  const ports = portsOf(nodeType, config)
  return policy?.onError === 'branch' ? [...ports, ERROR] : ports
}

function joinOf(nodeType: NodeType | undefined, config: Subject['config']): JoinRule | undefined {
  if (nodeType?.kind !== 'pure' || config === undefined) return undefined
  return nodeType.join?.(config)
}

function unknownType(pointer: string, nodeTypes: NodeTypes): FieldProblem {
  const known = [...nodeTypes.keys()].join(', ')
  const message = `is not a node type: use one of ${known}`
  return { pointer: `${pointer}/type`, code: 'node.unknown-type', message }
}
