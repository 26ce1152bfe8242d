import type { NodeId, WorkflowId } from '@dure/contracts'
import type { GraphEdge, GraphNode } from '@dure/engine'
import type { Random } from '../random.ts'

/** A way out of a node that nothing follows yet. */
export interface Exit {
  readonly from: string
  readonly port: string
}

/** A graph while it is made: that of the workflow, or of a body. */
export interface Draft {
  readonly nodes: GraphNode[]
  readonly edges: GraphEdge[]
}

/** What is known at the place where the next node goes. */
export interface Place {
  readonly random: Random
  /** Nodes that may still be made, of the whole workflow. */
  readonly budget: { left: number; made: number }
  readonly draft: Draft
  /** CEL expressions that give a number here, whatever was taken before. */
  readonly numbers: readonly string[]
  readonly depth: number
  /** Whether `break` and `continue` have a loop to leave. */
  readonly inLoop: boolean
  readonly callable: readonly WorkflowId[]
}

export type NodeParts = Omit<GraphNode, 'id'>

/** Adds a node behind these ways out. @returns its id */
export function add(place: Place, type: string, parts: Partial<NodeParts>, after: readonly Exit[]) {
  const { budget, draft } = place
  budget.left -= 1
  budget.made += 1
  const id = `${type}_${budget.made}` as NodeId
  draft.nodes.push({ config: {}, ...parts, id, type })
  for (const { from, port } of after) draft.edges.push({ from: from as NodeId, port, to: id })
  return id
}

export function emptyDraft(): Draft {
  return { nodes: [], edges: [] }
}

export function numberAt({ random, numbers }: Place): string {
  if (numbers.length === 0 || random.chance(0.1)) return String(random.int(0, 99))
  return random.pick(numbers)
}

/** True in about half of the cases. */
export function conditionAt(place: Place): string {
  return `${numberAt(place)} % ${place.random.int(2, 4)} == ${place.random.int(0, 1)}`
}
