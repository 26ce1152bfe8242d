import { InvalidInputError } from '@dure/kernel'

/** Of whoever does not say how long. */
export const DEFAULT_TIMEOUT_MS = 60_000
const MAX_S = 300
const SECONDS = /^\d{1,3}(\.\d{1,3})?$/

/**
 * How long the client waits for the head of an answer: its `x-request-timeout` in seconds.
 *
 * @returns milliseconds
 * @throws InvalidInputError `request.invalid-timeout`
 */
export function timeoutMsOf(header: string | readonly string[] | undefined): number {
  if (header === undefined) return DEFAULT_TIMEOUT_MS
  const seconds = typeof header === 'string' && SECONDS.test(header) ? Number(header) : 0
  if (seconds <= 0 || seconds > MAX_S) {
    throw new InvalidInputError(
      'request.invalid-timeout',
      `x-request-timeout is a number of seconds, at most ${MAX_S}`,
    )
  }
  return seconds * 1000
}
