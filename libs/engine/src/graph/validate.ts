import type { FieldProblem } from '@dure/kernel'
import { costUpperBound } from './cost.ts'
import { flowOf } from './flow.ts'
import type { Graph } from './graph.ts'
import { nodeRuleFindings } from './node-rules.ts'
import { inspectPolicyRules } from './policy-problems.ts'
import { inspectReferences } from './reference-problems.ts'
import { regionsOf } from './regions.ts'
import { duplicateIds, type Layout, structureProblems, structureWarnings } from './structure.ts'
import { type NodeTypes, type Subject, subjectsOf } from './subjects.ts'

export interface GraphValidation {
  /** Empty: a run of it can start, and every expression names only nodes that come before. */
  readonly problems: readonly FieldProblem[]
  /** What can run, and will probably not do what its author wants. */
  readonly warnings: readonly FieldProblem[]
  /** What a run can cost at the most, in micro-dollars; null when there is no bound. */
  readonly costUpperBoundMicroUsd: number | null
}

/** Where a graph stands. */
interface GraphPlace {
  /** The pointer under which it stands in the request, such as `#/graph`. */
  readonly base: string
  /** The workflow that it belongs to, when there is one already. */
  readonly workflowId?: string
}

/**
 * Everything that is wrong with a graph and the bodies in it, in one answer, each with a pointer.
 *
 * @param graph of the right shape at the top; the shape of its bodies is checked here
 * @param place or only the pointer
 */
export function validateGraph(
  graph: Graph,
  nodeTypes: NodeTypes,
  place: string | GraphPlace,
): GraphValidation {
  const { base, workflowId } = typeof place === 'string' ? { base: place } : place
  const { regions, problems } = regionsOf(graph, base)
  const ofNodes: FieldProblem[] = []
  const layouts = regions.map((region): Layout => {
    const found = subjectsOf(region, nodeTypes)
    ofNodes.push(...found.problems)
    const { subjects } = found
    return { region, subjects, flow: flowOf(subjects, region.graph.edges) }
  })
  const subjects: Subject[] = layouts.flatMap((layout) => layout.subjects)
  const policies = subjects.map(inspectPolicyRules)
  const rules = nodeRuleFindings(subjects, workflowId)
  const references = inspectReferences(layouts)
  return {
    problems: [
      ...problems,
      ...ofNodes,
      ...duplicateIds(subjects),
      ...layouts.flatMap(structureProblems),
      ...rules.problems,
      ...policies.flatMap((found) => found.problems),
      ...references.problems,
    ],
    warnings: [
      ...layouts.flatMap(structureWarnings),
      ...rules.warnings,
      ...policies.flatMap((found) => found.warnings),
      ...references.warnings,
    ],
    costUpperBoundMicroUsd: costUpperBound(layouts),
  }
}
