import { InvalidInputError } from '@dure/kernel'

const DAY_MS = 86_400_000
const MAX_DAYS = 90
const DEFAULT_DAYS = 30

/** From the first moment on, up to the last one, which is not part of it. */
export interface Range {
  readonly from: Date
  readonly to: Date
}

/**
 * @param nowMs epoch milliseconds
 * @throws InvalidInputError `stats.invalid-range`
 */
export function rangeOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
): Range {
  const end = to === undefined ? nowMs : Date.parse(to)
  const begin = from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(from)
  const isValid = Number.isFinite(begin) && Number.isFinite(end) && begin < end
  if (!isValid) throw invalid('#/from', 'must be a moment before `to`')
  if (end - begin > MAX_DAYS * DAY_MS)
    throw invalid('#/from', `is more than ${MAX_DAYS} days before`)
  return { from: new Date(begin), to: new Date(end) }
}

function invalid(pointer: string, message: string): InvalidInputError {
  return new InvalidInputError('stats.invalid-range', `Ask for at most ${MAX_DAYS} days`, [
    { pointer, message },
  ])
}
