import type { ExecutionEvent } from '@dure/contracts'
import { type ExecutionState, evolve } from './execution.ts'
import type { Claimed, ExecutionWorkStore } from './work-store.ts'

/** Records what happens in one execution, one after the other, whoever has something to record. */
export interface Recorder {
  /** With all that was given to it, recorded or about to be. */
  state(): ExecutionState
  /**
   * Resolves when it is recorded, with all that was noted before.
   *
   * @throws LeaseLostError
   */
  record(events: readonly ExecutionEvent[]): Promise<void>
  /**
   * For what could be found out once more and cost nobody anything: it is recorded while the next step begins, and before
   * that is. When it cannot be, `lost` is called.
   */
  note(events: readonly ExecutionEvent[]): void
  /** Resolves when all that was noted is recorded. @throws LeaseLostError */
  settled(): Promise<void>
}

export function createRecorder(
  store: Pick<ExecutionWorkStore, 'append'>,
  claimed: Claimed,
  { loaded, lost }: { readonly loaded: ExecutionState; readonly lost: (error: unknown) => void },
): Recorder {
  let recorded = loaded
  let state = loaded
  let last: Promise<unknown> = Promise.resolve()
  /** Of the last that could not be recorded. What was given after it, and before that was known, is not recorded either. */
  let failure: { readonly error: unknown } | undefined

  function append(events: readonly ExecutionEvent[]): Promise<void> {
    const before = state
    const after = events.reduce(evolve, state)
    const earlier = failure
    state = after
    const appended = last.then(async () => {
      if (failure !== earlier) throw failure?.error
      try {
        await store.append(claimed, { before, after, events })
        recorded = after
      } catch (error) {
        failure = { error }
        state = recorded
        throw error
      }
    })
    last = appended.catch(() => {})
    return appended
  }

  return {
    state: () => state,
    async record(events) {
      if (events.length > 0) await append(events)
    },
    note(events) {
      if (events.length > 0) append(events).catch(lost)
    },
    async settled() {
      await last
      if (failure) throw failure.error
    },
  }
}
