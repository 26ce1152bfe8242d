import { createHmac, createSecretKey } from 'node:crypto'

/** What is kept of a key: enough to recognise it, and no way back. */
export type Seal = (key: string) => { readonly hash: Buffer; readonly pepperVersion: number }

const PEPPER_VERSION = 1

/**
 * HMAC-SHA-256 with a pepper. Nothing slower is needed: 256 random bits cannot be guessed, and the
 * pepper makes a stolen table of no use to whoever collects leaked keys.
 *
 * @param pepper base64 of at least 32 bytes
 */
export function createSeal(pepper: string): Seal {
  // A KeyObject: with a Buffer, each call would cost ten times as much.
  const key = createSecretKey(pepper, 'base64')
  return (text) => ({
    hash: createHmac('sha256', key).update(text).digest(),
    pepperVersion: PEPPER_VERSION,
  })
}
