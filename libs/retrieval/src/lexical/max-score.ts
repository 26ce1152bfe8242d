import { ordinalOf } from './postings.ts'
import { firstNotBefore, scoreOf, type TermList } from './term-list.ts'

/** Sums in another order may differ by rounding: what is compared with a bound has so much room. */
const ROUNDING = 1 + 1e-9
/** From so many entries per chunk on, chunks are looked up in a list instead of reading all of it. */
const SPARSE = 16

export interface MaxScoreOptions {
  /** 1 for each ordinal that is not removed. */
  readonly alive: Uint8Array
  readonly topK: number
  /** Chunks below this score are of no interest. */
  readonly minScore: number
}

/**
 * Finds the chunks that may be among the best, a term at a time. One search at a time: it keeps a number per
 * chunk, all zero in between.
 */
export class MaxScore {
  #scores = new Float64Array(0)
  /** The chunks that are looked at, in the order in which they were found, or ascending. */
  #found = new Uint32Array(0)
  #count = 0
  #isAscending = false

  /**
   * MaxScore, a term at a time (Turtle and Flood, Query evaluation: strategies and optimizations, 1995).
   * The terms that can add most come first. As soon as all that is left is too little to bring a new chunk to
   * where the best `topK` are already, none is taken in any more, and those that cannot get there are dropped:
   * the long lists of frequent words are then looked into for few chunks only.
   *
   * @returns the ordinals of all chunks among the best, and of few others; valid until the next search. A chunk
   *   that no leading term leads to is not among them
   */
  search(terms: readonly TermList[], { alive, topK, minScore }: MaxScoreOptions): Uint32Array {
    this.#begin(alive.length)
    const order = terms.toSorted((a, b) => Number(b.leads) - Number(a.leads) || b.bound - a.bound)
    let left = order.reduce((sum, { bound }) => sum + bound, 0)
    let threshold = minScore
    let isOpen = true
    let leftAtLastLook = left
    let readSinceLastLook = 0
    for (const term of order) {
      if (isOpen && !(term.leads && left * ROUNDING >= threshold)) {
        isOpen = false
        this.#drop(threshold - left)
      }
      left -= term.bound
      if (isOpen) this.#takeIn(term, alive)
      else this.#addTo(term)
      readSinceLastLook += term.list.length
      // A look costs a step per chunk: only when reading has cost as much, or little is left to come.
      if (isOpen ? readSinceLastLook >= this.#count : left * 2 < leftAtLastLook) {
        leftAtLastLook = left
        readSinceLastLook = 0
        threshold = Math.max(threshold, this.#leastOfBest(topK))
        if (!isOpen) this.#drop(threshold - left)
      }
    }
    return this.#end(Math.max(threshold, this.#leastOfBest(topK)))
  }

  get bytes(): number {
    return this.#scores.byteLength + this.#found.byteLength
  }

  #begin(capacity: number): void {
    this.#count = 0
    this.#isAscending = false
    if (this.#scores.length >= capacity) return
    this.#scores = new Float64Array(capacity)
    this.#found = new Uint32Array(capacity)
  }

  #end(threshold: number): Uint32Array {
    this.#drop(threshold)
    const found = this.#found.subarray(0, this.#count)
    for (const ordinal of found) this.#scores[ordinal] = 0
    return found
  }

  /** Adds to all chunks that hold the term, and takes in those that are new. */
  #takeIn(term: TermList, alive: Uint8Array): void {
    const { entries, length } = term.list
    const scores = this.#scores
    const found = this.#found
    let count = this.#count
    for (let at = 0; at < length; at++) {
      const entry = entries[at] ?? 0
      const ordinal = ordinalOf(entry)
      if (alive[ordinal] !== 1) continue
      const before = scores[ordinal] ?? 0
      if (before === 0) found[count++] = ordinal
      scores[ordinal] = before + scoreOf(term, entry)
    }
    this.#count = count
  }

  /** Adds to those chunks that are found already. */
  #addTo(term: TermList): void {
    const { list } = term
    if (list.length > SPARSE * this.#count) {
      this.#lookUp(term)
      return
    }
    const scores = this.#scores
    for (let at = 0; at < list.length; at++) {
      const entry = list.entries[at] ?? 0
      const before = scores[ordinalOf(entry)] ?? 0
      if (before > 0) scores[ordinalOf(entry)] = before + scoreOf(term, entry)
    }
  }

  #lookUp(term: TermList): void {
    const found = this.#found.subarray(0, this.#count)
    if (!this.#isAscending) found.sort()
    this.#isAscending = true
    let at = 0
    for (const ordinal of found) {
      at = firstNotBefore(term.list, ordinal, at)
      const entry = term.list.entries[at] ?? 0
      if (ordinalOf(entry) !== ordinal) continue
      this.#scores[ordinal] = (this.#scores[ordinal] ?? 0) + scoreOf(term, entry)
    }
  }

  /** The score of the last of the best `topK`, to which what is still to come only adds; 0 when there are fewer. */
  #leastOfBest(topK: number): number {
    if (this.#count < topK) return 0
    const heap = new Float64Array(topK)
    for (let at = 0; at < this.#count; at++) {
      const score = this.#scores[this.#found[at] ?? 0] ?? 0
      if (score > (heap[0] ?? 0)) replaceLeast(heap, score)
    }
    return heap[0] ?? 0
  }

  /** Those that have less. */
  #drop(least: number): void {
    if (least <= 0) return
    let kept = 0
    for (let at = 0; at < this.#count; at++) {
      const ordinal = this.#found[at] ?? 0
      if ((this.#scores[ordinal] ?? 0) * ROUNDING >= least) this.#found[kept++] = ordinal
      else this.#scores[ordinal] = 0
    }
    this.#count = kept
  }
}

/** Of a heap with the least in front. */
function replaceLeast(heap: Float64Array, value: number): void {
  let at = 0
  for (;;) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    const least = right < heap.length && (heap[right] ?? 0) < (heap[left] ?? 0) ? right : left
    if (least >= heap.length || (heap[least] ?? 0) >= value) break
    heap[at] = heap[least] ?? 0
    at = least
  }
  heap[at] = value
}
