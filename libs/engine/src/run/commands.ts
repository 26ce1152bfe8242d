import type { TaskOutcome } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import { OUT } from '../nodes/define.ts'
import { decideApproval } from './approvals.ts'
import type { RunCommand } from './command.ts'
import { storable, tooLarge } from './data.ts'
import { type Decision, named } from './decision.ts'
import { executeAgain, failAttempt, failNode, review } from './failure.ts'
import { nodeIdOf } from './path.ts'
import type { PlannedNode } from './plan.ts'
import { retry } from './retry.ts'
import { explained, isVerified } from './schedule.ts'
import { completeWith, takeSignal } from './start-node.ts'
import { hasEnded, isTerminal, type NodeState, nodeAt } from './state.ts'
import { expire, fireTimers } from './timers.ts'

/** Records what a command says, as far as it still says something. */
export function takeIn(decision: Decision, command: RunCommand): void {
  const { state } = decision
  switch (command.type) {
    case 'run.start':
      start(decision, command)
      return
    case 'run.queue':
      decision.record({ ...command, type: 'run.queued' })
      return
    case 'run.expire-queued':
      state.phase === 'queued' ? expire(decision, 'run.ttl-expired') : undefined
      return
    case 'run.retry':
      retry(decision, command.by)
      return
    default:
      if (state.phase !== 'absent' && !hasEnded(state)) takeInUnderWay(decision, command)
  }
}

type Starting = Extract<RunCommand, { type: 'run.start' }>
type UnderWay = Exclude<
  RunCommand,
  { type: 'run.start' | 'run.queue' | 'run.expire-queued' | 'run.retry' }
>

function start(decision: Decision, command: Starting): void {
  const { phase } = decision.state
  if (phase !== 'absent' && phase !== 'queued') {
    throw new ConflictError('run.already-started', 'This run has already started')
  }
  decision.record({ ...command, type: 'run.started', input: storable(decision, command.input) })
  decision.dirty.add('')
}

function takeInUnderWay(decision: Decision, command: UnderWay): void {
  switch (command.type) {
    case 'run.finish-task':
      finishTask(decision, command.path, command.attempt, command.outcome)
      return
    case 'run.finish-in-place':
      finishInPlace(decision, command)
      return
    case 'run.wake':
      fireTimers(decision)
      return
    case 'run.interrupt':
      interrupt(decision)
      return
    case 'run.pause':
      if (decision.isRunning) decision.record({ type: 'run.paused', by: command.by })
      return
    case 'run.resume':
      resume(decision, command.by)
      return
    case 'run.cancel':
      decision.record({ ...command, type: 'run.cancelled' })
      return
    case 'run.signal':
      signal(decision, command)
      return
    case 'run.deliver-event':
      deliver(decision, command.path, command.payload)
      return
    case 'run.decide-approval':
      decideApproval(decision, command)
      return
    case 'run.resolve-effect':
      resolveEffect(decision, command)
      return
  }
}

interface Found {
  readonly path: string
  readonly planned: PlannedNode
  readonly node: NodeState
}

function find(decision: Decision, path: string): Found | undefined {
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  return planned && node && !isTerminal(node) ? { path, planned, node } : undefined
}

function finishTask(decision: Decision, path: string, attempt: number, outcome: TaskOutcome): void {
  const found = find(decision, path)
  decision.folded.push(path)
  if (!found || found.node.attempt !== attempt) return
  const { planned, node } = found
  const isExpected = node.status === 'scheduled' || node.status === 'started'
  if (!isExpected) return
  const failure = { path, planned, attempt }
  if (node.verifying) {
    finishVerification(decision, found, outcome)
    return
  }
  if (outcome.status === 'failed') {
    failAttempt(decision, { ...failure, error: outcome.error })
    return
  }
  const { output, usage, durationMs, cached } = outcome
  const problem = tooLarge('The data of the node', output)
  if (problem) {
    failNode(decision, { ...failure, error: problem })
    return
  }
  decision.record({
    type: 'node.completed',
    ...named(path, planned),
    nodeType: planned.node.type,
    port: portOf(planned, output),
    data: storable(decision, output ?? null),
    attempt,
    durationMs,
    ...(usage && { usage }),
    ...(cached && { cached }),
  })
}

function portOf({ nodeType }: PlannedNode, output: unknown): string {
  return nodeType.kind === 'task' ? (nodeType.portOf?.(output) ?? OUT) : OUT
}

/** The other side was asked what became of a write. */
function finishVerification(
  decision: Decision,
  { path, planned, node }: Found,
  outcome: TaskOutcome,
): void {
  const { attempt } = node
  const known = { path, planned, attempt }
  if (outcome.status === 'failed') {
    review(decision, { ...known, error: outcome.error })
    return
  }
  const error = explained(() => {
    if (!isVerified(decision, known, outcome.output)) {
      executeAgain(decision, { ...known, error: NOT_HAPPENED })
      return undefined
    }
    return completeWith(decision, known, { port: 'out', data: outcome.output })
  })
  if (error) review(decision, { ...known, error })
}

const NOT_HAPPENED = {
  code: 'effect.not-happened',
  class: 'unavailable',
  message: 'The other side says that the write has not happened: it is sent again',
} as const

function finishInPlace(
  decision: Decision,
  { path, attempt, evaluation }: Extract<RunCommand, { type: 'run.finish-in-place' }>,
): void {
  const found = find(decision, path)
  if (found?.node.status !== 'started' || found.node.attempt !== attempt) return
  const error = completeWith(decision, { ...found, attempt }, evaluation)
  if (error) failNode(decision, { ...found, attempt, error })
}

/**
 * The process that executed nodes in place is gone: each of them counts as an attempt that failed.
 * Attempts that begin with this decision are not meant: nobody can have begun them yet.
 */
function interrupt(decision: Decision): void {
  const begun = new Set(decision.inPlace.map(({ path }) => path))
  for (const [path, { kind, status, attempt }] of [...decision.state.outstanding]) {
    const planned = decision.planned(nodeIdOf(path))
    if (!planned || kind !== 'in-place' || status !== 'started' || begun.has(path)) continue
    failAttempt(decision, { path, planned, attempt, error: INTERRUPTED })
  }
}

const INTERRUPTED = {
  code: 'node.interrupted',
  class: 'interrupted',
  message: 'The process that executed the node ended before the node did',
} as const

function resume(decision: Decision, by: string): void {
  if (decision.state.phase !== 'paused') return
  decision.record({ type: 'run.resumed', by })
  decision.isResumed = true
  for (const scope of decision.state.scopes.keys()) decision.dirty.add(scope)
}

/** Of one name, those that no node has taken yet. */
export const MAX_SIGNALS = 100

function signal(decision: Decision, command: Extract<RunCommand, { type: 'run.signal' }>): void {
  const { name, by } = command
  const waiting = decision.state.signals.get(name) ?? []
  if (waiting.length >= MAX_SIGNALS) {
    decision.record({ type: 'run.signalled', name, payload: null, by, dropped: true })
    return
  }
  const payload = storable(decision, command.payload)
  decision.record({ type: 'run.signalled', name, payload, by })
  for (const [path, { kind, request }] of decision.state.outstanding) {
    if (kind !== 'event' || request?.kind !== 'event' || request.name !== name) continue
    const planned = decision.planned(nodeIdOf(path))
    if (!planned) continue
    decision.folded.push(path)
    takeSignal(decision, { path, planned }, name, payload)
    return
  }
}

function deliver(decision: Decision, path: string, payload: unknown): void {
  const found = find(decision, path)
  if (found?.node.kind !== 'event') return
  decision.folded.push(path)
  const error = completeWith(decision, found, { port: 'out', data: payload })
  if (error) failNode(decision, { ...found, attempt: found.node.attempt, error })
}

function resolveEffect(
  decision: Decision,
  { path, resolution, output, by, note }: Extract<RunCommand, { type: 'run.resolve-effect' }>,
): void {
  const found = find(decision, path)
  if (found?.node.status !== 'review') return
  const { planned, node } = found
  const event = { ...named(path, planned), resolution, by, ...(note !== undefined && { note }) }
  decision.record({ type: 'node.reviewed', ...event })
  const { attempt, error: before = UNKNOWN } = node
  const known = { path, planned, attempt }
  if (resolution === 'retry') {
    executeAgain(decision, { ...known, error: { ...before, class: 'unavailable' } })
    return
  }
  const data = { port: 'out', data: output ?? null }
  const error = resolution === 'succeeded' ? completeWith(decision, known, data) : before
  if (error) failNode(decision, { ...known, error })
}

const UNKNOWN = {
  code: 'effect.outcome-unknown',
  class: 'unknown-outcome',
  message: 'Nobody knows what became of it',
} as const
