import { DureError } from '@dure/kernel'

/** Spares those who wait: what has failed some times in a row is not asked for a while. */
export interface Breaker {
  /** @throws what `refusal` makes, without an attempt; else as `work` does */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>
}

const MAX_FAILURES = 3
const PAUSE_MS = 10_000

/**
 * What counts has the area of the refusal in its code: that the agent service is down is no failure of a provider.
 *
 * @param now milliseconds that only go forward
 */
export function createBreaker(refusal: () => DureError, now = () => performance.now()): Breaker {
  const [area] = refusal().code.split('.')
  const counts = (error: unknown) =>
    error instanceof DureError && error.transient && error.code.startsWith(`${area}.`)
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
        if (counts(error) && ++failures >= MAX_FAILURES) {
          // One attempt after the pause decides whether there is another one.
          failures = MAX_FAILURES - 1
          openUntilMs = now() + PAUSE_MS
        }
        throw error
      }
    },
  }
}
