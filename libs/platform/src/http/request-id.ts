import { randomFillSync } from 'node:crypto'

const GIVEN = /^[A-Za-z0-9_-]{8,128}$/
const BYTES = 16

/** Filled for many ids at once: a UUID of its own for each costs five times as much. */
const random = Buffer.alloc(256 * BYTES)
let at = random.length

/** What the client calls its request, if that can stand in a log and a header; else a name that nobody else has. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && GIVEN.test(header) ? header : `req_${randomHex()}`
}

function randomHex(): string {
  if (at === random.length) {
    randomFillSync(random)
    at = 0
  }
  const from = at
  at += BYTES
  return random.toString('hex', from, at)
}
