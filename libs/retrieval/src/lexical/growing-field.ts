import { atLeast, codeIn, entryOf, lengthAt, lengthLevelOf, NO_CODE } from './codes.ts'
import {
  countDead,
  type DeadCount,
  NONE_DEAD,
  type PostingList,
  type Removals,
} from './posting-list.ts'
import type { Term } from './terms.ts'

/** One field of the segment that grows. */
export interface GrowingField {
  /** @param ordinal larger than all before it */
  add(ordinal: number, terms: readonly string[]): void
  readonly totalLength: number
  lengthLevelAt(ordinal: number): number
  list(term: Term): PostingList | undefined
  holders(term: Term, removals: Removals): number
  /** Each list is valid until the next one. */
  lists(): Iterable<readonly [term: string, list: PostingList]>
  readonly bytes: number
}

/** A map entry, a string header and what is counted per term, on 64 bits. */
const BYTES_PER_TERM = 100
/** A map entry, a list and its array. */
const BYTES_PER_LIST = 250

interface KnownList extends PostingList {
  dead: DeadCount
}

/**
 * Most terms are in few chunks: an array for each would be larger than what is in it. All postings are in one, each
 * with the place of the one before it of the same term, and become a list when somebody asks for it.
 */
export function createGrowingField(capacity: number): GrowingField {
  const numbers = new Map<string, number>()
  const lengthLevels = new Uint8Array(capacity)
  const pool = createPool()
  const known = new Map<number, KnownList>()
  let bytes = capacity
  let totalLength = 0

  function write(number: number, entries: Uint32Array): PostingList {
    const to = pool.countOf(number)
    let bound = NO_CODE
    let at = to
    for (const posting of pool.backwards(number)) {
      const ordinal = pool.ordinalAt(posting)
      const entry = entryOf(ordinal, pool.frequencyAt(posting), lengthLevels[ordinal] ?? 0)
      entries[--at] = entry
      bound = atLeast(bound, codeIn(entry))
    }
    return { entries, from: 0, to, bound, windows: undefined }
  }

  function listOf(number: number): KnownList {
    const old = known.get(number)
    const count = pool.countOf(number)
    if (old?.to === count) return old
    bytes += old === undefined ? BYTES_PER_LIST : -old.entries.byteLength
    const list = { ...write(number, new Uint32Array(count)), dead: NONE_DEAD }
    bytes += list.entries.byteLength
    known.set(number, list)
    return list
  }

  return {
    add(ordinal, terms) {
      const lengthLevel = lengthLevelOf(terms.length)
      lengthLevels[ordinal] = lengthLevel
      totalLength += lengthAt(lengthLevel)
      for (const term of terms) {
        let number = numbers.get(term)
        if (number === undefined) {
          number = numbers.size
          numbers.set(term, number)
          bytes += BYTES_PER_TERM + 2 * term.length
        }
        pool.add(number, ordinal)
      }
    },
    get totalLength() {
      return totalLength
    },
    lengthLevelAt: (ordinal) => lengthLevels[ordinal] ?? 0,
    list({ text }) {
      const number = numbers.get(text)
      return number === undefined ? undefined : listOf(number)
    },
    holders({ text }, removals) {
      const number = numbers.get(text)
      if (number === undefined) return 0
      if (removals.removed.length === 0) return pool.countOf(number)
      const list = listOf(number)
      list.dead = countDead(list, list.dead, removals)
      return list.to - list.dead.dead
    },
    *lists() {
      const entries = new Uint32Array(capacity)
      for (const [term, number] of numbers) yield [term, write(number, entries)]
    },
    get bytes() {
      return bytes + pool.bytes
    },
  }
}

/** Postings of many terms, in the order in which they came. */
function createPool() {
  let ordinals = new Uint16Array(64)
  let frequencies = new Uint16Array(64)
  /** By posting: the one before it of the same term, plus 1. */
  let before = new Uint32Array(64)
  let size = 0
  /** By number of a term: its last posting, plus 1, and how many it has. */
  let last = new Uint32Array(64)
  let counts = new Uint16Array(64)

  function grow(): void {
    ordinals = larger(ordinals)
    frequencies = larger(frequencies)
    before = larger(before)
  }

  return {
    add(number: number, ordinal: number): void {
      if (number >= last.length) {
        last = larger(last)
        counts = larger(counts)
      }
      const previous = last[number] ?? 0
      if (previous > 0 && ordinals[previous - 1] === ordinal) {
        frequencies[previous - 1] = Math.min((frequencies[previous - 1] ?? 0) + 1, MOST)
        return
      }
      if (size === ordinals.length) grow()
      ordinals[size] = ordinal
      frequencies[size] = 1
      before[size] = previous
      last[number] = ++size
      counts[number] = (counts[number] ?? 0) + 1
    },
    countOf: (number: number) => counts[number] ?? 0,
    ordinalAt: (posting: number) => ordinals[posting] ?? 0,
    frequencyAt: (posting: number) => frequencies[posting] ?? 0,
    *backwards(number: number): Iterable<number> {
      for (let at = last[number] ?? 0; at > 0; at = before[at - 1] ?? 0) yield at - 1
    },
    get bytes() {
      return 8 * before.length + 6 * last.length
    },
  }
}

const MOST = 0xffff

function larger<Numbers extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  numbers: Numbers,
): Numbers {
  const Same = numbers.constructor as new (length: number) => Numbers
  const more = new Same(2 * numbers.length)
  more.set(numbers)
  return more
}
