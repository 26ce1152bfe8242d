import { randomInt } from 'node:crypto'
import { formatApiKey } from './api-key.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A key that nobody has seen. */
export function newApiKey(): string {
  return formatApiKey(randomText(10), randomText(43))
}

/** Base62 digits, each as probable as any other. */
function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
