export interface BackoffPolicy {
  readonly baseMs: number
  readonly maxMs: number
}

/**
 * Exponential backoff with full jitter: anything between nothing and `base · 2^(attempt-1)`, capped.
 * Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @param attempt counted from 1
 * @param random in [0, 1), given by the caller so that the same input gives the same delay
 * @returns milliseconds
 */
export function backoffMs(
  { baseMs, maxMs }: BackoffPolicy,
  attempt: number,
  random: number,
): number {
  return Math.floor(random * Math.min(maxMs, baseMs * 2 ** (attempt - 1)))
}
