import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { formatApiKey, keyInHeaders, parseApiKey } from './api-key.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const random = (length: number) =>
  Array.from({ length }, () => ALPHABET[randomInt(62)] ?? '').join('')
const randomKey = () => formatApiKey(random(10), random(43))

/** The checksum by another way: zlib, and digits by repeated division of a bigint. */
function expectedChecksum(text: string): string {
  let rest = BigInt(crc32(text))
  let digits = ''
  for (; rest > 0n; rest /= 62n) digits = ALPHABET[Number(rest % 62n)] + digits
  return digits.padStart(6, '0')
}

describe('a key', () => {
  test('ends in the base62 CRC-32 of what comes before', () => {
    for (let round = 0; round < 500; round++) {
      const key = randomKey()
      expect(key).toMatch(/^dure_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/)
      expect(key.slice(-6)).toBe(expectedChecksum(key.slice(0, -6)))
    }
  })

  test('gives its id, and what its owner recognises it by', () => {
    const key = formatApiKey('abcdefghij', 'k'.repeat(43))
    expect(parseApiKey(key)).toEqual({
      publicId: 'abcdefghij',
      start: 'dure_live_abcd',
      last4: key.slice(-4),
    })
  })

  test('is refused when any one character is another', () => {
    const key = randomKey()
    for (let at = 0; at < key.length; at++) {
      const other = key[at] === 'x' ? 'y' : 'x'
      expect(parseApiKey(key.slice(0, at) + other + key.slice(at + 1))).toBeUndefined()
    }
  })

  test.each([
    '',
    'x',
    'dure_live_',
    'sk-something-else',
    `${randomKey()}x`,
    ` ${randomKey()}`,
    `${randomKey()}\n`,
    randomKey().toLowerCase().replace('dure_live_', 'dure_test_'),
  ])('is not any other text: %j', (text) => {
    expect(parseApiKey(text)).toBeUndefined()
  })
})

test.each([
  [{ authorization: 'Bearer k' }, 'k'],
  [{ authorization: 'bearer   k ' }, 'k'],
  [{ 'x-api-key': 'k' }, 'k'],
  [{ authorization: 'Basic abc', 'x-api-key': 'k' }, 'k'],
  [{ authorization: 'Bearer k', 'x-api-key': 'other' }, 'k'],
  [{ authorization: 'Bearer' }, undefined],
  [{ authorization: 'Bearer a b' }, undefined],
  [{ 'x-api-key': '' }, undefined],
  [{}, undefined],
])('the key in the headers %j is %s', (headers, key) => {
  expect(keyInHeaders(headers)).toBe(key)
})
