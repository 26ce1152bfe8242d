import { describe, expect, test } from 'vitest'
import { rank, type SearchMode } from './rank.ts'

describe('a list', () => {
  const word = { id: 'word', score: 8, isGuess: false, contributions: { morpheme: 8 } }
  const near = { id: 'near', documentId: 'of-near', score: 0.9 }
  const found = { keyword: [word], vector: [near], cosines: new Map([['word', 0.5]]) }
  const scoresBy = (mode: SearchMode, changes: object = {}, minScore = 0) => {
    const ranking = { mode, fusion: 'weighted', vectorWeight: 0.4 } as const
    const ranked = rank({ ...found, ...changes }, ranking, { limit: 10, minScore })
    return ranked.map(({ id, score }) => [id, score])
  }

  test('has the scores of its mode', () => {
    expect(scoresBy('keyword')).toEqual([['word', 8]])
    expect(scoresBy('vector')).toEqual([['near', 0.9]])
    expect(scoresBy('hybrid')).toEqual([
      ['word', 0.6],
      ['near', 0.4],
    ])
    expect(scoresBy('hybrid', {}, 0.5)).toEqual([['word', 0.6]])
  })

  test('is of words, from 0 to 1, when there is no vector of the question', () => {
    expect(scoresBy('hybrid', { vector: undefined })).toEqual([['word', 1]])
    expect(scoresBy('vector', { vector: undefined })).toEqual([['word', 1]])
  })
})
