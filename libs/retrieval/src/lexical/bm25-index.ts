import { type ChunkTable, createChunkTable } from './chunk-table.ts'
import { createField, type TermWeights } from './field.ts'
import { MaxScore } from './max-score.ts'
import { scoreAt, type TermList } from './term-list.ts'
import { createTopK } from './top-k.ts'

/** What is indexed of one chunk; repeated terms count. */
export interface LexicalChunk {
  readonly id: string
  readonly documentId: string
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  /** The morphemes of the title and of the headings above the chunk. */
  readonly headingMorphemes: readonly string[]
}

export interface LexicalQuery {
  readonly morphemes: TermWeights
  readonly bigrams: TermWeights
  /** How many hits at most; none for less than 1. */
  readonly topK: number
  /** Hits below this score are left out. */
  readonly minScore?: number
  /** Pairs of syllables rank what shares a morpheme, and find nothing by themselves. */
  readonly mustShareMorpheme?: boolean
}

export interface LexicalHit {
  readonly id: string
  readonly documentId: string
  /** The sum of the contributions. */
  readonly score: number
  /** What each field adds to the score, its weight included. */
  readonly contributions: Contributions
}

export interface Contributions {
  readonly morpheme: number
  readonly bigram: number
  readonly heading: number
}

/**
 * The index of one knowledge base, in memory. Never put two tenants into one: the frequencies of
 * one would show in the scores of the other.
 */
export interface LexicalIndex {
  /** Adds a chunk; one with the same id is replaced. */
  add(chunk: LexicalChunk): void
  /** Forgets all chunks of a document: the next search knows nothing of them, nor do its scores. */
  remove(documentId: string): void
  /** Best first; equal scores by ascending id, so that the order is always the same. */
  search(query: LexicalQuery): LexicalHit[]
  /** In how many chunks a pair of syllables is; removed ones may still count, a quarter at most. */
  holdersOfBigram(bigram: string): number
  /** The number of chunks. */
  readonly size: number
  /** An estimate of the memory, from above, for a budget. */
  readonly bytes: number
}

/**
 * Morphemes carry the meaning. Bigrams help where they fail (misspellings, names, missing spaces):
 * on two public Korean question sets nDCG@10 was best near 0.3, and within 0.003 of that from 0.1
 * to 0.4. A heading says what its passage is about, in few words: half as much as the text, though
 * on encyclopedias, where it is the name of what is asked for, more would be better.
 */
const WEIGHTS = { morpheme: 1, bigram: 0.3, heading: 0.5 } as const

export function createLexicalIndex(): LexicalIndex {
  const chunks = createChunkTable()
  const fields = { morpheme: createField(), bigram: createField(), heading: createField() }
  const all = Object.values(fields)
  const maxScore = new MaxScore()

  function drop(ordinals: readonly number[]): void {
    for (const ordinal of ordinals) {
      chunks.remove(ordinal)
      for (const field of all) field.forget(ordinal)
    }
    const newOrdinals = chunks.compact()
    if (newOrdinals !== undefined) for (const field of all) field.renumber(newOrdinals)
  }

  return {
    add({ id, documentId, morphemes, bigrams, headingMorphemes }) {
      const old = chunks.ordinalOf(id)
      if (old !== undefined) drop([old])
      const ordinal = chunks.add({ id, documentId })
      fields.morpheme.add(ordinal, morphemes)
      fields.bigram.add(ordinal, bigrams)
      fields.heading.add(ordinal, headingMorphemes)
    },

    remove(documentId) {
      drop([...chunks.ordinalsOf(documentId)])
    },

    search({ morphemes, bigrams, topK, minScore = 0, mustShareMorpheme = false }) {
      if (topK < 1 || chunks.size === 0) return []
      const listsOf = (name: keyof Contributions, terms: TermWeights, leads: boolean) =>
        fields[name].lists(terms, { chunks, leads, weight: WEIGHTS[name] })
      const lists = {
        morpheme: listsOf('morpheme', morphemes, true),
        bigram: listsOf('bigram', bigrams, !mustShareMorpheme),
        heading: listsOf('heading', morphemes, true),
      }
      const ordinals = maxScore.search(Object.values(lists).flat(), {
        ...{ alive: chunks.alive, topK, minScore },
      })
      return bestHits(ordinals, { chunks, lists, topK, minScore })
    },

    holdersOfBigram: (bigram) => fields.bigram.holders(bigram),

    get size() {
      return chunks.size
    },

    get bytes() {
      return all.reduce((sum, field) => sum + field.bytes, chunks.bytes + maxScore.bytes)
    },
  }
}

interface Asked {
  readonly chunks: ChunkTable
  readonly lists: Readonly<Record<keyof Contributions, readonly TermList[]>>
  readonly topK: number
  readonly minScore: number
}

/** Adds up what each chunk gets, always in the same order: a score does not depend on how it was found. */
function bestHits(ordinals: Uint32Array, { chunks, lists, topK, minScore }: Asked): LexicalHit[] {
  const best = createTopK<LexicalHit>(topK, byScoreThenId)
  for (const ordinal of ordinals) {
    const sumOf = (terms: readonly TermList[]) =>
      terms.reduce((sum, term) => sum + scoreAt(term, ordinal), 0)
    const contributions = {
      morpheme: sumOf(lists.morpheme),
      bigram: sumOf(lists.bigram),
      heading: sumOf(lists.heading),
    }
    const score = contributions.morpheme + contributions.bigram + contributions.heading
    const key = chunks.keyOf(ordinal)
    if (key && score > 0 && score >= minScore) best.offer({ ...key, score, contributions })
  }
  return best.take()
}

function byScoreThenId(a: LexicalHit, b: LexicalHit): number {
  if (a.score !== b.score) return b.score - a.score
  return a.id < b.id ? -1 : 1
}
