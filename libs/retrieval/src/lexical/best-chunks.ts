/** Sums in another order may differ by rounding: what is compared with a bound has so much room. */
export const ROUNDING = 1 + 1e-9

export interface FoundChunk {
  readonly segment: number
  readonly ordinal: number
}

/** The chunks that may be among the best, in memory for few more than these. */
export class BestChunks {
  /** A chunk with less is not among the best. */
  threshold: number
  /** Which segment is looked through. */
  segment = 0
  /** The best scores until now, the least in front. */
  readonly #scores: Float64Array
  #found: (FoundChunk & { readonly score: number })[] = []
  #most: number

  /** @param minScore what scores less is of no interest */
  constructor(size: number, minScore: number) {
    this.#scores = new Float64Array(size)
    this.threshold = minScore
    this.#most = 4 * size + 1000
  }

  offer(ordinal: number, score: number): void {
    if (score * ROUNDING < this.threshold) return
    this.#found.push({ segment: this.segment, ordinal, score })
    if (score > (this.#scores[0] ?? 0)) {
      replaceLeast(this.#scores, score)
      this.threshold = Math.max(this.threshold, this.#scores[0] ?? 0)
    }
    if (this.#found.length < this.#most) return
    // Where many score the same, all of them stay.
    this.#most = Math.max(this.#most, 2 * this.take().length)
  }

  /** All that are still good enough. */
  take(): readonly FoundChunk[] {
    this.#found = this.#found.filter(({ score }) => score * ROUNDING >= this.threshold)
    return this.#found
  }
}

/** Of a heap with the least in front. */
export function replaceLeast(heap: Float64Array, value: number): void {
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
