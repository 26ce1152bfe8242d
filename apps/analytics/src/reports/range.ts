import { InvalidInputError } from '@dure/kernel'

/** Days in UTC, as `YYYY-MM-DD`, both ends included. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

const MAX_DAYS = 366
const DEFAULT_DAYS = 30
const DAY_MS = 86_400_000

/**
 * The days that were asked for: of two that are absent, the last 30 up to today.
 *
 * @throws InvalidInputError `range.reversed`, `range.too-long`
 */
export function rangeOf(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): DayRange {
  const to = asked.to ?? today
  const from = asked.from ?? dayOf(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS)
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days < 1) {
    throw new InvalidInputError('range.reversed', 'A range ends on the day it begins, or later', [
      asked.to === undefined
        ? { pointer: '#/from', message: `is after today, ${today} in UTC` }
        : { pointer: '#/to', message: `is before ${from}, where the range begins` },
    ])
  }
  if (days > MAX_DAYS) {
    throw new InvalidInputError('range.too-long', `A range has ${MAX_DAYS} days at the most`, [
      { pointer: '#/from', message: `is ${days} days before the end of the range` },
    ])
  }
  return { from, to }
}

/** @param timeMs since 1970 */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

export function isDay(text: string): boolean {
  return /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
