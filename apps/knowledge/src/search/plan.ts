import type { SearchRequest } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { best, type Candidate, type FusedCandidate, fuse, type VectorHit } from '@dure/retrieval'

/** How a question is answered: by words, by vectors, or by both. */
export interface SearchPlan {
  readonly mode: 'keyword' | 'vector' | 'hybrid'
  /** Of the vectors; undefined: they are not asked. */
  readonly model: string | undefined
  readonly fusion: 'weighted' | 'rrf'
  readonly vectorWeight: number
}

/** What a plan has to know of a knowledge base. */
export interface PlannedBase {
  readonly embeddingModel: string | null
  readonly vectorWeight: number
}

/**
 * Both, where there are vectors. Of several bases with vectors by different models, nothing can be compared but words.
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
    fusion: request.fusion ?? 'weighted',
    vectorWeight: request.vectorWeight ?? mean,
  }
}

export interface Found {
  readonly keyword: readonly Candidate[]
  /** Undefined: nobody could make a vector of the question. */
  readonly vector: readonly VectorHit[] | undefined
  readonly cosines: ReadonlyMap<string, number>
}

/** One list, best first. Of words alone, scores are those of BM25; of vectors alone, cosines; else they are from 0 to 1. */
export function rank(
  { keyword, vector, cosines }: Found,
  { mode, fusion, vectorWeight }: SearchPlan,
  { limit, minScore }: { readonly limit: number; readonly minScore: number },
): FusedCandidate[] {
  const words = best(keyword, keyword.length)
  const near = (vector ?? []).toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const candidates = () => {
    if (mode === 'keyword') return words.map((word) => ({ ...word, legs: { keyword: word.score } }))
    if (vector === undefined) {
      return fuse(
        { keyword: words, vector: [], cosines: NONE },
        { method: 'weighted', vectorWeight: 0 },
      )
    }
    if (mode === 'vector') return near.map(nearCandidate)
    return fuse({ keyword: words, vector: near, cosines }, { method: fusion, vectorWeight })
  }
  return best(candidates(), Number.POSITIVE_INFINITY)
    .filter(({ score }) => score >= minScore)
    .slice(0, limit)
}

const NONE: ReadonlyMap<string, number> = new Map()

function nearCandidate({ id, score }: VectorHit): FusedCandidate {
  return { id, score, isGuess: false, contributions: { vector: score }, legs: { vector: score } }
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
