/**
 * Steps through a double array (Darts, as MeCab has it) over UTF-8 keys: pairs of base and check. A
 * state is a base; the state after a byte is the base of the unit `base + byte + 1`, if that unit's
 * check is the base.
 *
 * Source: Aoe, An efficient digital search algorithm by using a double-array structure, 1989.
 */
export type Trie = Int32Array

export const NOWHERE = -1

export function rootOf(trie: Trie): number {
  return trie[0] ?? 0
}

/** The state after the UTF-8 bytes of a character, or `NOWHERE`. */
export function afterCharacter(trie: Trie, state: number, code: number): number {
  if (code < 0x80) return afterByte(trie, state, code)
  if (code < 0x800) {
    const lead = afterByte(trie, state, 0xc0 | (code >> 6))
    return lead === NOWHERE ? NOWHERE : afterByte(trie, lead, 0x80 | (code & 63))
  }
  const high =
    code < 0x10000
      ? afterByte(trie, state, 0xe0 | (code >> 12))
      : afterLeadOfFour(trie, state, code)
  if (high === NOWHERE) return NOWHERE
  const middle = afterByte(trie, high, 0x80 | ((code >> 6) & 63))
  return middle === NOWHERE ? NOWHERE : afterByte(trie, middle, 0x80 | (code & 63))
}

function afterLeadOfFour(trie: Trie, state: number, code: number): number {
  const lead = afterByte(trie, state, 0xf0 | (code >> 18))
  return lead === NOWHERE ? NOWHERE : afterByte(trie, lead, 0x80 | ((code >> 12) & 63))
}

function afterByte(trie: Trie, state: number, byte: number): number {
  const unit = 2 * (state + byte + 1)
  return trie[unit + 1] === state ? (trie[unit] as number) : NOWHERE
}

/** The value of the key that ends in a state: its tokens, as `firstOf` and `countOf` read it; or -1. */
export function valueAt(trie: Trie, state: number): number {
  const value = trie[2 * state] as number
  return value < 0 && trie[2 * state + 1] === state ? -(value + 1) : NOWHERE
}

/** Tokens of one key are neighbours: the first, and how many. */
export const firstOf = (value: number) => value >>> 8
export const countOf = (value: number) => value & 0xff

/** The value of exactly this key, or -1. */
export function findKey(trie: Trie, key: string): number {
  let state = rootOf(trie)
  for (const character of key) {
    state = afterCharacter(trie, state, character.codePointAt(0) ?? 0)
    if (state === NOWHERE) return NOWHERE
  }
  return valueAt(trie, state)
}

/** The state after each character of the basic plane: the first step of every look-up, in one. */
export function firstSteps(trie: Trie): Int32Array {
  const steps = new Int32Array(new SharedArrayBuffer(4 * 0x10000))
  for (let code = 0; code < steps.length; code++) {
    steps[code] = afterCharacter(trie, rootOf(trie), code)
  }
  return steps
}
