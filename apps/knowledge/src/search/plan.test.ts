import type { SearchRequest } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { planOf } from './plan.ts'

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
