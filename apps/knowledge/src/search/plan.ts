import type { SearchRequest } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import type { Ranking } from '@dure/retrieval'

/** How a question is answered: by words, by vectors, or by both. */
export interface SearchPlan extends Ranking {
  /** Of the vectors; undefined: they are not asked. */
  readonly model: string | undefined
  /** Of these vectors, as far as it is known. */
  readonly dimensions: number | undefined
  readonly minScore: number
  /** Where a reranker is configured. */
  readonly rerank: boolean
}

/** What a plan has to know of a knowledge base. */
export interface PlannedBase {
  readonly embeddingModel: string | null
  readonly embeddingDimensions?: number | null
  readonly vectorWeight: number
  readonly fusion: 'weighted' | 'rrf'
  readonly minScore: number
  readonly rerank: boolean
}

/**
 * What the request does not say is as the bases say. Where they differ, the weights have their mean, the least floor
 * counts, places need all of them, and the reranker one. Both, where there are vectors. Of several bases with vectors by different models, nothing can be compared but words.
 *
 * @throws InvalidInputError `search.no-vectors`, `search.several-models` when vectors are asked for by name
 */
export function planOf(request: SearchRequest, bases: readonly PlannedBase[]): SearchPlan {
  const withVectors = bases.filter(({ embeddingModel }) => embeddingModel !== null)
  const models = [...new Set(withVectors.map(({ embeddingModel }) => embeddingModel ?? ''))]
  const mode = request.mode ?? (models.length === 1 ? 'hybrid' : 'keyword')
  const weights = withVectors.map(({ vectorWeight }) => vectorWeight)
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  if (mode !== 'keyword' && models.length !== 1)
    throw models.length === 0 ? noVectors() : severalModels()
  return {
    mode,
    model: mode === 'keyword' ? undefined : models[0],
    dimensions:
      withVectors.find((base) => base.embeddingDimensions)?.embeddingDimensions ?? undefined,
    fusion: request.fusion ?? fusionOf(withVectors),
    vectorWeight: request.vectorWeight ?? mean,
    minScore: Math.max(request.minScore, Math.min(...bases.map(({ minScore }) => minScore))),
    rerank: request.rerank ?? bases.some(({ rerank }) => rerank),
  }
}

function fusionOf(bases: readonly PlannedBase[]): SearchPlan['fusion'] {
  return bases.length > 0 && bases.every(({ fusion }) => fusion === 'rrf') ? 'rrf' : 'weighted'
}

function noVectors(): InvalidInputError {
  return new InvalidInputError(
    'search.no-vectors',
    'The knowledge base has no vectors: leave `mode` out, or make one with an `embeddingModel`',
    [{ pointer: '#/mode', message: 'needs vectors' }],
  )
}

function severalModels(): InvalidInputError {
  return new InvalidInputError(
    'search.several-models',
    'The knowledge bases have vectors by different models: search them one by one, or by `keyword`',
    [{ pointer: '#/mode', message: 'needs vectors by one model' }],
  )
}
