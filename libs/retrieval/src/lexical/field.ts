import { holdersOf } from './list-notes.ts'
import { createPostings } from './postings.ts'
import { type TermList, termList } from './term-list.ts'

/** The chunks of an index, as far as a field has to know them. */
export interface ChunkStates {
  /** 1 for each ordinal that is not removed. */
  readonly alive: Uint8Array
  /** How many ordinals were given out. */
  readonly capacity: number
  /** How many chunks there are. */
  readonly size: number
  /** How many were ever removed. */
  readonly removals: number
}

/** How much each term of a question counts: usually how often it is there. */
export type TermWeights = ReadonlyMap<string, number>

export interface TermsOptions {
  readonly chunks: ChunkStates
  /** What the field counts for, beside others. */
  readonly weight: number
  /** Whether chunks are found by these terms, or only ranked by them. */
  readonly leads: boolean
}

/** One field of all chunks, scored by BM25 with statistics of its own. */
export interface Field {
  add(ordinal: number, terms: readonly string[]): void
  /** Takes the length of a removed chunk out of the average. */
  forget(ordinal: number): void
  /** The chunks of each term that the field knows, in the order of the terms. */
  lists(terms: TermWeights, options: TermsOptions): TermList[]
  /** In how many chunks a term is; removed ones may still be among them, a quarter at most. */
  holders(term: string): number
  renumber(newOrdinals: Int32Array): void
  readonly bytes: number
}

/**
 * Robertson's constants. A passage is short: that it repeats a word says less than in a book, so the
 * frequency saturates earlier than with Lucene's 1.2 (as in Anserini's defaults for passages).
 */
const K1 = 0.9
const B = 0.75

export function createField(): Field {
  const postings = createPostings()
  let lengths = new Uint32Array(64)
  let totalLength = 0

  return {
    add(ordinal, terms) {
      if (ordinal >= lengths.length) lengths = enlarged(lengths, 2 * ordinal)
      lengths[ordinal] = terms.length
      totalLength += terms.length
      postings.add(ordinal, terms)
    },
    forget(ordinal) {
      totalLength -= lengths[ordinal] ?? 0
      lengths[ordinal] = 0
    },
    lists(terms, { chunks, weight, leads }) {
      const slope = (K1 * B * chunks.size) / totalLength
      const field = { lengths, base: K1 * (1 - B), slope }
      return [...terms].flatMap(([term, termWeight]) => {
        const list = postings.read(term)
        if (list === undefined) return []
        const rarity = inverseDocumentFrequency(holdersOf(list, chunks), chunks.size)
        return [termList({ list, field, leads, weight: weight * termWeight * rarity })]
      })
    },
    holders: (term) => postings.read(term)?.length ?? 0,
    renumber(newOrdinals) {
      postings.renumber(newOrdinals)
      const moved = new Uint32Array(lengths.length)
      for (let old = 0; old < newOrdinals.length; old++) {
        const ordinal = newOrdinals[old] ?? -1
        if (ordinal >= 0) moved[ordinal] = lengths[old] ?? 0
      }
      lengths = moved
    },
    get bytes() {
      return postings.bytes + lengths.byteLength
    },
  }
}

/** Lucene's form, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). */
function inverseDocumentFrequency(holders: number, size: number): number {
  return Math.log(1 + (size - holders + 0.5) / (holders + 0.5))
}

function enlarged(lengths: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size)
  larger.set(lengths)
  return larger
}
