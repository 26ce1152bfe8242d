import type { Dictionary } from './dictionary.ts'
import {
  LAST_OF_KEY,
  lastOfKey,
  leftOf,
  rightOf,
  type Tokens,
  tagIdOf,
  type WordKind,
} from './tokens.ts'

/** One word of the best reading of a text; several morphemes where its token is an expression. */
export interface Word {
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** The token in the lexicon, -1 for an unknown word, or less for one of a project. */
  readonly token: number
  readonly tagId: number
}

const NONE = -1
/** The beginning and the end of a sentence. */
const BORDER = 0

// A word is a record of so many numbers: what is read together lies together.
const SIZE = 8
/** Of the word itself and the cheapest path up to its end. */
const COST = 0
const RIGHT = 1
/** The next word that ends where this one ends, or -1. */
const SIBLING = 2
/** The word before it on that path. */
const PREVIOUS = 3
const START = 4
const END = 5
const TOKEN = 6
const TAG_ID = 7

type Parts = Pick<
  Dictionary,
  'tokens' | 'connections' | 'leastTo' | 'rightClasses' | 'spacePenalties'
>

/**
 * All words that may stand somewhere in a sentence, filled from left to right, and the cheapest path
 * through them (Viterbi). It keeps its memory between sentences.
 *
 * Many words begin or end alike in the eyes of the connection matrix: at each position each class of
 * endings is kept once, with its cheapest word, and each class of beginnings is weighed once.
 *
 * Every index is within its array. To ask for a 0 where it is not would cost a tenth of the time.
 */
export class Lattice {
  readonly #tokens: Tokens
  readonly #connections: Int16Array
  readonly #leastTo: Int16Array
  readonly #rightClasses: number
  readonly #penalties: Int32Array
  #words = new Int32Array(SIZE << 14)
  #count = 0
  #endingAt = new Int32Array(64)
  #length = 0

  /** Where words begin now: the position before the spaces, and the one behind. */
  #before = 0
  #start = 0
  /** Says which entries below are of this position. */
  #stamp = 0
  #endings = 0
  readonly #endingRight: Int32Array
  readonly #endingCost: Int32Array
  readonly #endingWord: Int32Array
  readonly #rightStamp: Int32Array
  readonly #rightSlot: Int32Array
  readonly #leftStamp: Int32Array
  readonly #leftCost: Int32Array
  readonly #leftWord: Int32Array

  constructor({ tokens, connections, leastTo, rightClasses, spacePenalties }: Parts) {
    this.#leastTo = leastTo
    this.#tokens = tokens
    this.#connections = connections
    this.#rightClasses = rightClasses
    this.#penalties = spacePenalties
    const leftClasses = connections.length / rightClasses
    this.#endingRight = new Int32Array(rightClasses)
    this.#endingCost = new Int32Array(rightClasses)
    this.#endingWord = new Int32Array(rightClasses)
    this.#rightStamp = new Int32Array(rightClasses)
    this.#rightSlot = new Int32Array(rightClasses)
    this.#leftStamp = new Int32Array(leftClasses)
    this.#leftCost = new Int32Array(leftClasses)
    this.#leftWord = new Int32Array(leftClasses)
  }

  /** Begins a sentence of so many characters. Word 0 is the beginning. */
  reset(length: number): void {
    if (this.#endingAt.length <= length) this.#endingAt = new Int32Array(2 * length + 1)
    this.#endingAt.fill(NONE, 0, length + 1)
    this.#endingAt[0] = 0
    this.#words.fill(0, 0, SIZE)
    this.#words[SIBLING] = NONE
    this.#count = 1
    this.#length = length
  }

  reaches(position: number): boolean {
    return this.#endingAt[position] !== NONE
  }

  /** From here on, words begin at `start`, behind the spaces after `before`. */
  begin(before: number, start: number): void {
    this.#before = before
    this.#start = start
    this.#collect(before)
  }

  /** Adds words of the dictionary from the last to the first, as MeCab does: of two paths with the same cost it must be the same that wins. */
  addKnown(end: number, first: number): void {
    const { kinds, costs, packs } = this.#tokens
    for (let token = lastOfKey(this.#tokens, first); token >= first; token--) {
      const kind = (kinds[token] as number) & (LAST_OF_KEY - 1)
      this.#add(end, token, packs[kind] as number, costs[token] as number)
    }
  }

  /** Adds a word that the dictionary does not have. */
  addOther(end: number, token: number, { packed, cost }: WordKind): void {
    this.#add(end, token, packed, cost)
  }

  /** What the cheapest path costs, from the beginning to the end. */
  cost(): number {
    let last = this.#length
    while (!this.reaches(last)) last--
    this.#collect(last)
    return this.#costTo(BORDER)
  }

  /** The words of the cheapest path, in order of the text; `units` has the offset of each character. */
  path(units: Int32Array): Word[] {
    this.cost()
    const words = this.#words
    const path: Word[] = []
    for (
      let word = this.#leftWord[BORDER] as number;
      word > 0;
      word = words[SIZE * word + PREVIOUS] as number
    ) {
      const at = SIZE * word
      path.push({
        start: units[words[at + START] as number] as number,
        end: units[words[at + END] as number] as number,
        token: words[at + TOKEN] as number,
        tagId: words[at + TAG_ID] as number,
      })
    }
    return path.reverse()
  }

  #add(end: number, token: number, packed: number, cost: number): void {
    const left = leftOf(packed)
    const tagId = tagIdOf(packed)
    const path = this.#costTo(left)
    const penalty = this.#start > this.#before ? (this.#penalties[tagId] as number) : 0
    const word = this.#count++
    const at = SIZE * word
    if (at === this.#words.length) this.#words = doubled(this.#words)
    const words = this.#words
    words[at + COST] = path + cost + penalty
    words[at + RIGHT] = rightOf(packed)
    words[at + SIBLING] = this.#endingAt[end] as number
    words[at + PREVIOUS] = this.#leftWord[left] as number
    words[at + START] = this.#start
    words[at + END] = end
    words[at + TOKEN] = token
    words[at + TAG_ID] = tagId
    this.#endingAt[end] = word
  }

  /**
   * Takes the words that end at a position. Words with the same class of endings differ in nothing
   * that comes after them: only the cheapest can be on the best path.
   */
  #collect(position: number): void {
    this.#nextStamp()
    const [stamp, stamps, slotOf] = [this.#stamp, this.#rightStamp, this.#rightSlot]
    const [words, rights, costs] = [this.#words, this.#endingRight, this.#endingCost]
    let endings = 0
    for (let word = this.#endingAt[position] as number; word >= 0; ) {
      const at = SIZE * word
      const right = words[at + RIGHT] as number
      const cost = words[at + COST] as number
      const isNew = stamps[right] !== stamp
      const slot = isNew ? endings++ : (slotOf[right] as number)
      if (isNew || cost < (costs[slot] as number)) {
        stamps[right] = stamp
        slotOf[right] = slot
        costs[slot] = cost
        rights[slot] = right
        this.#endingWord[slot] = word
      }
      word = words[at + SIBLING] as number
    }
    this.#endings = endings
    this.#sortEndings()
  }

  /** By cost, the cheapest first. There are about nine: an insertion sort. */
  #sortEndings(): void {
    const [rights, costs, words] = [this.#endingRight, this.#endingCost, this.#endingWord]
    for (let slot = 1; slot < this.#endings; slot++) {
      const cost = costs[slot] as number
      if (cost >= (costs[slot - 1] as number)) continue
      const [right, word] = [rights[slot] as number, words[slot] as number]
      let to = slot
      for (; to > 0 && (costs[to - 1] as number) > cost; to--) {
        costs[to] = costs[to - 1] as number
        rights[to] = rights[to - 1] as number
        words[to] = words[to - 1] as number
      }
      costs[to] = cost
      rights[to] = right
      words[to] = word
    }
  }

  /**
   * The cost of the cheapest path up to here and on to a word that begins so; its last word is in
   * `#leftWord`. Ends once no connection could make up for what the next ending costs more, which
   * is after three of nine.
   */
  #costTo(left: number): number {
    if (this.#leftStamp[left] === this.#stamp) return this.#leftCost[left] as number
    const [connections, rights, costs] = [this.#connections, this.#endingRight, this.#endingCost]
    const [row, endings] = [this.#rightClasses * left, this.#endings]
    const least = this.#leastTo[left] as number
    let best = 0x7fffffff
    let bestSlot = 0
    for (let slot = 0; slot < endings; slot++) {
      const cost = costs[slot] as number
      if (cost + least >= best) break
      const total = cost + (connections[row + (rights[slot] as number)] as number)
      if (total >= best) continue
      best = total
      bestSlot = slot
    }
    this.#leftStamp[left] = this.#stamp
    this.#leftCost[left] = best
    this.#leftWord[left] = this.#endingWord[bestSlot] as number
    return best
  }

  #nextStamp(): void {
    this.#stamp++
    if (this.#stamp < 0x7fffffff) return
    this.#rightStamp.fill(0)
    this.#leftStamp.fill(0)
    this.#stamp = 1
  }
}

function doubled(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * words.length)
  larger.set(words)
  return larger
}
