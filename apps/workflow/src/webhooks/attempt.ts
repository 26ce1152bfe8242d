/** How an endpoint took a delivery. */
export interface Outcome {
  /** Of its answer; undefined when there was none. */
  readonly status?: number | undefined
  /** `Retry-After` of its answer (RFC 9110 §10.2.3). */
  readonly retryAfter?: string | undefined
  /** The code of the failure when there was no answer. */
  readonly error?: string | undefined
}

/** What follows from it. */
export type Verdict =
  | { readonly state: 'delivered' }
  | { readonly state: 'failed'; readonly isGone: boolean }
  /** Again after this many milliseconds. */
  | { readonly state: 'pending'; readonly delayMs: number }

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/**
 * Milliseconds between one attempt and the next; after the last one nobody tries any more.
 * Source: the schedule that the Standard Webhooks specification suggests, about 75 hours in all.
 */
const DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]
/** Of a delay, in both directions: what failed at one time is not tried again at one time. */
const JITTER = 0.1
const LONGEST_WAIT_MS = 24 * HOUR_MS

export const MAX_TRIES = DELAYS_MS.length + 1

/**
 * @param tries counted from 1, this one included
 * @param now by the clock of PostgreSQL
 * @param random in [0, 1)
 */
export function verdictOf(
  outcome: Outcome,
  { tries, now, random }: { readonly tries: number; readonly now: Date; readonly random: number },
): Verdict {
  const { status = 0, retryAfter } = outcome
  if (status >= 200 && status < 300) return { state: 'delivered' }
  const baseMs = DELAYS_MS[tries - 1]
  if (status === 410 || baseMs === undefined) return { state: 'failed', isGone: status === 410 }
  const delayMs = Math.round(baseMs * (1 - JITTER + 2 * JITTER * random))
  return { state: 'pending', delayMs: Math.max(delayMs, retryAfterMs(retryAfter, now)) }
}

/** Seconds, or a date; nonsense counts as nothing, and nobody makes us wait longer than a day. */
function retryAfterMs(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  const ms = /^\d{1,9}$/.test(header.trim())
    ? Number(header) * SECOND_MS
    : Date.parse(header) - now.getTime()
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS)
}
