import type { TaskRef } from '@dure/contracts'
import { CancelledError, LeaseLostError } from '../effects/lease.ts'

/**
 * What this process executes at the moment: whoever cancels or takes over a task in the same process
 * need not wait for its lease to be renewed.
 */
export interface InHand {
  /** @returns what is called when it is over; an older attempt of the same task is aborted */
  begin(task: TaskRef, over: AbortController): () => void
  /** Aborts this attempt of the task, or an older one. */
  cancel(task: TaskRef): void
}

export function createInHand(): InHand {
  const inHand = new Map<string, { readonly attempt: number; readonly over: AbortController }>()

  return {
    begin({ taskKey, attempt }, over) {
      inHand.get(taskKey)?.over.abort(new LeaseLostError({ taskKey }))
      const entry = { attempt, over }
      inHand.set(taskKey, entry)
      return () => {
        if (inHand.get(taskKey) === entry) inHand.delete(taskKey)
      }
    },

    cancel({ taskKey, attempt }) {
      const entry = inHand.get(taskKey)
      if (entry === undefined || entry.attempt > attempt) return
      entry.over.abort(new CancelledError(`${taskKey} was cancelled`))
    },
  }
}
