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
  })

  test('has what is good enough by a measure that does not depend on what else was found', () => {
    expect(scoresBy('keyword', {}, 8)).toHaveLength(1)
    expect(scoresBy('keyword', {}, 8.1)).toEqual([])
    expect(scoresBy('vector', {}, 0.91)).toEqual([])
    expect(scoresBy('hybrid', {}, 0.5)).toHaveLength(2)
    expect(scoresBy('hybrid', {}, 0.51)).toEqual([['near', 0.4]])
    expect(scoresBy('hybrid', {}, 0.91)).toEqual([])
  })

  test('has all that was found when nothing is asked of it, also what is opposite', () => {
    expect(scoresBy('hybrid', { cosines: new Map([['word', -0.1]]) })).toHaveLength(2)
  })

  test('keeps what has no cosine, as nobody can say that it is far', () => {
    expect(scoresBy('hybrid', { cosines: new Map() }, 0.95)).toEqual([['word', 0.6]])
    expect(scoresBy('hybrid', { vector: undefined }, 0.95)).toEqual([['word', 1]])
  })

  test('is of words, from 0 to 1, when there is no vector of the question', () => {
    expect(scoresBy('hybrid', { vector: undefined })).toEqual([['word', 1]])
    expect(scoresBy('vector', { vector: undefined })).toEqual([['word', 1]])
  })
})
