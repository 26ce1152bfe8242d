import type { RunEventOf, TaskError } from '@dure/contracts'
import type { Evaluation } from '../nodes/define.ts'
import { payloadOf } from '../run/approvals.ts'
import type { RunCommand } from '../run/command.ts'
import { contentOf, Decision, type DecisionContext } from '../run/decision.ts'
import { approvalHash } from '../run/start-node.ts'
import { isTerminal, type NodeState, nodeAt, type RunState } from '../run/state.ts'
import { type Fact, isVerification, saysItHasNotHappened } from './facts.ts'
import { feedOfRun } from './feed-of-run.ts'

/** How a fact is told to a run that is decided again. Nothing of it: the run knows it already. */
export interface Feed {
  readonly command?: RunCommand
  /** The moment that this node waits for has come. */
  readonly timer?: { readonly path: string; readonly dueAt: number }
  /** Recorded as it is, because what it followed from was not. */
  readonly given?: Fact['event']
  /** Not together with others: it depends on what time it is. */
  readonly alone?: boolean
}

export interface Replaying {
  readonly state: RunState
  readonly context: DecisionContext
  /** What nodes that are pure by nature came to, when they were begun. */
  readonly evaluations: Map<string, Evaluation>
}

/** @returns undefined when the node has not come that far */
export function feedOf(fact: Fact, replaying: Replaying): Feed | undefined {
  const { event, path } = fact
  if (path === '') return feedOfRun(event, replaying)
  const node = nodeAt(replaying.state, path)
  if (!node) return undefined
  if (isTerminal(node)) return {}
  switch (event.type) {
    case 'node.completed':
      return completion(fact, event, node, replaying)
    case 'node.failed':
      return failure(path, node, event)
    case 'node.retrying':
      if (isOver(node, event)) return {}
      if (node.verifying && saysItHasNotHappened(event)) return { given: event }
      return failed(path, node, event.error)
    case 'node.scheduled':
    case 'node.started':
      return nextAttempt(path, node, event)
    case 'node.needs-review':
      return doubt(path, node, event.error)
    case 'node.reviewed':
      return node.status === 'review' ? review(fact, event, replaying) : undefined
    case 'approval.decided':
      return vote(path, event, node, replaying)
    case 'approval.escalated':
      return escalation(path, node)
    default:
      return {}
  }
}

const isUnderWay = ({ status }: NodeState) => status === 'scheduled' || status === 'started'

/** The node is at a later attempt than the one that this is about. */
function isOver(node: NodeState, { attempt }: { readonly attempt?: number | undefined }): boolean {
  return attempt !== undefined && (node.attempt > attempt || !isUnderWay(node))
}

function completion(
  { path, planned }: Fact,
  event: RunEventOf<'node.completed'>,
  node: NodeState,
  { context, evaluations }: Replaying,
): Feed | undefined {
  if (!isUnderWay(node)) return undefined
  const data = contentOf(event.data, context)
  const { attempt } = node
  if (planned?.nodeType.kind === 'pure') {
    const { port, vars } = event
    const evaluation = evaluations.get(path) ?? { port, data, ...(vars && { vars }) }
    return { command: { type: 'run.finish-in-place', path, attempt, evaluation } }
  }
  if (node.kind === 'timer') return { timer: { path, dueAt: untilOf(data) } }
  if (node.kind === 'approval') return expiry(path, node)
  if (node.kind === 'event') {
    if (event.port === 'timeout') return { timer: { path, dueAt: 0 } }
    return { command: { type: 'run.deliver-event', path, payload: data } }
  }
  const { usage, cached, durationMs = 0 } = event
  const more = { ...(usage && { usage }), ...(cached && { cached }) }
  const outcome = { status: 'succeeded', output: data, durationMs, ...more } as const
  return { command: { type: 'run.finish-task', path, attempt, outcome } }
}

/** A delay says until when it was. */
function untilOf(data: unknown): number {
  const until = typeof data === 'object' && data !== null && 'until' in data ? data.until : ''
  const moment = Date.parse(String(until))
  return Number.isNaN(moment) ? 0 : moment
}

function expiry(path: string, { request }: NodeState): Feed {
  const dueAt = request?.kind === 'approval' ? request.dueAt : null
  return dueAt === null ? {} : { timer: { path, dueAt }, alone: true }
}

function escalation(path: string, { request, escalations = 0 }: NodeState): Feed {
  const next = request?.kind === 'approval' ? request.escalate[escalations] : undefined
  return next ? { timer: { path, dueAt: next.dueAt }, alone: true } : {}
}

function failure(
  path: string,
  node: NodeState,
  event: RunEventOf<'node.failed'>,
): Feed | undefined {
  // The next attempt could not be begun: that follows from the data, once it is tried.
  if (node.status === 'retrying') return { timer: { path, dueAt: 0 } }
  if (isOver(node, event)) return {}
  return failed(path, node, event.error)
}

function failed(path: string, node: NodeState, error: TaskError): Feed | undefined {
  if (!isUnderWay(node) || node.kind === 'body') return undefined
  const { attempt } = node
  const outcome = { status: 'failed', error } as const
  return { command: { type: 'run.finish-task', path, attempt, outcome } }
}

/** A failure that people had to look at: the error may be that of asking, not that of the write. */
function doubt(path: string, node: NodeState, error: TaskError): Feed | undefined {
  if (node.status === 'review') return {}
  if (node.status === 'retrying') return { timer: { path, dueAt: 0 } }
  const says = error.class === 'unknown-outcome' || error.class === 'interrupted'
  const told = node.verifying || says ? error : { ...error, class: 'unknown-outcome' as const }
  return failed(path, node, told)
}

const UNKNOWN: TaskError = {
  code: 'effect.outcome-unknown',
  class: 'unknown-outcome',
  message: 'The outcome of the write was not known',
}

function nextAttempt(
  path: string,
  node: NodeState,
  event: RunEventOf<'node.scheduled'> | RunEventOf<'node.started'>,
): Feed | undefined {
  if (node.attempt >= event.attempt) return {}
  if (node.status === 'retrying') return { timer: { path, dueAt: 0 } }
  if (node.verifying) return { given: event }
  if ('request' in event && isVerification(event.request)) return failed(path, node, UNKNOWN)
  return undefined
}

function review(
  { path, output }: Fact,
  { resolution, by, note }: RunEventOf<'node.reviewed'>,
  { context }: Replaying,
): Feed {
  const more = { by, ...(note !== undefined && { note }), output: contentOf(output, context) }
  return { command: { type: 'run.resolve-effect', path, resolution, ...more } }
}

/** A vote counts as one for what is asked now, whatever it was asked then: that is compared anyway. */
function vote(
  path: string,
  { decision, by, comment, edit }: RunEventOf<'approval.decided'>,
  node: NodeState,
  { state, context }: Replaying,
): Feed | undefined {
  const { request } = node
  if (request?.kind !== 'approval') return undefined
  const hash = approvalHash(new Decision(state, context), path, payloadOf(node, request))
  const as = [...request.assignees, ...request.escalate.flatMap(({ to }) => to)]
  const more = { ...(comment !== undefined && { comment }), ...(edit !== undefined && { edit }) }
  return { command: { type: 'run.decide-approval', path, decision, by, as, hash, ...more } }
}
