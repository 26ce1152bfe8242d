/**
 * Steps through a double array over UTF-8 keys. A state is a base; the state after a byte is the base of the unit
 * `base + byte + 1`, if that unit says that this is how far it is from its base. The unit at the base itself, if it is its own,
 * has the value of the key that ends there. In a unit, the base or the value has the high 24 bits, the distance the low 8.
 *
 * Source: Aoe, An efficient digital search algorithm by using a double-array structure, 1989.
 */
export type Trie = Int32Array

export const NOWHERE = -1

const DISTANCE_BITS = 8
const DISTANCE_MASK = (1 << DISTANCE_BITS) - 1
/** No byte of UTF-8 leads so far. */
const NOBODY = DISTANCE_MASK
const MAX_PAYLOAD = 2 ** (32 - DISTANCE_BITS) - 1

/**
 * Of pairs of base and check, as MeCab has them, half of the bytes: the check is the base that a unit belongs to, of which
 * its distance says as much. A value there is the number of its first token and how many there are.
 *
 * @throws Error where there are too many words
 */
export function compactTrie(pairs: Int32Array): Trie {
  const units = pairs.length / 2
  // Whoever steps past the last unit still is within the array.
  const trie = new Int32Array(new SharedArrayBuffer(4 * (units + DISTANCE_MASK + 1))).fill(NOBODY)
  for (let unit = 0; unit < units; unit++) {
    const [base = 0, check = 0] = [pairs[2 * unit], pairs[2 * unit + 1]]
    const isFree = base === 0 && check === 0
    const distance = unit === 0 || isFree ? NOBODY : unit - check
    const payload = base < 0 ? -(base + 1) >>> TOKEN_COUNT_BITS : base
    if (payload > MAX_PAYLOAD) throw new Error('The dictionary has too many words')
    if (distance >= 0 && distance <= NOBODY) trie[unit] = (payload << DISTANCE_BITS) | distance
  }
  return trie
}

/** In a value of MeCab, below the first token: how many there are. */
const TOKEN_COUNT_BITS = 8

/** The last token of each key of a trie as MeCab has it. */
export function* lastTokens(pairs: Int32Array): Iterable<number> {
  for (let at = 0; at < pairs.length; at += 2) {
    const base = pairs[at] ?? 0
    if (base >= 0) continue
    const value = -(base + 1)
    yield (value >>> TOKEN_COUNT_BITS) + (value & ((1 << TOKEN_COUNT_BITS) - 1)) - 1
  }
}

export function rootOf(trie: Trie): number {
  return (trie[0] ?? 0) >>> DISTANCE_BITS
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
  const unit = trie[state + byte + 1] as number
  return (unit & DISTANCE_MASK) === byte + 1 ? unit >>> DISTANCE_BITS : NOWHERE
}

/** The value of the key that ends in a state: its first token, see `lastOfKey`; or -1. */
export function valueAt(trie: Trie, state: number): number {
  const unit = trie[state] as number
  return (unit & DISTANCE_MASK) === 0 ? unit >>> DISTANCE_BITS : NOWHERE
}

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

/** All keys with their values, in no particular order: from the end of each back to its beginning. */
export function* keysOf(trie: Trie): Generator<{ readonly key: string; readonly value: number }> {
  const root = rootOf(trie)
  const leadingTo = new Int32Array(trie.length).fill(NOWHERE)
  for (const [unit, content] of trie.entries()) {
    const distance = content & DISTANCE_MASK
    if (distance > 0 && distance < NOBODY) leadingTo[content >>> DISTANCE_BITS] = unit
  }
  const decoder = new TextDecoder()
  for (const [unit, content] of trie.entries()) {
    if ((content & DISTANCE_MASK) !== 0) continue
    const bytes: number[] = []
    for (let state = unit; state !== root; ) {
      const lead = leadingTo[state] ?? NOWHERE
      if (lead === NOWHERE) break
      const distance = (trie[lead] ?? 0) & DISTANCE_MASK
      bytes.push(distance - 1)
      state = lead - distance
    }
    if (bytes.length === 0) continue
    const key = decoder.decode(Uint8Array.from(bytes.reverse()))
    yield { key, value: content >>> DISTANCE_BITS }
  }
}
