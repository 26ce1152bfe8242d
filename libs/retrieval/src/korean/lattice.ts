import type { UnknownWord } from './dictionary.ts'
import { Joints } from './joints.ts'
import { type Connections, type Lexicon, TOKEN_SIZE } from './mecab-format.ts'

/** All words that may stand somewhere in a sentence, in columns: one number per word in each. */
interface Words {
  readonly start: Int32Array
  readonly end: Int32Array
  /** The token in the lexicon, or -1: a guess at an unknown word. */
  readonly token: Int32Array
  readonly tagId: Uint16Array
  readonly leftId: Uint16Array
  readonly rightId: Uint16Array
  /** First of the word itself, after `connect` of the cheapest path up to its end. */
  readonly cost: Int32Array
  /** The word before it on that path. */
  readonly previous: Int32Array
  /** The next word that ends where this one ends. */
  readonly sibling: Int32Array
}

export interface PathWord {
  readonly start: number
  readonly end: number
  readonly token: number
  readonly tagId: number
}

interface Parts {
  readonly lexicon: Lexicon
  readonly connections: Connections
  readonly spacePenalties: Int32Array
}

const NONE = -1
const END_ID = 0

/** A lattice over byte positions, filled from left to right. It keeps its memory between sentences. */
export class Lattice {
  readonly #tokens: Uint16Array
  readonly #penalties: Int32Array
  readonly #joints: Joints
  #words = columns(1 << 14)
  #count = 0
  #endingAt = new Int32Array(0)
  #length = 0

  constructor({ lexicon, connections, spacePenalties }: Parts) {
    this.#tokens = lexicon.tokens
    this.#penalties = spacePenalties
    this.#joints = new Joints(connections)
  }

  /** Begins a sentence of so many bytes. Word 0 is the beginning, with the ids 0 on both sides. */
  reset(length: number): void {
    if (this.#endingAt.length <= length) this.#endingAt = new Int32Array(2 * length + 1)
    this.#endingAt.fill(NONE, 0, length + 1)
    this.#endingAt[0] = 0
    this.#words.sibling[0] = NONE
    this.#count = 1
    this.#length = length
  }

  get size(): number {
    return this.#count
  }

  reaches(position: number): boolean {
    return this.#endingAt[position] !== NONE
  }

  addKnown(start: number, end: number, token: number): void {
    const at = token * TOKEN_SIZE
    const tokens = this.#tokens
    const word = this.#add(start, end, token)
    this.#words.leftId[word] = tokens[at] ?? 0
    this.#words.rightId[word] = tokens[at + 1] ?? 0
    this.#words.tagId[word] = tokens[at + 2] ?? 0
    this.#words.cost[word] = ((tokens[at + 3] ?? 0) << 16) >> 16
  }

  addUnknown(start: number, end: number, { leftId, rightId, tagId, cost }: UnknownWord): void {
    const word = this.#add(start, end, NONE)
    this.#words.leftId[word] = leftId
    this.#words.rightId[word] = rightId
    this.#words.tagId[word] = tagId
    this.#words.cost[word] = cost
  }

  /** Gives each word from `first` on its cheapest predecessor among those that end at `position`. */
  connect(first: number, position: number): void {
    const words = this.#words
    const { start, end, leftId, tagId, cost, previous, sibling } = words
    const [joints, endingAt, penalties] = [this.#joints, this.#endingAt, this.#penalties]
    joints.collect(endingAt[position] ?? NONE, words)
    // Backwards, as MeCab does it: of two paths with the same cost it must be the same that wins.
    for (let word = this.#count - 1; word >= first; word--) {
      const left = leftId[word] ?? 0
      const afterSpace = (start[word] ?? 0) > position
      const penalty = afterSpace ? (penalties[tagId[word] ?? 0] ?? 0) : 0
      cost[word] = (cost[word] ?? 0) + joints.costTo(left) + penalty
      previous[word] = joints.wordBefore(left)
      const at = end[word] ?? 0
      sibling[word] = endingAt[at] ?? NONE
      endingAt[at] = word
    }
  }

  /** What the cheapest path costs, from the beginning to the end. */
  cost(): number {
    let last = this.#length
    while (!this.reaches(last)) last--
    this.#joints.collect(this.#endingAt[last] ?? NONE, this.#words)
    return this.#joints.costTo(END_ID)
  }

  /** The words of the cheapest path, in order of the text. */
  path(): PathWord[] {
    this.cost()
    const { start, end, token, tagId, previous } = this.#words
    const path: PathWord[] = []
    let word = this.#joints.wordBefore(END_ID)
    while (word > 0) {
      path.push({
        start: start[word] ?? 0,
        end: end[word] ?? 0,
        token: token[word] ?? NONE,
        tagId: tagId[word] ?? 0,
      })
      word = previous[word] ?? 0
    }
    return path.reverse()
  }

  #add(start: number, end: number, token: number): number {
    if (this.#count === this.#words.start.length) this.#words = grown(this.#words)
    const word = this.#count++
    this.#words.start[word] = start
    this.#words.end[word] = end
    this.#words.token[word] = token
    return word
  }
}

function columns(size: number): Words {
  return {
    start: new Int32Array(size),
    end: new Int32Array(size),
    token: new Int32Array(size),
    tagId: new Uint16Array(size),
    leftId: new Uint16Array(size),
    rightId: new Uint16Array(size),
    cost: new Int32Array(size),
    previous: new Int32Array(size),
    sibling: new Int32Array(size),
  }
}

function grown(words: Words): Words {
  const larger = columns(2 * words.start.length)
  for (const name of Object.keys(words) as (keyof Words)[]) larger[name].set(words[name])
  return larger
}
