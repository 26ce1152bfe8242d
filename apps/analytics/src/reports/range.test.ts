import { describe, expect, test } from 'vitest'
import { isDay, rangeOf } from './range.ts'

const today = '2026-11-23'
const pointersOf = (asked: { from?: string; to?: string }) => {
  try {
    return rangeOf(asked, today)
  } catch (error) {
    return error
  }
}

describe('a range', () => {
  test('is the last 30 days when none is asked for', () => {
    expect(rangeOf({}, today)).toEqual({ from: '2026-10-25', to: today })
  })

  test('is the 30 days that end on the last one', () => {
    expect(rangeOf({ to: '2026-03-01' }, today)).toEqual({ from: '2026-01-31', to: '2026-03-01' })
  })

  test('goes up to today when it has no end', () => {
    expect(rangeOf({ from: '2026-11-01' }, today)).toEqual({ from: '2026-11-01', to: today })
  })

  test('may be one day, and 366', () => {
    expect(rangeOf({ from: today, to: today }, today)).toEqual({ from: today, to: today })
    expect(rangeOf({ from: '2024-01-01', to: '2024-12-31' }, today).from).toBe('2024-01-01')
  })

  test.each([
    [{ from: '2026-11-20', to: '2026-11-19' }, 'range.reversed', '#/to'],
    [{ from: '2026-11-24' }, 'range.reversed', '#/from'],
    [{ from: '2025-01-01', to: '2026-01-02' }, 'range.too-long', '#/from'],
  ])('%j is refused: %s at %s', (asked, code, pointer) => {
    expect(pointersOf(asked)).toMatchObject({ code, fields: [{ pointer }] })
  })
})

test.each(['', '2026-1-1', '0000-01-01', '2026-13-01', '2026-11-23T00:00:00Z'])(
  '%j is not a day',
  (text) => {
    expect(isDay(text)).toBe(false)
  },
)
