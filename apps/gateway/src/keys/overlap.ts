import { InvalidInputError } from '@dure/kernel'

/** An ISO 8601 duration without months and years, whose length depends on the calendar. */
export const OVERLAP_PATTERN =
  '^P(?=[0-9T])(?:[0-9]{1,2}D)?(?:T(?=[0-9])(?:[0-9]{1,4}H)?(?:[0-9]{1,5}M)?(?:[0-9]{1,7}S)?)?$'
const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const MAX_DAYS = 30

/**
 * How long a key that was replaced stays valid, in milliseconds.
 *
 * @param text matches `OVERLAP_PATTERN`
 * @throws InvalidInputError `key.overlap-too-long` for more than 30 days
 */
export function overlapMsOf(text: string): number {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (PARTS.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0))
  const overlapMs = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  if (overlapMs <= MAX_DAYS * 86_400_000) return overlapMs
  throw new InvalidInputError(
    'key.overlap-too-long',
    `Two keys overlap for at most ${MAX_DAYS} days`,
    [{ pointer: '#/overlap', message: `is more than P${MAX_DAYS}D` }],
  )
}
