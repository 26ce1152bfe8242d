import { expect, test } from 'vitest'
import { medianBy, percentile } from './statistics.ts'

test.each([
  [0.5, 50],
  [0.99, 99],
  [1, 100],
  [0, 1],
])('of 1 to 100, the share %d is not above %d', (share, value) => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n)

  expect(percentile(values, share)).toBe(value)
})

test('a percentile of one value is that value, and of none is not a number', () => {
  expect(percentile([7], 0.99)).toBe(7)
  expect(percentile([], 0.5)).toBeNaN()
})

test('the median of three is the middle one, and of two the lower one', () => {
  expect(medianBy([9, 1, 5], (value) => value)).toBe(5)
  expect(medianBy([9, 1], (value) => value)).toBe(1)
})
