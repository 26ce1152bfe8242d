import type { SearchRequest } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { planOf, rank, type SearchPlan } from './plan.ts'

const request = (changes: Partial<SearchRequest> = {}): SearchRequest => ({
  knowledgeBaseIds: [],
  query: 'x',
  topK: 5,
  minScore: 0,
  ...changes,
})
const base = (embeddingModel: string | null, vectorWeight = 0.4) => ({
  embeddingModel,
  vectorWeight,
})

describe('a plan', () => {
  test('is for words and vectors where there are vectors by one model', () => {
    expect(planOf(request(), [base('a', 0.2), base(null, 1), base('a', 0.6)])).toEqual({
      mode: 'hybrid',
      model: 'a',
      fusion: 'weighted',
      vectorWeight: 0.4,
    })
    expect(planOf(request({ vectorWeight: 0 }), [base('a')]).vectorWeight).toBe(0)
  })

  test('is for words where there are none, or where they cannot be compared', () => {
    expect(planOf(request(), [base(null)])).toMatchObject({ mode: 'keyword', model: undefined })
    expect(planOf(request(), [base('a'), base('b')])).toMatchObject({ mode: 'keyword' })
    expect(planOf(request({ mode: 'keyword' }), [base('a')])).toMatchObject({ model: undefined })
  })

  test('for vectors is refused where it cannot be', () => {
    const plan = (models: (string | null)[]) => () =>
      planOf(
        request({ mode: 'vector' }),
        models.map((model) => base(model)),
      )

    expect(plan([null])).toThrow(expect.objectContaining({ code: 'search.no-vectors' }))
    expect(plan(['a', 'b'])).toThrow(expect.objectContaining({ code: 'search.several-models' }))
  })
})

describe('a list', () => {
  const word = { id: 'word', score: 8, isGuess: false, contributions: { morpheme: 8 } }
  const near = { id: 'near', documentId: 'of-near', score: 0.9 }
  const found = { keyword: [word], vector: [near], cosines: new Map([['word', 0.5]]) }
  const scoresBy = (mode: SearchPlan['mode'], changes: object = {}, minScore = 0) => {
    const plan = { mode, model: 'a', fusion: 'weighted', vectorWeight: 0.4 } as const
    const ranked = rank({ ...found, ...changes }, plan, { limit: 10, minScore })
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
