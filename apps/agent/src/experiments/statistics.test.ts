import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceInterval, mcNemar, type Pair, wilcoxon } from './statistics.ts'

const pairs = (...differences: number[]): Pair[] =>
  differences.map((difference) => ({ before: 0, after: difference }))

describe('the interval of a difference', () => {
  test('is as wide as the normal approximation says', () => {
    // 200 differences of ±1 in equal parts: 1.96 / sqrt(200) = 0.1386.
    const { low, high } = differenceInterval(
      pairs(...Array.from({ length: 200 }, (_, i) => (i % 2 ? 1 : -1))),
    )
    expect(low).toBeCloseTo(-0.1386, 1)
    expect(high).toBeCloseTo(0.1386, 1)
  })

  test('has no width where every case differs alike, and is the same each time', () => {
    const { low, high } = differenceInterval(pairs(0.25, 0.25, 0.25))
    expect([low, high]).toEqual([0.25, 0.25])
    const some = pairs(0.1, -0.3, 0.5, 0, 0.2)
    expect(differenceInterval(some)).toEqual(differenceInterval(some))
  })

  test('of versions that are changed round is turned round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 20 }),
        (all) => {
          const there = differenceInterval(pairs(...all))
          const back = differenceInterval(pairs(...all.map((one) => -one)))
          expect(there.low).toBeCloseTo(-back.high, 10)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('the test of McNemar', () => {
  // R: binom.test(b, b + c)$p.value
  test.each([
    [0, 0, 1],
    [1, 0, 1],
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    [1, 9, 0.021484375],
    [4, 12, 0.0768127],
    [5, 5, 1],
    [100, 140, 0.0116],
  ])('of %i and %i', (before, after, expected) => {
    expect(mcNemar(before, after)).toBeCloseTo(expected, 3)
    expect(mcNemar(after, before)).toBeCloseTo(expected, 3)
  })
})

describe('the test of Wilcoxon', () => {
  test('is what tables say of all differences in one direction', () => {
    // 2 / 2^n: only one of all ways in which signs can fall is as uneven, on each side.
    expect(wilcoxon(pairs(1, 2, 3, 4, 5))).toBeCloseTo(0.0625, 10)
    expect(wilcoxon(pairs(1, 2, 3, 4, 5, 6))).toBeCloseTo(0.03125, 10)
  })

  test('is what every way of signs, counted one by one, says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }),
        (all) => {
          expect(wilcoxon(pairs(...all))).toBeCloseTo(counted(all), 10)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('of many cases is near the exact one', () => {
    const differences = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (i + 1))
    const exact = wilcoxon(pairs(...differences))
    const more = wilcoxon(pairs(...differences, 51))
    expect(Math.abs(exact - more)).toBeLessThan(0.02)
  })

  test('finds nothing where nothing differs', () => {
    expect(wilcoxon(pairs(0, 0, 0))).toBe(1)
    expect(wilcoxon([])).toBe(1)
  })
})

/** By going through all 2^n ways. */
function counted(all: readonly number[]): number {
  const differences = all.filter((one) => one !== 0)
  if (differences.length === 0) return 1
  const sizes = differences.map(Math.abs)
  const ranks = sizes.map((size) => {
    const below = sizes.filter((other) => other < size).length
    return below + (sizes.filter((other) => other === size).length + 1) / 2
  })
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const smallerOf = (isPositive: (index: number) => boolean) => {
    const positive = ranks.reduce((sum, rank, index) => sum + (isPositive(index) ? rank : 0), 0)
    return Math.min(positive, total - positive)
  }
  const observed = smallerOf((index) => (differences[index] ?? 0) > 0)
  let asUneven = 0
  for (let signs = 0; signs < 2 ** ranks.length; signs += 1) {
    if (smallerOf((index) => Math.floor(signs / 2 ** index) % 2 === 1) <= observed) asUneven += 1
  }
  return Math.min(1, asUneven / 2 ** ranks.length)
}
