import type { Hold } from './effect.ts'

export interface LeaseOptions {
  readonly hold: Hold
  readonly leaseMs: number
  readonly renew: (hold: Hold) => Promise<boolean>
  /** A renewal that failed is no lost lease: the next one may succeed in time. */
  readonly onError: (error: unknown) => void
}

/** The task belongs to somebody else by now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/**
 * Keeps the lease of a task while `work` goes on: renewed after each third of it, so that one
 * renewal may fail. The signal is aborted with a LeaseLostError when the ledger refuses.
 */
export async function holding<Result>(
  { hold, leaseMs, renew, onError }: LeaseOptions,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const timer = setInterval(() => {
    renew(hold).then((held) => {
      if (!held) controller.abort(new LeaseLostError(`${hold.taskKey} was taken over`))
    }, onError)
  }, leaseMs / 3)
  try {
    return await work(controller.signal)
  } finally {
    clearInterval(timer)
  }
}
