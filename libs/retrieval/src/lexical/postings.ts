import type { AliveNotes, BlockNotes } from './list-notes.ts'

/** Which chunks hold each term, and how often: one inverted field. */
export interface Postings {
  /** `ordinal` is larger than all before it. */
  add(ordinal: number, terms: readonly string[]): void
  read(term: string): PostingList | undefined
  /** Drops the chunks without a new ordinal and renumbers the others, keeping their order. */
  renumber(newOrdinals: Int32Array): void
  /** An estimate of the memory, from above. */
  readonly bytes: number
}

/** The chunks that hold one term. */
export interface PostingList {
  /** By ascending ordinal; see `ordinalOf` and `frequencyOf`. Only the first `length` mean anything. */
  readonly entries: Uint32Array
  readonly length: number
  /** What searches have worked out of it, for the next one; gone when ordinals change. */
  notes: ListNotes
}

export interface ListNotes {
  readonly blocks?: BlockNotes
  readonly alive?: AliveNotes
}

/**
 * One entry is one number: 24 bits of ordinal, 8 of frequency. BM25 saturates: what a term that
 * comes more than 255 times would add is below half a percent.
 */
export const MAX_ORDINALS = 1 << 24
const MAX_FREQUENCY = 255

export const ordinalOf = (entry: number) => entry >>> 8
export const frequencyOf = (entry: number) => entry & 255

/** A map entry, a string header, the object and the header of its array, on 64 bits. */
const BYTES_PER_TERM = 250

const NONE: ListNotes = {}

interface List extends PostingList {
  entries: Uint32Array
  length: number
}

export function createPostings(): Postings {
  const lists = new Map<string, List>()
  let bytes = 0

  function append(term: string, entry: number): void {
    let list = lists.get(term)
    if (list === undefined) {
      list = { entries: new Uint32Array(2), length: 0, notes: NONE }
      lists.set(term, list)
      bytes += BYTES_PER_TERM + 2 * term.length + list.entries.byteLength
    } else if (list.length === list.entries.length) {
      bytes += resize(list, Math.ceil(list.length * 1.5))
    }
    list.entries[list.length++] = entry
  }

  return {
    add(ordinal, terms) {
      for (const [term, count] of countOf(terms)) {
        append(term, ((ordinal << 8) | Math.min(count, MAX_FREQUENCY)) >>> 0)
      }
    },
    read: (term) => lists.get(term),
    renumber(newOrdinals) {
      for (const [term, list] of lists) {
        keep(list, newOrdinals)
        bytes += resize(list, list.length)
        if (list.length > 0) continue
        lists.delete(term)
        bytes -= BYTES_PER_TERM + 2 * term.length
      }
    },
    get bytes() {
      return bytes
    },
  }
}

export function countOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

function keep(list: List, newOrdinals: Int32Array): void {
  let kept = 0
  for (let i = 0; i < list.length; i++) {
    const entry = list.entries[i] ?? 0
    const ordinal = newOrdinals[ordinalOf(entry)] ?? -1
    if (ordinal >= 0) list.entries[kept++] = ((ordinal << 8) | frequencyOf(entry)) >>> 0
  }
  list.length = kept
  list.notes = NONE
}

/** @returns by how many bytes the list is larger now. */
function resize(list: List, capacity: number): number {
  const entries = new Uint32Array(capacity)
  entries.set(list.entries.subarray(0, list.length))
  const growth = entries.byteLength - list.entries.byteLength
  list.entries = entries
  return growth
}
