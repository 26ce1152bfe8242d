import { type FieldProblem, type GuardrailRule, guardrailProblems } from '@dure/kernel'
import type { Findings } from './policy-problems.ts'
import type { Subject } from './subjects.ts'

/** Rules of single node types that no schema can say. */
export function nodeRuleFindings(
  subjects: readonly Subject[],
  workflowId: string | undefined,
): Findings {
  return {
    problems: subjects.flatMap((subject) => [
      ...joinProblems(subject),
      ...callsItself(subject, workflowId),
      ...uncheckable(subject),
    ]),
    warnings: subjects.flatMap((subject) => [
      ...unusedCount(subject),
      ...endlessLoop(subject, subjects),
    ]),
  }
}

function joinProblems({ node, join, region, pointer, config }: Subject): FieldProblem[] {
  if (join?.mode !== 'n') return []
  const ways = region.graph.edges.filter(({ to }) => to === node.id).length
  if (join.n >= 1 && join.n <= ways) return []
  return [
    {
      pointer: `${pointer}/config/${config && 'n' in config ? 'n' : 'mode'}`,
      code: 'join.n-out-of-range',
      message: `asks for ${join.n} of ${ways} branches`,
    },
  ]
}

function unusedCount({ node, join, pointer }: Subject): FieldProblem[] {
  if (join === undefined || join.mode === 'n' || !Object.hasOwn(node.config, 'n')) return []
  const message = `is never used: the mode is ${join.mode}`
  return [{ pointer: `${pointer}/config/n`, code: 'join.n-unused', message }]
}

/** Every call would make one more, until the depth of runs is used up. */
function callsItself({ node, pointer }: Subject, workflowId: string | undefined): FieldProblem[] {
  if (node.type !== 'subworkflow' || workflowId === undefined) return []
  if (node.config.workflowId !== workflowId) return []
  const message = 'is the workflow that this node stands in: it would call itself for ever'
  const code = 'workflow.calls-itself'
  return [{ pointer: `${pointer}/config/workflowId`, code, message }]
}

/** The form of its rules was checked: that is what makes this cast true. */
function uncheckable({ node, config, pointer }: Subject): FieldProblem[] {
  if (node.type !== 'guardrail' || config === undefined) return []
  const problems = guardrailProblems(config.rules as GuardrailRule[], `${pointer}/config/rules`)
  return problems.map((problem) => ({ ...problem, code: 'node.invalid-config' }))
}

function endlessLoop(loop: Subject, subjects: readonly Subject[]): FieldProblem[] {
  const { nodeType, config, pointer } = loop
  if (nodeType?.kind !== 'container' || nodeType.container !== 'loop') return []
  const canLeave = subjects.some(
    ({ node, region }) => node.type === 'break' && region.container?.node === loop.node,
  )
  if (config?.while !== undefined || config?.breakOn !== undefined || canLeave) return []
  const message = 'has neither `while` nor `breakOn`: only `maxIterations` ends it'
  return [{ pointer: `${pointer}/config`, code: 'loop.unbounded', message }]
}
