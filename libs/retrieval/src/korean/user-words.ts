import type { Dictionary } from './dictionary.ts'
import { normalise } from './normalise.ts'
import { TOKEN_SIZE } from './tokens.ts'
import { createUserKinds, type UserTag } from './user-kinds.ts'

/** A word that the dictionary does not have, or that a project reads in another way. */
export interface UserWord {
  readonly surface: string
  /** What it is searched by, as the parts of a compound are; joined, they are the surface. None: itself. */
  readonly parts: readonly string[]
  readonly tag: UserTag
}

/**
 * Words of a project in the order of their UTF-16 units, in shared memory: what `postMessage` gives to
 * another thread is this dictionary and no copy of it. Words are known by their numbers in this order.
 */
export interface UserDictionary {
  /** Another one for other words. */
  readonly version: string
  /** The words, normalised, one after the other. */
  readonly units: Uint16Array
  /** Where each word begins in `units`, and where the last one ends. */
  readonly starts: Uint32Array
  /** By word, as tokens of the dictionary are: see `tokens.ts`. */
  readonly tokens: Int32Array
  /** By unit: 1 where a part ends before it. */
  readonly cuts: Uint8Array
}

/** Of words that are the same once they are normalised, the last one counts. */
export function createUserDictionary(
  dictionary: Dictionary,
  version: string,
  words: readonly UserWord[],
): UserDictionary {
  const kindOf = createUserKinds(dictionary)
  const bySurface = new Map(words.map((word) => [normalise(word.surface).text, word]))
  const surfaces = [...bySurface.keys()].sort((a, b) => (a < b ? -1 : 1))
  const size = surfaces.reduce((sum, { length }) => sum + length, 0)
  const made = {
    version,
    units: new Uint16Array(new SharedArrayBuffer(2 * size)),
    starts: new Uint32Array(new SharedArrayBuffer(4 * (surfaces.length + 1))),
    tokens: new Int32Array(new SharedArrayBuffer(4 * TOKEN_SIZE * surfaces.length)),
    cuts: new Uint8Array(new SharedArrayBuffer(size)),
  }
  let at = 0
  surfaces.forEach((surface, word) => {
    const { tag, parts } = bySurface.get(surface) as UserWord
    const { packed, cost } = kindOf(surface, tag)
    made.tokens.set([packed, cost], TOKEN_SIZE * word)
    for (let unit = 0; unit < surface.length; unit++) {
      made.units[at + unit] = surface.charCodeAt(unit)
    }
    let end = at
    for (const part of parts.slice(0, -1)) {
      end += normalise(part).text.length
      made.cuts[end] = 1
    }
    at += surface.length
    made.starts[word + 1] = at
  })
  return made
}

/** Tells every word that stands at a place of a normalised text, the shortest first. */
export function wordsAt(
  { units, starts }: UserDictionary,
  text: string,
  at: number,
  tell: (word: number, end: number) => void,
): void {
  const unitOf = (word: number, depth: number) => units[(starts[word] as number) + depth] as number
  const isAtLeast = (depth: number, unit: number) => (word: number) => unitOf(word, depth) >= unit
  // Those that begin as the text does, up to here: they are neighbours, a shorter one before a longer.
  let first = 0
  let end = starts.length - 1
  for (let depth = 0; first < end && at + depth < text.length; depth++) {
    const unit = text.charCodeAt(at + depth)
    first = firstWhere(first, end, isAtLeast(depth, unit))
    end = firstWhere(first, end, isAtLeast(depth, unit + 1))
    const isWhole = first < end && lengthOf({ starts }, first) === depth + 1
    if (isWhole) tell(first++, at + depth + 1)
  }
}

function lengthOf({ starts }: Pick<UserDictionary, 'starts'>, word: number): number {
  return (starts[word + 1] as number) - (starts[word] as number)
}

/** Where its parts end, as distances from its beginning; the last one is its length. */
export function partEnds({ starts, cuts }: UserDictionary, word: number): number[] {
  const start = starts[word] as number
  const length = lengthOf({ starts }, word)
  return Array.from({ length }, (_, unit) => unit)
    .filter((unit) => unit > 0 && cuts[start + unit] === 1)
    .concat(length)
}

/** By halving: what holds from somewhere on, holds to the end. */
function firstWhere(from: number, to: number, holds: (word: number) => boolean): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** What stands for a word of a project in the lattice: below the numbers of tokens, and of unknown words. */
export function userToken(word: number): number {
  return -2 - word
}

/** @returns less than 0 for a token that is none of a project */
export function userWordOf(token: number): number {
  return -2 - token
}
