import { type BestChunks, ROUNDING } from './best-chunks.ts'
import { codeIn, ordinalOf, WINDOW, WINDOW_BITS, windowsIn } from './codes.ts'
import type { Cursor } from './cursor.ts'

const BITS = 32
/** Up to so many entries per chunk that is left, reading all of them is faster than looking each chunk up. */
const DENSE = 24

/**
 * Finds the chunks of a segment that may be among the best: window by window of its ordinals. Each window has bounds of its own: what
 * a term adds there at the most, and nothing where no chunk has it. A window whose bounds sum up to too little is passed over.
 * In any other, those with long lists for what they add find nothing, as long as all of them together add too little: they only add to
 * what the others have found, while it can still get among the best.
 *
 * MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) within intervals of documents, as in Chakrabarti,
 * Chaudhuri and Ganti, Interval-based pruning for top-k processing over compressed lists, ICDE 2011. Nothing among the best is missed.
 *
 * One search at a time: it keeps the sums of a window, all zero in between.
 */
export class WindowSearch {
  readonly #scores = new Float64Array(WINDOW)
  /** A bit per chunk of the window that was found, and per one that a leading term has found. */
  readonly #found = new Uint32Array(WINDOW / BITS)
  readonly #led = new Uint32Array(WINDOW / BITS)
  readonly #unmarked = new Uint32Array(WINDOW / BITS)
  /** The chunks of the window that may still be among the best. */
  readonly #places = new Uint16Array(WINDOW)
  #count = 0
  /** Those that find, and those that only add, the largest bound first. */
  readonly #finding: Cursor[] = []
  readonly #adding: Cursor[] = []
  /** By place among the latter: what it and those after it add at the most. */
  #left = new Float64Array(64)

  search(
    cursors: readonly Cursor[],
    { alive, capacity }: { readonly alive: Uint8Array; readonly capacity: number },
    best: BestChunks,
  ): void {
    const windows = windowsIn(capacity)
    let window = 0
    while (window < windows) {
      let next = Number.POSITIVE_INFINITY
      for (const cursor of cursors) {
        const entered = cursor.enter(window)
        if (cursor.leads && entered < next) next = entered
      }
      if (next === window) {
        if (this.#divide(cursors, best.threshold)) this.#look(window, alive, best)
        window++
      } else {
        window = next
      }
    }
  }

  /** Which terms find in this window, and which need not. @returns whether there is anything to find */
  #divide(cursors: readonly Cursor[], threshold: number): boolean {
    const finding = this.#finding
    const adding = this.#adding
    finding.length = 0
    adding.length = 0
    for (const cursor of cursors) if (cursor.here > 0) insert(finding, cursor, worth)
    let left = 0
    for (const cursor of finding) {
      if ((left + cursor.here) * ROUNDING >= threshold) break
      left += cursor.here
      insert(adding, cursor, bound)
    }
    if (adding.length === finding.length) return false
    finding.splice(0, adding.length)
    adding.reverse()
    if (this.#left.length <= adding.length) this.#left = new Float64Array(2 * adding.length)
    this.#left[adding.length] = 0
    for (let at = adding.length - 1; at >= 0; at--) {
      this.#left[at] = (this.#left[at + 1] ?? 0) + (adding[at]?.here ?? 0)
    }
    return true
  }

  #look(window: number, alive: Uint8Array, best: BestChunks): void {
    for (const cursor of this.#finding) this.#read(cursor, this.#found)
    const first = window << WINDOW_BITS
    this.#collect(first, alive, best.threshold - (this.#left[0] ?? 0))
    let isDirty = false
    for (const [at, cursor] of this.#adding.entries()) {
      if (at > 0) this.#keep(best.threshold - (this.#left[at] ?? 0))
      if (this.#count === 0) break
      if (cursor.stop - cursor.at < DENSE * this.#count) {
        this.#read(cursor, this.#unmarked)
        isDirty = true
      } else this.#lookUp(cursor, first)
    }
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      if (this.#isLed(place)) best.offer(first + place, this.#scores[place] ?? 0)
      this.#scores[place] = 0
    }
    if (isDirty) this.#scores.fill(0)
    this.#led.fill(0)
  }

  /** Adds to all chunks of the window that hold the term. */
  #read({ entries, at, stop, weight, fractions, leads }: Cursor, marks: Uint32Array): void {
    const scores = this.#scores
    const led = leads ? this.#led : this.#unmarked
    for (let next = at; next < stop; next++) {
      const entry = entries[next] ?? 0
      const place = ordinalOf(entry) & (WINDOW - 1)
      const word = place >>> 5
      const bit = 1 << (place & 31)
      scores[place] = (scores[place] ?? 0) + weight * (fractions[codeIn(entry)] ?? 0)
      marks[word] = (marks[word] ?? 0) | bit
      led[word] = (led[word] ?? 0) | bit
    }
  }

  /** Adds to those that are left. */
  #lookUp(cursor: Cursor, first: number): void {
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      const more = cursor.lookUp(first + place)
      if (more === 0) continue
      this.#scores[place] = (this.#scores[place] ?? 0) + more
      if (cursor.leads) this.#led[place >>> 5] = (this.#led[place >>> 5] ?? 0) | (1 << (place & 31))
    }
  }

  /** What was found and has enough. Ends with no marks. */
  #collect(first: number, alive: Uint8Array, least: number): void {
    const found = this.#found
    let count = 0
    for (let word = 0; word < found.length; word++) {
      let bits = found[word] ?? 0
      if (bits === 0) continue
      found[word] = 0
      while (bits !== 0) {
        const bit = bits & -bits
        bits ^= bit
        const place = word * BITS + BITS - 1 - Math.clz32(bit)
        const hasEnough = (this.#scores[place] ?? 0) * ROUNDING >= least
        if (hasEnough && alive[first + place] === 1) this.#places[count++] = place
        else this.#scores[place] = 0
      }
    }
    this.#count = count
  }

  /** Those of them that have enough. */
  #keep(least: number): void {
    let kept = 0
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      if ((this.#scores[place] ?? 0) * ROUNDING >= least) this.#places[kept++] = place
      else this.#scores[place] = 0
    }
    this.#count = kept
  }

  #isLed(place: number): boolean {
    return (((this.#led[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1
  }
}

/** What a term adds at the most for each entry that would have to be read. */
const worth = ({ here, at, stop }: Cursor) => here / (stop - at)
const bound = ({ here }: Cursor) => here

/** Keeps the order: the least first. */
function insert(cursors: Cursor[], cursor: Cursor, measure: (cursor: Cursor) => number): void {
  const value = measure(cursor)
  let at = cursors.push(cursor) - 1
  for (; at > 0; at--) {
    const before = cursors[at - 1]
    if (before === undefined || measure(before) <= value) break
    cursors[at] = before
  }
  cursors[at] = cursor
}
