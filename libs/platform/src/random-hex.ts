import { randomFillSync } from 'node:crypto'

/** Filled for many at once: a UUID of its own for each costs five times as much. */
const random = Buffer.alloc(4096)
let at = random.length

/** @param bytes at most 4096; the text has twice as many characters */
export function randomHex(bytes: number): string {
  if (at + bytes > random.length) {
    randomFillSync(random)
    at = 0
  }
  const from = at
  at += bytes
  return random.toString('hex', from, at)
}
