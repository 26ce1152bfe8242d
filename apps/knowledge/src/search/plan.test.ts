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
  fusion: 'weighted' as const,
  minScore: 0.1,
  rerank: true,
})

describe('a plan', () => {
  test('is for words and vectors where there are vectors by one model', () => {
    expect(planOf(request(), [base('a', 0.2), base(null, 1), base('a', 0.6)])).toEqual({
      mode: 'hybrid',
      model: 'a',
      fusion: 'weighted',
      vectorWeight: 0.4,
      minScore: 0.1,
      rerank: true,
    })
    expect(planOf(request({ vectorWeight: 0 }), [base('a')]).vectorWeight).toBe(0)
  })

  test('is as the bases say, where the request does not', () => {
    const plan = (changes: Partial<SearchRequest>, ...others: object[]) =>
      planOf(
        request(changes),
        [{}, ...others].map((other) => ({ ...base('a'), fusion: 'rrf' as const, ...other })),
      )

    expect(plan({})).toMatchObject({ fusion: 'rrf', minScore: 0.1 })
    expect(plan({ minScore: 0.3 }).minScore).toBe(0.3)
    expect(plan({ fusion: 'weighted' }).fusion).toBe('weighted')
    expect(plan({}, { fusion: 'weighted' }).fusion).toBe('weighted')
    expect(plan({}, { minScore: 0.05 }).minScore).toBe(0.05)
    expect(plan({}, { rerank: false }).rerank).toBe(true)
    expect(planOf(request(), [{ ...base('a'), rerank: false }]).rerank).toBe(false)
    expect(planOf(request({ rerank: true }), [{ ...base('a'), rerank: false }]).rerank).toBe(true)
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
