/**
 * The tokens of the dictionary, in shared memory; those of one key are neighbours. What a token connects to and what it is are
 * the same for many. The ids of the dictionary stand for classes: ids whose costs are the same everywhere are one.
 */
export interface Tokens {
  /** By token: which of `packs` it has, and `LAST_OF_KEY`. */
  readonly kinds: Uint16Array
  readonly costs: Int16Array
  readonly packs: Int32Array
}

export const LAST_OF_KEY = 0x8000
/** Of the numbers of packs: below the bit. */
export const MAX_KINDS = 0x8000

/** Numbers of a word of a project: packed, as below, and its cost. */
export const TOKEN_SIZE = 2

const CLASS_BITS = 11
const CLASS_MASK = (1 << CLASS_BITS) - 1
export const MAX_CLASSES = 1 << CLASS_BITS
export const MAX_TAG_IDS = 1 << (32 - 2 * CLASS_BITS)

export const leftOf = (packed: number) => packed & CLASS_MASK
export const rightOf = (packed: number) => (packed >>> CLASS_BITS) & CLASS_MASK
export const tagIdOf = (packed: number) => packed >>> (2 * CLASS_BITS)

export function pack(left: number, right: number, tagId: number): number {
  return left | (right << CLASS_BITS) | (tagId << (2 * CLASS_BITS))
}

/** What tells words apart that begin and end alike. */
export interface WordKind {
  readonly packed: number
  readonly cost: number
}

/** The last token of the key that begins with this one. */
export function lastOfKey({ kinds }: Tokens, first: number): number {
  let token = first
  while (((kinds[token] as number) & LAST_OF_KEY) === 0) token++
  return token
}

export function kindAt({ kinds, costs, packs }: Tokens, token: number): WordKind {
  const packed = packs[(kinds[token] ?? 0) & (LAST_OF_KEY - 1)] ?? 0
  return { packed, cost: costs[token] ?? 0 }
}
