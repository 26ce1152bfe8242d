import { InvalidInputError } from '@dure/kernel'

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

export interface LocalTime {
  /** With the offset of the time zone: `2026-05-01T09:00:00+09:00`. */
  readonly iso: string
  readonly date: string
  readonly time: string
  readonly weekday: string
  readonly timeZone: string
}

/** @throws InvalidInputError `date-time.unknown-zone` */
export function localTime(atMs: number, timeZone: string): LocalTime {
  const { parts, weekday } = partsAt(atMs, timeZone)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const date = `${padded(year, 4)}-${padded(month)}-${padded(day)}`
  const time = `${padded(hour)}:${padded(minute)}:${padded(second)}`
  return {
    iso: `${date}T${time}${offsetText(offsetMs(atMs, timeZone))}`,
    date,
    time,
    weekday,
    timeZone,
  }
}

/**
 * @param timeZone of a text that names no offset
 * @returns epoch milliseconds
 * @throws InvalidInputError `date-time.invalid`, `date-time.unknown-zone`
 */
export function instantOf(text: string, timeZone: string): number {
  const match = ISO.exec(text.trim())
  if (!match) throw invalid(text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const millisecond = Number((match[7] ?? '0').padEnd(3, '0'))
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const isReal = new Date(asUtc)
    .toISOString()
    .startsWith(
      `${padded(year, 4)}-${padded(month)}-${padded(day)}T${padded(hour)}:${padded(minute)}:${padded(second)}`,
    )
  if (!isReal) throw invalid(text)
  const zone = match[8]
  if (zone !== undefined) return asUtc - givenOffsetMs(zone)
  // The offset there and then, looked up twice: the first guess may be on the other side of a change.
  const guess = asUtc - offsetMs(asUtc, timeZone)
  return asUtc - offsetMs(guess, timeZone)
}

function givenOffsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)].map(Number)
  return sign * ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000
}

function offsetMs(atMs: number, timeZone: string): number {
  const [year = 0, month = 1, ...rest] = partsAt(atMs, timeZone).parts
  const wholeSeconds = Math.floor(atMs / 1000) * 1000
  return Date.UTC(year, month - 1, ...rest) - wholeSeconds
}

function offsetText(ms: number): string {
  const minutes = Math.abs(Math.round(ms / 60_000))
  return `${ms < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`
}

const NAMES = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

function partsAt(atMs: number, timeZone: string) {
  const values = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value] as const),
  )
  const parts = NAMES.map((name) => Number(values.get(name)))
  return { parts, weekday: values.get('weekday') ?? '' }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', hourCycle: 'h23', weekday: 'long' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const detail = `There is no time zone ${JSON.stringify(timeZone.slice(0, 100))}: use a name such as Asia/Seoul`
    throw new InvalidInputError('date-time.unknown-zone', detail)
  }
}

function padded(value: number, digits = 2): string {
  return String(value).padStart(digits, '0')
}

function invalid(text: string): InvalidInputError {
  const shown = JSON.stringify(text.slice(0, 100))
  return new InvalidInputError(
    'date-time.invalid',
    `${shown} is not a date or time as ISO 8601 has it, such as 2026-05-01T09:00+09:00`,
  )
}
