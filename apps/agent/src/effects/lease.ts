import type { Hold, Renewal } from './effect.ts'

export interface LeaseOptions {
  readonly hold: Hold
  readonly leaseMs: number
  readonly renew: (hold: Hold) => Promise<Renewal>
  /** A renewal that failed is no lost lease: the next one may succeed in time. */
  readonly onError: (error: unknown) => void
  /** Aborted when the task is lost or cancelled; others may abort it as well. */
  readonly over: AbortController
}

/** The task belongs to somebody else by now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'

  constructor({ taskKey }: Pick<Hold, 'taskKey'>) {
    super(`${taskKey} was taken over`)
  }
}

/**
 * The run does not need the task any more. No DureError: as the reason of an abort, one would look
 * like a refusal from before anything was sent.
 */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
}

/**
 * Keeps the lease of a task while `work` goes on: renewed after each third of it, so that one
 * renewal may fail. `over` is aborted with a LeaseLostError when the ledger refuses, with a
 * CancelledError when it says that nobody needs the task.
 */
export async function holding<Result>(
  { hold, leaseMs, renew, onError, over }: LeaseOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    renew(hold).then((renewal) => {
      if (renewal === 'lost') over.abort(new LeaseLostError(hold))
      if (renewal === 'cancelled') over.abort(new CancelledError(`${hold.taskKey} was cancelled`))
    }, onError)
  }, leaseMs / 3)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
