import type { RunEvent } from '@dure/contracts'
import type { DecisionContext } from '../run/decision.ts'
import { pathOf } from '../run/evolve.ts'
import type { PlannedNode } from '../run/plan.ts'

/** Something that came from outside: no decision can compute it. */
export interface Fact {
  /** Of a node; empty for the run itself. */
  readonly path: string
  readonly planned: PlannedNode | undefined
  readonly event: RunEvent
  /** Of a review that said that the write had happened: what came of it. */
  readonly output?: unknown
}

const OF_RUN = new Set<RunEvent['type']>([
  'run.started',
  'run.paused',
  'run.resumed',
  'run.retried',
  'run.signalled',
  'run.cancelled',
  'run.timed_out',
])

/** The facts among the events of one decision, in their order. The others followed from them. */
export function factsOf(
  commit: readonly RunEvent[],
  { plan }: Pick<DecisionContext, 'plan'>,
): Fact[] {
  return commit.flatMap((event, index): Fact[] => {
    if (OF_RUN.has(event.type)) return [{ path: '', planned: undefined, event }]
    if (!isOfNode(event) || followsAtOnce(commit[index - 1], event)) return []
    const planned = plan.all.get(event.nodeId)
    if (!planned || !comesFromOutside(event, planned)) return []
    const next = commit[index + 1]
    const output =
      event.type === 'node.reviewed' && next?.type === 'node.completed' ? next.data : undefined
    return [{ path: pathOf(event), planned, event, ...(output !== undefined && { output }) }]
  })
}

type NodeEvent = Exclude<
  Extract<RunEvent, { nodeId: string; path?: string }>,
  { type: 'run.responded' }
>

function isOfNode(event: RunEvent): event is NodeEvent {
  return !event.type.startsWith('run.')
}

/** A decision of people, or a failure, that leads to something for its node in the same breath. */
function followsAtOnce(before: RunEvent | undefined, event: NodeEvent): boolean {
  if (!before || !isOfNode(before) || pathOf(before) !== pathOf(event)) return false
  if (saysItHasNotHappened(before)) return false
  const leads = ['approval.decided', 'node.reviewed', 'node.retrying'].includes(before.type)
  return leads && !event.type.startsWith('approval.')
}

function comesFromOutside(event: NodeEvent, { nodeType, effect }: PlannedNode): boolean {
  switch (event.type) {
    case 'node.retrying':
    case 'node.needs-review':
    case 'node.reviewed':
    case 'approval.decided':
    case 'approval.escalated':
      return true
    case 'node.scheduled':
      return event.attempt > 1 || isVerification(event.request)
    case 'node.started':
      return event.kind !== 'body' && event.attempt > 1
    case 'node.completed':
      return event.signal === undefined && isExecuted(nodeType.kind, effect)
    case 'node.failed':
      return isExecuted(nodeType.kind, effect)
    default:
      return false
  }
}

function isExecuted(kind: PlannedNode['nodeType']['kind'], effect: PlannedNode['effect']): boolean {
  return kind !== 'container' && (kind !== 'pure' || effect !== 'pure')
}

export function isVerification(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'verify' in request
}

/** The answer to the question what became of a write; it is not recorded, only what it led to. */
export function saysItHasNotHappened(event: RunEvent): boolean {
  return event.type === 'node.retrying' && event.error.code === 'effect.not-happened'
}
