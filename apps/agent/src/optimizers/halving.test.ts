import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ranked, roundsOf, runsOf } from './halving.ts'

test('half of the candidates is left behind in each round, and the others meet twice as many cases', () => {
  expect(roundsOf(8, 40)).toEqual([
    { from: 0, to: 10, candidates: 8, kept: 4 },
    { from: 10, to: 20, candidates: 4, kept: 2 },
    { from: 20, to: 40, candidates: 2, kept: 1 },
  ])
  expect(roundsOf(6, 3)).toEqual([{ from: 0, to: 3, candidates: 6, kept: 1 }])
  expect(roundsOf(1, 20)).toEqual([{ from: 0, to: 20, candidates: 1, kept: 1 }])
})

test('however many there are, one is left, every case is met, and it costs no more than trying all on all', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 3, max: 200 }),
      (many, cases) => {
        const rounds = roundsOf(many, cases)
        expect(rounds.at(-1)).toMatchObject({ to: cases, kept: 1 })
        for (const [index, { from, to, candidates }] of rounds.entries()) {
          expect(to).toBeGreaterThan(from)
          expect(from).toBe(rounds[index - 1]?.to ?? 0)
          expect(candidates).toBe(rounds[index - 1]?.kept ?? many)
        }
        expect(runsOf(rounds, 1)).toBeLessThanOrEqual((many + 1) * cases)
      },
    ),
  )
})

test('of two that score alike, the one that costs less goes first', () => {
  const one = { number: 1, score: 0.5, costMicroUsd: 9 }
  const two = { number: 2, score: 0.5, costMicroUsd: 3 }
  const none = { number: 3, score: null, costMicroUsd: 0 }
  expect(ranked([none, one, two]).map(({ number }) => number)).toEqual([2, 1, 3])
})
