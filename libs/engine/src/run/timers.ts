import type { TaskError } from '@dure/contracts'
import { expireApproval } from './approvals.ts'
import { type Decision, named } from './decision.ts'
import { attemptAgain } from './failure.ts'
import { nodeIdOf } from './path.ts'
import { completeWith, isoOf } from './start-node.ts'
import { hasEnded, nodeAt, type RunState } from './state.ts'

/** When a run has to be looked at again, epoch milliseconds; null: when somebody says something. */
export function wakeTime(state: RunState): number | null {
  if (hasEnded(state)) return null
  let wakeAt = state.deadlineAt ?? Number.POSITIVE_INFINITY
  for (const [path, dueAt] of state.timers) {
    // A retry that became due while the run was paused begins when it is resumed.
    const isHeld = state.phase === 'paused' && nodeAt(state, path)?.status === 'retrying'
    if (dueAt < wakeAt && !isHeld) wakeAt = dueAt
  }
  return Number.isFinite(wakeAt) ? wakeAt : null
}

/** Everything whose time has come goes on. */
export function fireTimers(decision: Decision): void {
  const { state, context } = decision
  if (state.deadlineAt !== null && state.deadlineAt <= context.now) {
    expire(decision, 'run.deadline-exceeded')
    return
  }
  for (const [path, dueAt] of [...state.timers]) {
    if (dueAt <= context.now) fire(decision, path, dueAt)
  }
}

function fire(decision: Decision, path: string, dueAt: number): void {
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  if (!planned || !node) return
  if (node.status === 'retrying') {
    if (decision.isRunning) attemptAgain(decision, { path, planned, attempt: node.attempt })
  } else if (node.kind === 'timer') {
    completeWith(decision, { path, planned }, { port: 'out', data: { until: isoOf(dueAt) } })
  } else if (node.kind === 'event') {
    decision.folded.push(path)
    const nodeType = planned.node.type
    const event = { ...named(path, planned), nodeType, port: 'timeout', data: null }
    decision.record({ type: 'node.completed', ...event })
  } else if (node.kind === 'approval') expireApproval(decision, path, planned, node)
}

const REASONS = {
  'run.deadline-exceeded':
    'The run took longer than it may: give it more time, or find out what it waited for',
  'run.ttl-expired': 'The run was not started within its time to live',
} as const satisfies Record<ExpiryCode, string>

type ExpiryCode = 'run.deadline-exceeded' | 'run.ttl-expired'

export function expire(decision: Decision, code: ExpiryCode): void {
  const error: TaskError = { code, class: 'timeout', message: REASONS[code] }
  decision.record({ type: 'run.timed_out', error })
}
