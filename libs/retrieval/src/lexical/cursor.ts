import { codeIn, entryFrom, entryFromWindow, ordinalOf, windowOf } from './codes.ts'
import { firstNotBelow, type PostingList, type Windows } from './posting-list.ts'

/** A term of a question, as far as it does not depend on the segment. */
export interface AskedTerm {
  readonly field: number
  /** What the term counts for: its rarity, and the weights of question and field. */
  readonly weight: number
  /** By code, from 0 to 1: see `fractionsOf`. */
  readonly fractions: Float64Array
  /** Whether chunks are found by this term, or only ranked by it. */
  readonly leads: boolean
}

/** Goes through the list of one term in one segment, window by window. */
export class Cursor {
  readonly entries: Uint32Array
  readonly weight: number
  readonly fractions: Float64Array
  readonly leads: boolean
  /** The entries of the window, when there are any. */
  at: number
  stop: number
  /** No chunk of the window gets more for this term; 0: none holds it. */
  here = 0
  /** The same for each entry of the window. */
  worth = 0
  readonly #list: PostingList
  readonly #to: number
  readonly #bound: number

  constructor(list: PostingList, { weight, fractions, leads }: AskedTerm) {
    this.entries = list.entries
    this.at = list.from
    this.stop = list.from
    this.weight = weight
    this.fractions = fractions
    this.leads = leads
    this.#list = list
    this.#to = list.to
    this.#bound = weight * (fractions[list.bound] ?? 0)
  }

  /** To a window that is after those it was in. @returns the window of the next chunk from there on that holds the term */
  enter(window: number): number {
    const { windows } = this.#list
    if (windows !== undefined) return this.#enterLong(window, windows)
    if (this.at < this.stop) this.at = this.stop
    this.here = 0
    if (this.at >= this.#to) return Number.POSITIVE_INFINITY
    let next = windowOf(this.entries[this.at] ?? 0)
    if (next < window) {
      this.at = this.#firstIn(window)
      if (this.at >= this.#to) return Number.POSITIVE_INFINITY
      next = windowOf(this.entries[this.at] ?? 0)
    }
    if (next > window) return next
    this.here = this.#bound
    this.stop = this.#firstIn(window + 1)
    this.worth = this.here / (this.stop - this.at)
    return window
  }

  /** What a chunk of the window gets for the term. */
  scoreOf(ordinal: number): number {
    const { entries } = this
    const first = entryFrom(ordinal)
    let [low, high] = [this.at, this.stop]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((entries[middle] ?? 0) < first) low = middle + 1
      else high = middle
    }
    const entry = entries[low] ?? 0
    if (low >= this.stop || ordinalOf(entry) !== ordinal) return 0
    return this.weight * (this.fractions[codeIn(entry)] ?? 0)
  }

  #firstIn(window: number): number {
    return firstNotBelow(this.entries, { from: this.at, to: this.#to }, entryFromWindow(window))
  }

  #enterLong(window: number, { starts, firstStart, bounds, firstBound }: Windows): number {
    this.at = starts[firstStart + window] ?? 0
    this.stop = starts[firstStart + window + 1] ?? 0
    if (this.at === this.stop) {
      this.here = 0
      return this.at < this.#to ? window + 1 : Number.POSITIVE_INFINITY
    }
    this.here = this.weight * (this.fractions[bounds[firstBound + window] ?? 0] ?? 0)
    this.worth = this.here / (this.stop - this.at)
    return window
  }
}
