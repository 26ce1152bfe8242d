import { DeadlineExceededError } from '@dure/kernel'

/** How long a forwarded request may go on. */
export interface Lifetime {
  /** Aborts at the deadline, or when somebody ends it before. */
  readonly signal: AbortSignal
  /** By `performance.now()`. */
  readonly beganAtMs: number
  remainingMs(): number
  end(reason: Error): void
  /** From now on there is no deadline; `end` still works. */
  lift(): void
}

export function startLifetime(limitMs: number): Lifetime {
  const controller = new AbortController()
  const beganAtMs = performance.now()
  const endsAt = beganAtMs + limitMs
  const timer = setTimeout(() => {
    const message = `There was no answer within ${limitMs} ms: ask for more with x-request-timeout`
    controller.abort(new DeadlineExceededError('request.deadline-exceeded', message))
  }, limitMs)
  return {
    signal: controller.signal,
    beganAtMs,
    remainingMs: () => endsAt - performance.now(),
    end: (reason) => controller.abort(reason),
    lift: () => clearTimeout(timer),
  }
}
