import { DureError } from './errors.ts'

/** The time that a caller was ready to wait is over. Trying again with more time may succeed. */
export class DeadlineExceededError extends DureError {
  override readonly kind = 'timeout'
  override readonly transient = true
}

/**
 * Settles as `work` does, or rejects when the time is over; `work` is told by its signal and must
 * stop for itself.
 *
 * @throws DeadlineExceededError with the given code
 */
export async function withDeadline<Result>(
  { timeoutMs, code, what }: { timeoutMs: number; code: `${string}.${string}`; what: string },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const { promise: over, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = new DeadlineExceededError(code, `${what} took longer than ${timeoutMs} ms`)
    reject(error)
    controller.abort(error)
  }, timeoutMs)
  try {
    return await Promise.race([work(controller.signal), over])
  } finally {
    clearTimeout(timer)
  }
}
