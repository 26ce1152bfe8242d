import type { NodeId, TaskError } from '@dure/contracts'
import { storable } from './data.ts'
import { hasItsData } from './data-needs.ts'
import { type Decision, named, taskKeyOf } from './decision.ts'
import { jitterOf } from './jitter.ts'
import { scopeOfPath } from './path.ts'
import type { PlannedNode, RetryRule } from './plan.ts'
import { scheduleAttempt, scheduleVerification } from './schedule.ts'
import { nodeAt } from './state.ts'

export interface Failure {
  readonly path: string
  readonly planned: PlannedNode
  readonly attempt: number
  readonly error: TaskError
}

/** Executions that took their process down with them, after which a node is not executed again. */
const MAX_INTERRUPTIONS = 5

export function failRun(decision: Decision, error: TaskError, nodeId?: NodeId): void {
  decision.record({ type: 'run.failed', error, ...(nodeId && { nodeId }) })
}

/** One execution of a node has failed: it is tried again, put before people, or has failed for good. */
export function failAttempt(decision: Decision, failure: Failure): void {
  const { planned, error } = failure
  const unknown = error.class === 'unknown-outcome' || isInterruptedWrite(failure)
  if (unknown) {
    settleUnknown(decision, failure)
    return
  }
  if (error.class === 'interrupted' && executions(decision, failure) < MAX_INTERRUPTIONS) {
    retryAt(decision, failure, decision.context.now)
    return
  }
  const dueAt = retryTime(decision, failure, planned.retry)
  if (dueAt === undefined) failNode(decision, failure)
  else retryAt(decision, failure, dueAt)
}

function isInterruptedWrite({ planned, error }: Failure): boolean {
  return error.class === 'interrupted' && planned.effect === 'write' && !planned.idempotent
}

function executions({ state }: Decision, { path, attempt }: Failure): number {
  return attempt - (nodeAt(state, path)?.firstAttempt ?? attempt) + 1
}

/** Nobody knows whether a write has happened: the policy of the node says who decides. */
function settleUnknown(decision: Decision, failure: Failure): void {
  const { path, planned, attempt } = failure
  const otherwise = planned.effect === 'write' && !planned.idempotent ? 'review' : 'retry'
  const policy = planned.node.policy?.onUnknownOutcome ?? otherwise
  if (policy === 'fail') {
    failNode(decision, failure)
    return
  }
  if (policy === 'verify') {
    if (!decision.isRunning) {
      retryAt(decision, failure, decision.context.now)
      return
    }
    const problem = scheduleVerification(decision, { path, planned, attempt: attempt + 1 })
    problem ? review(decision, { ...failure, error: problem }) : undefined
    return
  }
  if (policy === 'retry' && executions(decision, failure) < MAX_INTERRUPTIONS) {
    retryAt(decision, failure, decision.context.now)
    return
  }
  review(decision, failure)
}

export function review(decision: Decision, { path, planned, attempt, error }: Failure): void {
  const nodeType = planned.node.type
  decision.record({ type: 'node.needs-review', ...named(path, planned), nodeType, attempt, error })
}

/** When it is executed again; undefined: never. */
function retryTime(
  decision: Decision,
  failure: Failure,
  rule: RetryRule | undefined,
): number | undefined {
  const { error, path, attempt } = failure
  const done = executions(decision, failure)
  if (!rule || done >= rule.maxAttempts || !rule.on.includes(error.class ?? 'internal')) {
    return undefined
  }
  const { now, run } = decision.context
  const grown = rule.backoff === 'fixed' ? rule.baseMs : rule.baseMs * 2 ** (done - 1)
  const backoff = Math.min(rule.maxMs, grown)
  const random = rule.jitter ? jitterOf(`${run.seed}/${taskKeyOf(run.runId, path)}#${attempt}`) : 1
  return now + Math.max(Math.floor(backoff * random), error.retryAfterMs ?? 0)
}

function retryAt(decision: Decision, failure: Failure, dueAt: number): void {
  const { path, planned, attempt, error } = failure
  const nodeType = planned.node.type
  const event = { ...named(path, planned), nodeType, attempt, error, dueAt }
  decision.record({ type: 'node.retrying', ...event })
  if (dueAt <= decision.context.now && decision.isRunning) attemptAgain(decision, failure)
}

/**
 * Begins the next attempt of a node whose time has come. When the data for it are not in memory yet, the
 * timer stays due.
 */
export function attemptAgain(
  decision: Decision,
  { path, planned, attempt }: Omit<Failure, 'error'>,
): void {
  if (!hasItsData(decision, scopeOfPath(path), planned)) return
  const before = nodeAt(decision.state, path)?.error
  const next = { path, planned, attempt: attempt + 1 }
  if (before && isToVerify(planned, before)) {
    const problem = scheduleVerification(decision, next)
    if (problem) review(decision, { ...next, error: problem })
    return
  }
  const error = scheduleAttempt(decision, next)
  if (error) failNode(decision, { ...next, error })
}

/** It was held up by a pause before anybody could ask what became of a write. */
function isToVerify(planned: PlannedNode, error: TaskError): boolean {
  const unknown = error.class === 'unknown-outcome' || error.class === 'interrupted'
  return unknown && planned.node.policy?.onUnknownOutcome === 'verify' && !planned.idempotent
}

/** Executes a node once more because somebody said so: at once, or when a paused run is resumed. */
export function executeAgain(decision: Decision, failure: Failure): void {
  retryAt(decision, failure, decision.context.now)
}

/** A node has failed for good: its policy says what fails with it. */
export function failNode(decision: Decision, { path, planned, attempt, error }: Failure): void {
  const { policy, type: nodeType } = planned.node
  const event = { type: 'node.failed', ...named(path, planned), nodeType, error, attempt } as const
  if (policy?.onError === 'branch') decision.record({ ...event, handled: 'branch' })
  else if (policy?.onError === 'default') {
    const data = storable(decision, policy.default ?? null)
    decision.record({ ...event, handled: 'default', data })
  } else if (planned.countedBy !== undefined) decision.record({ ...event, handled: 'join' })
  else decision.record(event)
}
