import { type BestChunks, ROUNDING } from './best-chunks.ts'
import { codeIn, ordinalOf, WINDOW, WINDOW_BITS, windowsIn } from './codes.ts'
import type { Cursor } from './cursor.ts'

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
  /** The chunks of the window that may still be among the best, in the order in which they were found. */
  readonly #places = new Uint16Array(WINDOW)
  #count = 0
  /** Those that find, and those that only add, the largest bound first. */
  readonly #finding: Cursor[] = []
  readonly #adding: Cursor[] = []
  /** What has more is held by a leading term. */
  #unled = 0
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
    this.#unled = 0
    for (const cursor of cursors) {
      if (cursor.here === 0) continue
      insertByWorth(finding, cursor)
      if (!cursor.leads) this.#unled += cursor.here * ROUNDING
    }
    let left = 0
    for (const cursor of finding) {
      if ((left + cursor.here) * ROUNDING >= threshold) break
      left += cursor.here
      insertByBound(adding, cursor)
    }
    if (adding.length === finding.length) return false
    finding.splice(0, adding.length)
    if (this.#left.length <= adding.length) this.#left = new Float64Array(2 * adding.length)
    this.#left[adding.length] = 0
    for (let at = adding.length - 1; at >= 0; at--) {
      this.#left[at] = (this.#left[at + 1] ?? 0) + (adding[at]?.here ?? 0)
    }
    return true
  }

  #look(window: number, alive: Uint8Array, best: BestChunks): void {
    this.#count = 0
    for (const cursor of this.#finding) this.#find(cursor)
    const first = window << WINDOW_BITS
    this.#keepAlive(first, alive)
    let isDirty = false
    for (const [at, cursor] of this.#adding.entries()) {
      this.#keep(best.threshold - (this.#left[at] ?? 0))
      if (this.#count === 0) break
      if (cursor.stop - cursor.at < DENSE * this.#count) {
        this.#add(cursor)
        isDirty = true
      } else this.#lookUp(cursor, first)
    }
    this.#keep(best.threshold)
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      const score = this.#scores[place] ?? 0
      if (score > this.#unled || this.#isLed(first + place)) best.offer(first + place, score)
      this.#scores[place] = 0
    }
    if (isDirty) this.#scores.fill(0)
  }

  /** Adds to all chunks of the window that hold the term, and finds those that are new. */
  #find({ entries, at, stop, weight, fractions }: Cursor): void {
    const scores = this.#scores
    const places = this.#places
    let count = this.#count
    for (let next = at; next < stop; next++) {
      const entry = entries[next] ?? 0
      const place = ordinalOf(entry) & (WINDOW - 1)
      const before = scores[place] ?? 0
      if (before === 0) places[count++] = place
      scores[place] = before + weight * (fractions[codeIn(entry)] ?? 0)
    }
    this.#count = count
  }

  /** Adds to all chunks of the window that hold the term: what is not found is not looked at. */
  #add({ entries, at, stop, weight, fractions }: Cursor): void {
    const scores = this.#scores
    for (let next = at; next < stop; next++) {
      const entry = entries[next] ?? 0
      const place = ordinalOf(entry) & (WINDOW - 1)
      scores[place] = (scores[place] ?? 0) + weight * (fractions[codeIn(entry)] ?? 0)
    }
  }

  /** Adds to those that are left. */
  #lookUp(cursor: Cursor, first: number): void {
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      this.#scores[place] = (this.#scores[place] ?? 0) + cursor.scoreOf(first + place)
    }
  }

  #keepAlive(first: number, alive: Uint8Array): void {
    let kept = 0
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      if (alive[first + place] === 1) this.#places[kept++] = place
      else this.#scores[place] = 0
    }
    this.#count = kept
  }

  /** Those that have enough. */
  #keep(least: number): void {
    let kept = 0
    for (let at = 0; at < this.#count; at++) {
      const place = this.#places[at] ?? 0
      if ((this.#scores[place] ?? 0) * ROUNDING >= least) this.#places[kept++] = place
      else this.#scores[place] = 0
    }
    this.#count = kept
  }

  /** Asked of few: most have too little before. */
  #isLed(ordinal: number): boolean {
    const holds = (cursor: Cursor) => cursor.leads && cursor.scoreOf(ordinal) > 0
    return this.#finding.some(holds) || this.#adding.some(holds)
  }
}

/** Keeps the order: first what adds least for each entry that would have to be read. */
function insertByWorth(cursors: Cursor[], cursor: Cursor): void {
  let at = cursors.push(cursor) - 1
  for (; at > 0; at--) {
    const before = cursors[at - 1]
    if (before === undefined || before.worth <= cursor.worth) break
    cursors[at] = before
  }
  cursors[at] = cursor
}

/** Keeps the order: the largest bound first. */
function insertByBound(cursors: Cursor[], cursor: Cursor): void {
  let at = cursors.push(cursor) - 1
  for (; at > 0; at--) {
    const before = cursors[at - 1]
    if (before === undefined || before.here >= cursor.here) break
    cursors[at] = before
  }
  cursors[at] = cursor
}
