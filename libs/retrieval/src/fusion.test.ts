import { describe, expect, test } from 'vitest'
import type { Candidate } from './candidates.ts'
import { type FusionInput, type FusionOptions, fuse } from './fusion.ts'

const word = (id: string, score: number, isGuess = false): Candidate => ({
  id,
  score,
  isGuess,
  contributions: { morpheme: score * 0.75, bigram: score * 0.25, heading: 0 },
})
const near = (id: string, score: number) => ({ id, documentId: `of-${id}`, score })

function fused(input: Partial<FusionInput>, options: Partial<FusionOptions> = {}) {
  const whole = { keyword: [], vector: [], cosines: new Map(), ...input }
  const found = fuse(whole, { method: 'weighted', vectorWeight: 0.4, ...options })
  return new Map(found.map((candidate) => [candidate.id, candidate]))
}

describe('a weighted sum', () => {
  const input = {
    keyword: [word('both', 8), word('words', 4)],
    vector: [near('both', 0.9), near('meaning', 0.8)],
    cosines: new Map([
      ['both', 0.9],
      ['words', 0.7],
    ]),
  }

  test('is of both scores, each by its best within the question', () => {
    const found = fused(input)

    expect(found.get('both')?.score).toBeCloseTo(0.6 + 0.4, 12)
    expect(found.get('words')?.score).toBeCloseTo(0.6 / 2 + 0, 12)
    expect(found.get('meaning')?.score).toBeCloseTo(0.4 / 2, 12)
    expect(found.get('words')?.legs).toEqual({ keyword: 4, vector: 0.7 })
    expect(found.get('meaning')?.legs).toEqual({ vector: 0.8 })
  })

  test('is told apart into what each field adds', () => {
    const { contributions, score } = fused(input).get('both') ?? expect.unreachable()

    expect(contributions).toEqual({
      morpheme: expect.closeTo(0.45, 12),
      bigram: expect.closeTo(0.15, 12),
      heading: 0,
      vector: expect.closeTo(0.4, 12),
    })
    expect(Object.values(contributions).reduce((a, b) => a + b, 0)).toBeCloseTo(score, 12)
  })

  test('of one side alone orders as that side does', () => {
    const words = fused({ keyword: input.keyword })
    const meaning = fused({ vector: input.vector })

    expect([...words.values()].map(({ score }) => score)).toEqual([
      expect.closeTo(0.6, 12),
      expect.closeTo(0.3, 12),
    ])
    expect([...meaning.values()].map(({ score }) => score)).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0, 12),
    ])
    expect(fused({ vector: [near('one', -0.2)] }).get('one')?.score).toBeCloseTo(0.4, 12)
    expect(fused({}).size).toBe(0)
  })

  test('does not let a guess in by its words, but by its nearness', () => {
    const guesses = {
      keyword: [word('far', 2, true), word('near', 1, true)],
      vector: [near('near', 1)],
    }

    expect(fused(guesses).get('far')?.isGuess).toBe(true)
    expect(fused(guesses).get('near')?.isGuess).toBe(false)
  })
})

test('reciprocal ranks look at places alone', () => {
  const found = fused(
    {
      keyword: [word('a', 100), word('b', 1)],
      vector: [near('b', 0.1), near('a', 0.09), near('c', 0)],
    },
    { method: 'rrf' },
  )

  expect(found.get('a')?.score).toBeCloseTo(0.5 + 61 / 62 / 2, 12)
  expect(found.get('b')?.score).toBe(found.get('a')?.score)
  expect(found.get('c')?.contributions).toEqual({ vector: expect.closeTo(61 / 63 / 2, 12) })
})
