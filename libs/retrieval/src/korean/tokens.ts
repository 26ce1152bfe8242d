/**
 * A token as two numbers: what it connects to and what it is, packed, and its cost. The ids of the
 * dictionary stand for classes: ids whose costs are the same everywhere are one.
 */
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
