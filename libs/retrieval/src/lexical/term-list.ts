import { BLOCK, blocksOf, extremesOf } from './list-notes.ts'
import { frequencyOf, ordinalOf, type PostingList } from './postings.ts'

/** What of a field a score depends on; see `Field`. */
export interface FieldLengths {
  readonly lengths: Uint32Array
  /** The norm of a chunk is `base + slope * length`. */
  readonly base: number
  readonly slope: number
}

/** The chunks that hold one term of a question, and what each of them gets for it. */
export interface TermList {
  readonly list: PostingList
  readonly field: FieldLengths
  /** What the term counts for: its rarity, and the weights of question and field. */
  readonly weight: number
  /** No chunk gets more for this term. */
  readonly bound: number
  /** Whether chunks are found by this term, or only ranked by it. */
  readonly leads: boolean
}

export function termList(options: Omit<TermList, 'bound'>): TermList {
  return { ...options, bound: boundOf(options) }
}

/** @param entry of the list. BM25: see `Field` */
export function scoreOf({ weight, field }: Omit<TermList, 'bound'>, entry: number): number {
  const frequency = frequencyOf(entry)
  const norm = field.base + field.slope * (field.lengths[ordinalOf(entry)] ?? 0)
  return (weight * frequency) / (frequency + norm)
}

/** What one chunk gets for the term; 0 where it does not hold it. */
export function scoreAt(term: TermList, ordinal: number): number {
  const { entries, length } = term.list
  const entry = entries[firstNotBefore(term.list, ordinal, 0)] ?? 0
  return length > 0 && ordinalOf(entry) === ordinal ? scoreOf(term, entry) : 0
}

/**
 * Where the first entry is that is not before a chunk: by leaps that double, then by halves, so that what
 * is near is found in few steps. At the end, the last entry.
 */
export function firstNotBefore(
  { entries, length }: PostingList,
  ordinal: number,
  from: number,
): number {
  let [low, step] = [from, 1]
  while (low + step < length && ordinalOf(entries[low + step] ?? 0) < ordinal) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, length - 1)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ordinalOf(entries[middle] ?? 0) < ordinal) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * BM25 grows with the frequency and falls with the length: the largest of one and the least of the other
 * bound a block of entries, and the best block bounds them all.
 */
function boundOf({ list, field, weight }: Omit<TermList, 'bound'>): number {
  const { base, slope, lengths } = field
  const { count, maxFrequency, minLength } = blocksOf(list, lengths)
  const rest = extremesOf(list, { from: count * BLOCK, to: list.length, lengths })
  const fraction = (frequency: number, length: number) =>
    frequency / (frequency + base + slope * length)
  let most = rest.maxFrequency > 0 ? fraction(rest.maxFrequency, rest.minLength) : 0
  for (let block = 0; block < count; block++) {
    most = Math.max(most, fraction(maxFrequency[block] ?? 0, minLength[block] ?? 0))
  }
  return weight * most
}
