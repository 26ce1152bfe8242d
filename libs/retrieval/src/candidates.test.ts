import { describe, expect, test } from 'vitest'
import { best, candidatesOf, isConvincing } from './candidates.ts'
import { createLexicalIndex } from './lexical/bm25-index.ts'

function indexOf(
  ...chunks: { id: string; morphemes?: string[]; bigrams?: string[]; headings?: string[] }[]
) {
  const index = createLexicalIndex()
  for (const { id, morphemes = [], bigrams = [], headings = [] } of chunks) {
    index.add({ id, documentId: id, morphemes, bigrams, headingMorphemes: headings })
  }
  return index
}

const weights = (terms: string[]) => new Map(terms.map((term) => [term, 1]))
const termsOf = (morphemes: string[], bigrams: string[]) => ({
  morphemes: weights(morphemes),
  bigrams: weights(bigrams),
})
const all = { limit: 10, minScore: 0 }

describe('what may answer a question', () => {
  const index = indexOf(
    { id: 'word', morphemes: ['환불'], bigrams: ['환불'] },
    { id: 'pairs', morphemes: ['교환'], bigrams: ['환불', '불가'] },
    { id: 'title', morphemes: ['절차'], headings: ['환불'] },
    { id: 'other', morphemes: ['배송'], bigrams: ['배송'] },
  )
  const idsFor = (morphemes: string[], bigrams: string[]) =>
    candidatesOf(index, termsOf(morphemes, bigrams), all).map(({ id, isGuess }) => ({
      id,
      isGuess,
    }))

  test('shares a word with it, in the text or in the headings', () => {
    const found = idsFor(['환불'], ['환불'])

    expect(found.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'title', isGuess: false },
      { id: 'word', isGuess: false },
    ])
  })

  test('is guessed by pairs of syllables when no word of it is known', () => {
    const found = idsFor(['환불가능'], ['환불', '불가', '가능'])

    expect(found).toEqual([
      { id: 'pairs', isGuess: true },
      { id: 'word', isGuess: true },
    ])
  })

  test('is not pushed out by chance matches, however many', () => {
    const crowd = Array.from({ length: 30 }, (_, n) => ({
      id: `crowd-${n}`,
      morphemes: ['다른'],
      bigrams: ['환불', '불가', '가능'],
    }))
    const crowded = indexOf({ id: 'word', morphemes: [...Array(60).fill('긴'), '환불'] }, ...crowd)
    const terms = termsOf(['환불'], ['환불', '불가', '가능'])

    const found = candidatesOf(crowded, terms, { limit: 1, minScore: 0 })

    expect(found.map(({ id }) => id)).toEqual(['word'])
  })

  test('is never a guess when a word is known but scores too little', () => {
    const terms = termsOf(['환불'], ['환불'])

    expect(candidatesOf(index, terms, { limit: 10, minScore: 1000 })).toEqual([])
  })

  test('is nothing when the question has no terms', () => {
    expect(idsFor([], [])).toEqual([])
  })
})

describe('a guess', () => {
  const guess = { id: 'a', score: 1, contributions: { morpheme: 0, bigram: 1, heading: 0 } }
  const asked = ['환불', '불가', '가능', '능한']

  test('convinces with half of the pairs', () => {
    expect(isConvincing({ ...guess, isGuess: true }, asked, () => ['환불', '불가', '다른'])).toBe(
      true,
    )
  })

  test('does not with less, however often it has them', () => {
    expect(isConvincing({ ...guess, isGuess: true }, asked, () => ['환불', '환불', '환불'])).toBe(
      false,
    )
  })

  test('need not be one where a word is shared', () => {
    expect(isConvincing({ ...guess, isGuess: false }, asked, () => [])).toBe(true)
  })
})

test('the best of several indexes come in an order that is always the same', () => {
  const candidate = (id: string, score: number) => ({
    id,
    score,
    contributions: { morpheme: score, bigram: 0, heading: 0 },
    isGuess: false,
  })

  const found = best([candidate('c', 1), candidate('b', 2), candidate('a', 1)], 2)

  expect(found.map(({ id }) => id)).toEqual(['b', 'a'])
})
