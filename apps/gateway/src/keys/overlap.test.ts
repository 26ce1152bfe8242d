import { expect, test } from 'vitest'
import { OVERLAP_PATTERN, overlapMsOf } from './overlap.ts'

test.each([
  ['PT0S', 0],
  ['PT24H', 86_400_000],
  ['P1D', 86_400_000],
  ['P1DT1H1M1S', 90_061_000],
  ['P30D', 30 * 86_400_000],
  ['PT90M', 5_400_000],
])('%s is %i ms', (text, overlapMs) => {
  expect(text).toMatch(new RegExp(OVERLAP_PATTERN))
  expect(overlapMsOf(text)).toBe(overlapMs)
})

test.each(['', 'P', 'PT', 'P1DT', '1D', 'P1M', 'P1Y', 'P-1D', 'PT1.5H', 'P1D\n'])(
  '%j is no overlap',
  (text) => {
    expect(text).not.toMatch(new RegExp(OVERLAP_PATTERN))
  },
)

test.each(['P31D', 'PT721H', 'P30DT1S'])('%s is too long', (text) => {
  expect(() => overlapMsOf(text)).toThrow(
    expect.objectContaining({ code: 'key.overlap-too-long', kind: 'invalid' }),
  )
})
