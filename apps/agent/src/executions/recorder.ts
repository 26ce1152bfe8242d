import type { ExecutionEvent } from '@dure/contracts'
import { type ExecutionState, evolve } from './execution.ts'
import type { Claimed, ExecutionWorkStore } from './work-store.ts'

/** Records what happens in one execution, one after the other, whoever has something to record. */
export interface Recorder {
  state(): ExecutionState
  /** @throws LeaseLostError */
  record(events: readonly ExecutionEvent[]): Promise<void>
}

export function createRecorder(
  store: Pick<ExecutionWorkStore, 'append'>,
  claimed: Claimed,
  loaded: ExecutionState,
): Recorder {
  let state = loaded
  let last: Promise<unknown> = Promise.resolve()

  async function append(events: readonly ExecutionEvent[]): Promise<void> {
    if (events.length === 0) return
    await store.append(claimed, state, events)
    state = events.reduce(evolve, state)
  }

  return {
    state: () => state,
    record(events) {
      // After one that failed, the others fail for the same reason: the version is not what they think.
      const recorded = last.then(() => append(events))
      last = recorded.catch(() => {})
      return recorded
    },
  }
}
