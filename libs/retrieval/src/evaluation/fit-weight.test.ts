import { expect, test } from 'vitest'
import { fitWeight } from './fit-weight.ts'

const weights = [0, 0.5, 1]
const queries = (count: number, scores: (at: number) => readonly number[]) =>
  Array.from({ length: count }, (_, at) => {
    const byWeight = scores(at)
    return { byWeight, now: byWeight[0] ?? 0 }
  })

test('what serves all queries better is found, with what it gains', () => {
  const fitted = fitWeight(
    queries(50, () => [0.5, 0.8, 0.6]),
    { weights, present: 0 },
  )

  expect(fitted.weight).toBe(0.5)
  for (const value of [fitted.gain, fitted.low, fitted.high]) expect(value).toBeCloseTo(0.3, 12)
})

test('what is as good as the present weight is not preferred to it', () => {
  expect(
    fitWeight(
      queries(50, () => [0.5, 0.5, 0.5]),
      { weights, present: 0.6 },
    ),
  ).toEqual({ weight: 0.5, gain: 0, low: 0, high: 0 })
})

test('what is fitted to chance is seen to gain nothing', () => {
  // Each weight wins at another fifth: what the rest prefers loses there.
  const fitted = fitWeight(
    queries(100, (at) => (at % 5 === 0 ? [1, 0, 0] : at % 2 === 0 ? [0.5, 0.6, 0] : [0.5, 0.3, 0])),
    { weights, present: 0 },
  )

  expect(fitted.low).toBeLessThanOrEqual(0)
})
