import { DureError } from '@dure/kernel'

/** Spares those who wait: what has failed some times in a row is not asked for a while. */
export interface Breaker {
  /** @throws what `refusal` makes, without an attempt; else as `work` does */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>
}

const MAX_FAILURES = 3
const PAUSE_MS = 10_000

/** @param now milliseconds that only go forward */
export function createBreaker(refusal: () => DureError, now = () => performance.now()): Breaker {
  let failures = 0
  let openUntilMs = 0

  return {
    async attempt(work) {
      if (now() < openUntilMs) throw refusal()
      try {
        const result = await work()
        failures = 0
        return result
      } catch (error) {
        if (error instanceof DureError && error.transient && ++failures >= MAX_FAILURES) {
          // One attempt after the pause decides whether there is another one.
          failures = MAX_FAILURES - 1
          openUntilMs = now() + PAUSE_MS
        }
        throw error
      }
    },
  }
}
