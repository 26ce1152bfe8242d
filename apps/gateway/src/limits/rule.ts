/**
 * One limit, as the arithmetic sees it.
 *
 * - `rate`: GCRA. Over any interval of length L at most `capacity + floor(L / T)` are admitted.
 * - `day`, `month`: at most `capacity` in a calendar window of UTC.
 * - `slots`: at most `capacity` at the same time.
 */
export interface Rule {
  readonly name: string
  readonly kind: 'rate' | 'day' | 'month' | 'slots'
  /** The burst of a rate, the quota of a window, the slots. */
  readonly capacity: number
  /** T of a rate: microseconds until one more is admitted, rounded up. 0 for the others. */
  readonly unitMicros: number
  /** What happens while Redis does not answer: a fair share of the limit, or nothing. */
  readonly onStoreLoss: 'local-share' | 'closed'
}

/** What one process asks about one limit of one subject. */
export interface LeaseReport {
  readonly rule: Rule
  /** Where Redis keeps it. */
  readonly key: string
  /** Whose lease it is: no two leases ever have the same name. */
  readonly holder: string
  /** Used since the last report that was answered. */
  readonly used: number
  /** Milliseconds since the last of these uses: a duration, so that no clock has to be right. */
  readonly ageMs: number
  /** What it keeps for later. Of slots: also those that are in use. */
  readonly held: number
  /** What it would like to have besides. */
  readonly want: number
  /** How much of that is gone within 100 ms, as it seems. */
  readonly soon: number
  /**
   * From a time without Redis. Of a rate: at least so much is used up. Of a window: so much was used
   * that was not reported yet.
   */
  readonly floor: number
}

/** Something that waits for the answer. It gets `cost` of each of these, or of none. */
export interface Need {
  readonly cost: number
  /** Places in `reports`. */
  readonly of: readonly number[]
}

export interface Ask {
  /** The hash tag that all keys share. */
  readonly tag: string
  /**
   * At least 1: rates are so many times slower, because some processes are silent and may be
   * admitting their share on their own.
   */
  readonly stretch: number
  readonly reports: readonly LeaseReport[]
  readonly needs: readonly Need[]
}

export interface LeaseAnswer {
  /** Besides what the needs got. */
  readonly granted: number
  /** Whether what was held is still good. */
  readonly kept: boolean
  /** What is left for everybody. */
  readonly available: number
  /** Milliseconds until one more is admitted; 0 when one is now. */
  readonly waitMs: number
  /** Milliseconds for which the lease is good, counted from when it was asked for. */
  readonly lifeMs: number
  /** Milliseconds until the calendar window ends; 0 for the others. */
  readonly endsInMs: number
}

export interface NeedAnswer {
  /** The place of the report that has not enough left. Absent: all was taken. */
  readonly refusedBy: number | undefined
  /** Milliseconds after which it may be admitted. */
  readonly waitMs: number
}

export interface Answer {
  readonly reports: readonly LeaseAnswer[]
  readonly needs: readonly NeedAnswer[]
}

/** How long a lease is good. A process that dies takes its lease with it for so long. */
export const LIFE_MS = 5000
