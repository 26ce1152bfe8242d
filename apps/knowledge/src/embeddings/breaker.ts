import { DureError, UnavailableError } from '@dure/kernel'

/** Spares those who wait: what has failed some times in a row is not asked for a while. */
export interface Breaker {
  /** @throws UnavailableError `embedding.unavailable` without an attempt; else as `work` does */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>
}

const MAX_FAILURES = 3
const PAUSE_MS = 10_000

/** @param now milliseconds that only go forward */
export function createBreaker(now = () => performance.now()): Breaker {
  let failures = 0
  let openUntilMs = 0

  return {
    async attempt(work) {
      if (now() < openUntilMs) {
        const message =
          'The provider of embeddings has failed several times and is left alone for a while'
        throw new UnavailableError('embedding.unavailable', message)
      }
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
