import type { RunEvent } from '@dure/contracts'
import type { DecisionContext } from '../run/decision.ts'
import { nodeIdOf } from '../run/path.ts'
import { isTerminal, nodeAt, type RunState } from '../run/state.ts'
import type { RunIdentity, TaskResult } from './ports.ts'

/** A run in memory, as far as its last commit. */
export interface Session {
  readonly run: RunIdentity
  readonly state: RunState
  readonly context: Omit<DecisionContext, 'now'>
  /** By the clock of PostgreSQL, at the last commit or read. */
  now: number
  /** When that was, in monotonic milliseconds. */
  seenMs: number
  /** The last decision was cut, or nothing is known of it: look at everything. */
  cold: boolean
}

/** A run as its first commit has left it. */
export interface Created {
  readonly state: Pick<RunState, 'phase' | 'version' | 'output' | 'error' | 'costMicroUsd'>
  readonly events: readonly RunEvent[]
  /** When it was committed: epoch milliseconds by the clock of PostgreSQL. */
  readonly at: number
}

/** What time it is in PostgreSQL, as far as one can tell without asking. */
export function nowOf({ now, seenMs }: Session, monotonicMs: number): number {
  return Math.floor(now + Math.max(0, monotonicMs - seenMs))
}

/**
 * Whether a result is one that the run waits for, so that it can be taken in without being stored first.
 * When it is not, the run may be further on elsewhere, and only the store can tell.
 */
export function isAwaited({ state, context }: Session, { path, attempt }: TaskResult): boolean {
  const node = nodeAt(state, path)
  if (!node || isTerminal(node) || node.attempt !== attempt || node.status !== 'scheduled') {
    return false
  }
  // What may be used again by others is kept by the store, when it stores it.
  return context.plan.all.get(nodeIdOf(path))?.node.policy?.cache === undefined
}

/** Whether nodes of it are executed in place, by whomever: then it must be read, to see who holds it. */
export function isHeld({ state }: Session): boolean {
  for (const { kind, status } of state.outstanding.values()) {
    if (kind === 'in-place' && status === 'started') return true
  }
  return false
}
