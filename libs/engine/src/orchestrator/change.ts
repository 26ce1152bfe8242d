import type { Decision } from '../run/decision.ts'
import { hasEnded } from '../run/state.ts'
import { wakeTime } from '../run/timers.ts'
import type { Creation, RunChange, RunIdentity, RunStatus } from './ports.ts'

export interface Basis {
  readonly run: RunIdentity
  readonly version: number
  readonly costMicroUsd: number
  readonly creation: Creation | null
}

/** A decision as the store commits it. */
export function changeOf(
  decision: Decision,
  basis: Basis,
  more: Pick<RunChange, 'consumed' | 'lease'>,
): RunChange {
  const { state, events, tasks } = decision
  const ended = hasEnded(state)
  const replaced = new Set(tasks.map(({ path }) => path))
  const without = (paths: readonly string[]) =>
    [...new Set(paths)].filter((at) => !replaced.has(at))
  return {
    run: basis.run,
    expectedVersion: basis.version,
    creation: basis.creation,
    events,
    status: statusOf(state.phase),
    output: ended ? state.output : undefined,
    error: ended && state.error ? { code: state.error.code, message: state.error.message } : null,
    costMicroUsd: state.costMicroUsd - basis.costMicroUsd,
    wakeAt: startTime(decision, basis.creation) ?? wakeTime(state),
    tasks,
    folded: without(decision.folded),
    cancelled: without(decision.cancelled),
    ...more,
    lease: ended ? null : more.lease,
  }
}

/** Of a queued run that has to wait, when its wait is over. */
function startTime({ state, context }: Decision, creation: Creation | null): number | null {
  const waitMs = creation?.startAfterMs ?? null
  return state.phase === 'queued' && waitMs !== null ? context.now + waitMs : null
}

function statusOf(phase: Decision['state']['phase']): RunStatus {
  if (phase === 'absent') throw new TypeError('A run without events cannot be committed')
  return phase
}
