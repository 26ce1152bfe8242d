import type { Candidate } from './candidates.ts'
import type { VectorHit } from './vectors/vector-index.ts'

/** What one passage got from each way of looking for it. */
export interface Legs {
  /** BM25, as the index of words has it; absent: no word is shared. */
  readonly keyword?: number
  /** The cosine with the question; absent: it has no vector. */
  readonly vector?: number
}

/** A passage that was found by words, by its vector, or by both. */
export interface FusedCandidate extends Candidate {
  readonly legs: Legs
}

export interface FusionInput {
  readonly keyword: readonly Candidate[]
  readonly vector: readonly VectorHit[]
  /** Cosines by id, of what was found by words: that it is not among the nearest does not make it far. */
  readonly cosines: ReadonlyMap<string, number>
}

export interface FusionOptions {
  readonly method: 'weighted' | 'rrf'
  /** What vectors count for, from 0 to 1; words count for the rest. */
  readonly vectorWeight: number
}

/**
 * Words first: on Korean questions they were the better leg of most sets that we measured, and a vector that is wrong then
 * pulls less down.
 */
export const DEFAULT_VECTOR_WEIGHT = 0.4

/** Of Cormack, Clarke and Buettcher, 2009. */
const RRF_K = 60

/**
 * One list of two. `weighted` sums both scores, each made comparable within this question: words by their best, cosines by
 * their best and their worst, as no model uses the whole range of them (a convex combination, as in Bruch, Gai and Ingber,
 * arXiv 2210.11934). `rrf` knows places alone, whatever the scores; a weak list pulls a good one down. Scores are from 0 to 1.
 */
export function fuse(
  input: FusionInput,
  { method, vectorWeight }: FusionOptions,
): FusedCandidate[] {
  const score = method === 'rrf' ? byPlaces(input) : byScores(input, vectorWeight)
  const found = new Map(input.keyword.map((candidate) => [candidate.id, candidate]))
  const near = new Map(input.vector.map(({ id, score: cosine }) => [id, cosine]))
  return [...new Set([...found.keys(), ...near.keys()])].map((id) => {
    const candidate = found.get(id)
    const vector = near.get(id) ?? input.cosines.get(id)
    const contributions = score(id)
    return {
      id,
      contributions,
      score: Object.values(contributions).reduce((sum, part) => sum + part, 0),
      // Who is near need not convince by its words.
      isGuess: candidate?.isGuess === true && !near.has(id),
      legs: {
        ...(candidate && { keyword: candidate.score }),
        ...(vector !== undefined && { vector }),
      },
    }
  })
}

type Score = (id: string) => Readonly<Record<string, number>>

function byScores({ keyword, vector, cosines }: FusionInput, vectorWeight: number): Score {
  const most = keyword.reduce((largest, { score }) => Math.max(largest, score), 0)
  const words = new Map(keyword.map(({ id, contributions }) => [id, contributions]))
  const all = new Map([...cosines, ...vector.map(({ id, score }) => [id, score] as const)])
  const nearest = Math.max(...all.values())
  const farthest = Math.min(...all.values())
  const nearness = (cosine: number) =>
    nearest === farthest ? 1 : (cosine - farthest) / (nearest - farthest)

  return (id) => {
    const scale = most === 0 ? 0 : (1 - vectorWeight) / most
    const parts = Object.entries(words.get(id) ?? {}).map(([field, part]) => [field, part * scale])
    const cosine = all.get(id)
    return {
      ...Object.fromEntries(parts),
      ...(cosine !== undefined && { vector: vectorWeight * nearness(cosine) }),
    }
  }
}

function byPlaces({ keyword, vector }: FusionInput): Score {
  // The best that is possible, first in both lists, is 1.
  const share = (place: number) => (RRF_K + 1) / (RRF_K + 1 + place) / 2
  const words = new Map(keyword.map(({ id }, place) => [id, share(place)]))
  const near = new Map(vector.map(({ id }, place) => [id, share(place)]))
  return (id) => {
    const [keywordPart, vectorPart] = [words.get(id), near.get(id)]
    return {
      ...(keywordPart !== undefined && { keyword: keywordPart }),
      ...(vectorPart !== undefined && { vector: vectorPart }),
    }
  }
}
