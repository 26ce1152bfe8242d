import { createPostings, frequencyOf, ordinalOf } from './postings.ts'

/** The chunks of an index, as far as a field has to know them. */
export interface ChunkStates {
  /** 1 for each ordinal that is not removed. */
  readonly alive: Uint8Array
  /** How many ordinals were given out. */
  readonly capacity: number
  /** How many chunks there are. */
  readonly size: number
}

/** How much each term of a question counts: usually how often it is there. */
export type TermWeights = ReadonlyMap<string, number>

/** One field of all chunks, scored by BM25 with statistics of its own. */
export interface Field {
  add(ordinal: number, terms: readonly string[]): void
  /** Takes the length of a removed chunk out of the average. */
  forget(ordinal: number): void
  /**
   * The score of every chunk by ordinal; 0 where no term is found. Valid until the next call.
   * A term counts as much as its weight.
   */
  score(terms: TermWeights, chunks: ChunkStates): Float64Array
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
  let scores = new Float64Array(0)

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
    score(terms, chunks) {
      if (scores.length < chunks.capacity) scores = new Float64Array(lengths.length)
      scores.fill(0, 0, chunks.capacity)
      const averageLength = totalLength / chunks.size
      for (const [term, termWeight] of terms) {
        const entries = postings.read(term)
        const weight = termWeight * inverseDocumentFrequency(holders(entries, chunks), chunks.size)
        for (const entry of entries) {
          const ordinal = ordinalOf(entry)
          if (chunks.alive[ordinal] !== 1) continue
          const frequency = frequencyOf(entry)
          const norm = K1 * (1 - B + (B * (lengths[ordinal] ?? 0)) / averageLength)
          scores[ordinal] = (scores[ordinal] ?? 0) + (weight * frequency) / (frequency + norm)
        }
      }
      return scores
    },
    holders: (term) => postings.read(term).length,
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
      return postings.bytes + lengths.byteLength + scores.byteLength
    },
  }
}

/** Lucene's form, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). */
function inverseDocumentFrequency(holders: number, size: number): number {
  return Math.log(1 + (size - holders + 0.5) / (holders + 0.5))
}

function holders(entries: Uint32Array, { alive, capacity, size }: ChunkStates): number {
  if (size === capacity) return entries.length
  let count = 0
  for (const entry of entries) count += alive[ordinalOf(entry)] ?? 0
  return count
}

function enlarged(lengths: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size)
  larger.set(lengths)
  return larger
}
