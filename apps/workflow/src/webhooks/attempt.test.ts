import { describe, expect, test } from 'vitest'
import { MAX_TRIES, type Outcome, verdictOf } from './attempt.ts'

const now = new Date('2026-03-01T00:00:00Z')
const HOUR_MS = 3_600_000
const verdict = (outcome: Outcome, tries = 1, random = 0.5) =>
  verdictOf(outcome, { tries, now, random })
const delayOf = (outcome: Outcome, tries?: number, random?: number) => {
  const { state, ...rest } = verdict(outcome, tries, random)
  return 'delayMs' in rest ? rest.delayMs : state
}

test.each([200, 201, 204, 299])('%i is a delivery', (status) => {
  expect(verdict({ status })).toEqual({ state: 'delivered' })
})

test.each([
  { status: 500 },
  { status: 404 },
  { status: 301 },
  { status: 199 },
  { error: 'egress.timeout' },
  {},
])('after %j it is tried again', (outcome) => {
  expect(verdict(outcome)).toEqual({ state: 'pending', delayMs: 5000 })
})

test('410 ends it, and says that the endpoint is gone', () => {
  expect(verdict({ status: 410 })).toEqual({ state: 'failed', isGone: true })
  expect(verdict({ status: 410 }, MAX_TRIES)).toEqual({ state: 'failed', isGone: true })
})

test('it is tried ten times in about 75 hours, and then no more', () => {
  const delays = Array.from({ length: MAX_TRIES }, (_, at) => delayOf({ status: 500 }, at + 1))
  const waits = delays.filter((delay) => typeof delay === 'number')

  expect(delays.at(-1)).toBe('failed')
  expect(waits).toHaveLength(9)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits.reduce((sum, wait) => sum + wait, 0) / HOUR_MS).toBeCloseTo(75.6, 1)
  expect(verdict({}, MAX_TRIES)).toEqual({ state: 'failed', isGone: false })
})

test('a tenth of a delay is left to chance', () => {
  expect(delayOf({}, 1, 0)).toBe(4500)
  expect(delayOf({}, 1, 0.999999)).toBe(5500)
})

describe('Retry-After', () => {
  test.each([
    ['7', 7000],
    ['2', 5000],
    ['Sun, 01 Mar 2026 00:01:00 GMT', 60_000],
    ['Sat, 28 Feb 2026 00:00:00 GMT', 5000],
    ['999999999', 24 * HOUR_MS],
    ['soon', 5000],
    ['', 5000],
    ['-5', 5000],
  ])('%j waits %i ms', (retryAfter, delayMs) => {
    expect(delayOf({ status: 503, retryAfter })).toBe(delayMs)
  })

  test('means nothing beside a success, and does not add tries', () => {
    expect(delayOf({ status: 200, retryAfter: '60' })).toBe('delivered')
    expect(delayOf({ status: 503, retryAfter: '60' }, MAX_TRIES)).toBe('failed')
  })
})
