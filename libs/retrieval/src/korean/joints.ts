import type { Connections } from './mecab-format.ts'

/** The columns of a lattice that say how a word ends. */
interface WordEnds {
  readonly rightId: Uint16Array
  readonly cost: Int32Array
  /** The next word that ends where this one ends, or -1. */
  readonly sibling: Int32Array
}

/**
 * The best way to go on from one position of a lattice. The dictionary has many words that begin
 * or end alike in the eyes of the connection matrix; each kind is weighed once.
 */
export class Joints {
  readonly #connections: Connections
  /** Which position the stamped entries below belong to; a double does not run over. */
  #stamp = 0
  #count = 0
  readonly #rightStamp: Float64Array
  readonly #slotOf: Int32Array
  readonly #right: Int32Array
  readonly #cost: Int32Array
  readonly #word: Int32Array
  readonly #leftStamp: Float64Array
  readonly #bestSlot: Int32Array
  readonly #bestCost: Int32Array

  constructor(connections: Connections) {
    const { rows, columns } = connections
    this.#connections = connections
    this.#rightStamp = new Float64Array(rows)
    this.#slotOf = new Int32Array(rows)
    this.#right = new Int32Array(rows)
    this.#cost = new Int32Array(rows)
    this.#word = new Int32Array(rows)
    this.#leftStamp = new Float64Array(columns)
    this.#bestSlot = new Int32Array(columns)
    this.#bestCost = new Int32Array(columns)
  }

  /**
   * Takes the words that end at a position, from the first of the siblings on. Words with the same
   * right id differ in nothing that comes after them: only the cheapest can be on the best path.
   */
  collect(first: number, { rightId, cost, sibling }: WordEnds): void {
    const stamp = ++this.#stamp
    const [stamps, slotOf, costs] = [this.#rightStamp, this.#slotOf, this.#cost]
    let count = 0
    for (let word = first; word >= 0; word = sibling[word] ?? -1) {
      const right = rightId[word] ?? 0
      const total = cost[word] ?? 0
      const isNew = stamps[right] !== stamp
      const slot = isNew ? count++ : (slotOf[right] ?? 0)
      if (!isNew && total >= (costs[slot] ?? 0)) continue
      stamps[right] = stamp
      slotOf[right] = slot
      costs[slot] = total
      this.#right[slot] = right
      this.#word[slot] = word
    }
    this.#count = count
  }

  /** The cost of the cheapest path up to here and on to a word with this left id. */
  costTo(left: number): number {
    if (this.#leftStamp[left] === this.#stamp) return this.#bestCost[left] ?? 0
    const { costs, rows } = this.#connections
    const [right, cost, count] = [this.#right, this.#cost, this.#count]
    const row = rows * left
    let best = 0x7fffffff
    let bestSlot = 0
    for (let slot = 0; slot < count; slot++) {
      const total = (cost[slot] ?? 0) + (costs[row + (right[slot] ?? 0)] ?? 0)
      if (total >= best) continue
      best = total
      bestSlot = slot
    }
    this.#leftStamp[left] = this.#stamp
    this.#bestSlot[left] = bestSlot
    this.#bestCost[left] = best
    return best
  }

  /** The last word of that path; to be asked after `costTo`. */
  wordBefore(left: number): number {
    return this.#word[this.#bestSlot[left] ?? 0] ?? 0
  }
}
