import { expect, test } from 'vitest'
import { bootstrapInterval } from './bootstrap.ts'

const zerosAndOnes = (zeros: number, ones: number) => [
  ...Array<number>(zeros).fill(0),
  ...Array<number>(ones).fill(1),
]

test('the interval of a share is as wide as its normal approximation says', () => {
  // 0.3 ± 1.96 * sqrt(0.3 * 0.7 / 1000) = 0.3 ± 0.0284.
  const { low, high } = bootstrapInterval([zerosAndOnes(700, 300)])

  expect(low).toBeCloseTo(0.3 - 0.0284, 2)
  expect(high).toBeCloseTo(0.3 + 0.0284, 2)
})

test('a mean of groups weighs them alike, whatever their sizes', () => {
  // The standard error is half of sqrt(0.25 / 100), as the other group does not vary.
  const { low, high } = bootstrapInterval([zerosAndOnes(50, 50), Array<number>(10_000).fill(1)])

  expect(low).toBeCloseTo(0.75 - 0.049, 2)
  expect(high).toBeCloseTo(0.75 + 0.049, 2)
})

test('what does not vary has an interval without width', () => {
  expect(bootstrapInterval([[0.5, 0.5, 0.5]])).toEqual({ low: 0.5, high: 0.5 })
})

test('the same values give the same interval', () => {
  const values = Array.from({ length: 50 }, (_, i) => (i * 37) % 50)

  expect(bootstrapInterval([values])).toEqual(bootstrapInterval([values]))
})
