import { describe, expect, test } from 'vitest'
import { instantOf, localTime } from './zoned-time.ts'

const at = (iso: string) => Date.parse(iso)

describe('a time', () => {
  test.each([
    ['2026-05-01T00:00:00Z', 'Asia/Seoul', '2026-05-01T09:00:00+09:00', 'Friday'],
    ['2026-01-15T12:00:00Z', 'America/New_York', '2026-01-15T07:00:00-05:00', 'Thursday'],
    ['2026-07-15T12:00:00Z', 'America/New_York', '2026-07-15T08:00:00-04:00', 'Wednesday'],
    ['2026-05-01T00:00:00Z', 'Asia/Kathmandu', '2026-05-01T05:45:00+05:45', 'Friday'],
    ['2026-05-01T00:00:00Z', 'UTC', '2026-05-01T00:00:00+00:00', 'Friday'],
  ])('%s in %s is %s, a %s', (instant, timeZone, iso, weekday) => {
    expect(localTime(at(instant), timeZone)).toMatchObject({ iso, weekday, timeZone })
  })

  test.each([
    ['2026-05-01T09:00', 'Asia/Seoul', '2026-05-01T00:00:00Z'],
    ['2026-05-01', 'Asia/Seoul', '2026-04-30T15:00:00Z'],
    ['2026-05-01T09:00:00.5+09:00', 'UTC', '2026-05-01T00:00:00.500Z'],
    ['2026-05-01 09:00Z', 'Asia/Seoul', '2026-05-01T09:00:00Z'],
    ['2026-05-01T09:00-0330', 'UTC', '2026-05-01T12:30:00Z'],
    // Summer time begins that night at two.
    ['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59:00Z'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00Z'],
  ])('%s in %s is the instant %s', (text, timeZone, instant) => {
    expect(instantOf(text, timeZone)).toBe(at(instant))
  })

  test.each(['tomorrow', '2026-02-30', '2026-13-01', '2026-05-01T25:00', '1e9', ''])(
    '%j is none',
    (text) => {
      expect(() => instantOf(text, 'UTC')).toThrow('ISO 8601')
    },
  )

  test.each(['Mars/Olympus', '../etc', ''])('in %j, which is no zone, is refused', (timeZone) => {
    expect(() => localTime(0, timeZone)).toThrow('There is no time zone')
  })
})
