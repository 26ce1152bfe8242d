/** Everything that is left to chance in a simulation comes from here: one seed, one course. */
export interface Random {
  /** From 0 up to, not including, 1. */
  float(): number
  /** Whole, from `min` to `max`, both included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  /** @throws RangeError for an empty list */
  pick<Item>(items: readonly Item[]): Item
  hex(digits: number): string
  /** One of its own, whose course depends on this seed and the name only, not on what was drawn. */
  fork(name: string): Random
}

/**
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna, "Scrambled Linear Pseudorandom Number
 * Generators" (2018), https://prng.di.unimi.it/xoshiro128starstar.c (public domain). Its state is
 * filled by the finalizer of MurmurHash3 over a Weyl sequence, as its authors advise.
 */
export function createRandom(seed: string | number): Random {
  const start = hash(String(seed))
  let [a, b, c, d] = [mix(start, 1), mix(start, 2), mix(start, 3), mix(start, 4) | 1]

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result >>> 0
  }

  const float = () => next() / 0x1_0000_0000
  const int = (min: number, max: number) => min + Math.floor(float() * (max - min + 1))
  return {
    float,
    int,
    chance: (probability) => float() < probability,
    pick(items) {
      if (items.length === 0) throw new RangeError('Nothing to pick from')
      return items[int(0, items.length - 1)] as (typeof items)[number]
    },
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

function mix(start: number, step: number): number {
  let value = (start + Math.imul(step, 0x9e3779b9)) | 0
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return value ^ (value >>> 16)
}
