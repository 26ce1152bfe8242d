import { expect, test } from 'vitest'
import { stemOf } from './stem.ts'

test.each(
  [
    ['refund', 'refunds', 'refunded', 'refunding'],
    ['policy', 'policies'],
    ['running', 'runs'].reverse(),
    ['install', 'installed', 'installation'],
    ['apply', 'applies', 'applied', 'applying'],
    ['cancel', 'cancelled', 'cancelling'],
    ['kubernetes'],
  ].map((words) => [words]),
)('%j have one stem', (words) => {
  expect(new Set(words.map(stemOf)).size).toBe(1)
})

test.each(['status', 'class', 'aws', 'ios', 'gpt', 'naïves', 'привет', "don't", '4o', ''])(
  '%j is its own stem',
  (word) => {
    expect(stemOf(word)).toBe(word)
  },
)

test('what is no word of a language is left as it is', () => {
  expect(stemOf('s'.repeat(1000))).toHaveLength(1000)
})
