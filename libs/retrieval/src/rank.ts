import { best, type Candidate } from './candidates.ts'
import { type FusedCandidate, type FusionOptions, fuse } from './fusion.ts'
import type { VectorHit } from './vectors/vector-index.ts'

export const SEARCH_MODES = ['keyword', 'vector', 'hybrid'] as const
/** By words, by vectors, or by both. */
export type SearchMode = (typeof SEARCH_MODES)[number]

export interface Ranking {
  readonly mode: SearchMode
  readonly fusion: FusionOptions['method']
  readonly vectorWeight: number
}

export interface Found {
  readonly keyword: readonly Candidate[]
  /** Undefined: nobody could make a vector of the question. */
  readonly vector: readonly VectorHit[] | undefined
  readonly cosines: ReadonlyMap<string, number>
}

/**
 * One list, best first. Of words alone, scores are those of BM25; of vectors alone, cosines; else they are from 0 to 1, and
 * compare passages of one answer alone. So `minScore` is not about them: it is the least BM25 of a search by words, and the
 * least cosine of any other, and 0 leaves nothing out. What has no cosine, as nobody has made its vector or that of the question, stays.
 */
export function rank(
  { keyword, vector, cosines }: Found,
  { mode, fusion, vectorWeight }: Ranking,
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
  const isEnough = ({ score, legs }: FusedCandidate) => {
    if (mode === 'keyword') return score >= minScore
    return minScore === 0 || (legs.vector ?? Number.POSITIVE_INFINITY) >= minScore
  }
  return best(candidates(), Number.POSITIVE_INFINITY).filter(isEnough).slice(0, limit)
}

const NONE: ReadonlyMap<string, number> = new Map()

function nearCandidate({ id, score }: VectorHit): FusedCandidate {
  return { id, score, isGuess: false, contributions: { vector: score }, legs: { vector: score } }
}
