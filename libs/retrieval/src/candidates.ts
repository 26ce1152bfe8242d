import type { LexicalHit, LexicalIndex } from './lexical/bm25-index.ts'
import type { QuestionTerms } from './question.ts'

/** A passage that may answer, before anybody has looked whether it may still be shown. */
export interface Candidate extends Pick<LexicalHit, 'id' | 'score'> {
  /** What each field adds to the score. */
  readonly contributions: Readonly<Record<string, number>>
  /** No word of the question is known: it was found by pieces of words alone. */
  readonly isGuess: boolean
}

export interface MatchOptions {
  readonly limit: number
  readonly minScore: number
}

/** Whatever has the passages that share terms with a question: an index, or what a store has fetched for it. */
export type LexicalSearch = Pick<LexicalIndex, 'search'>

/**
 * What an index has for a question. A passage must share a morpheme with it, in its text or its
 * headings: pairs of syllables are shared by chance. Only when the index knows none of the
 * morphemes (a misspelling, a name) do pairs count alone; see `isConvincing`.
 */
export function candidatesOf(
  index: LexicalSearch,
  { morphemes, bigrams }: QuestionTerms,
  { limit, minScore }: MatchOptions,
): Candidate[] {
  const found = index.search({
    ...{ morphemes, bigrams, minScore, topK: limit },
    mustShareMorpheme: true,
  })
  if (found.length > 0) return found.map((hit) => candidate(hit, false))

  // Where the words are known, and nothing that has them is good enough, nothing else is.
  const known = index.search({ morphemes, bigrams: NONE, topK: 1 })
  if (known.length > 0) return []
  return index
    .search({ morphemes: NONE, bigrams, topK: limit, minScore })
    .map((hit) => candidate(hit, true))
}

const NONE: ReadonlyMap<string, number> = new Map()

function candidate({ id, score, contributions }: LexicalHit, isGuess: boolean): Candidate {
  return { id, score, contributions: { ...contributions }, isGuess }
}

/** The best of several indexes; equal scores by id, so that the order is always the same. */
export function best<Found extends Pick<Candidate, 'id' | 'score'>>(
  candidates: readonly Found[],
  limit: number,
): Found[] {
  return candidates
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .slice(0, limit)
}

/** A guess must share at least half of the different pairs of syllables in the question. */
export function isConvincing(
  { isGuess }: Candidate,
  question: readonly string[],
  passage: () => readonly string[],
): boolean {
  if (!isGuess) return true
  const asked = new Set(question)
  const shared = asked.intersection(new Set(passage()))
  return shared.size * 2 >= asked.size
}
