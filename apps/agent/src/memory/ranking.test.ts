import { expect, test } from 'vitest'
import { ranked } from './ranking.ts'

const searched = { entries: 10, averageLength: 4 }

test('rare words count for more than common ones, and short texts for more than long ones', () => {
  const matches = [
    { key: 'common', shared: ['a'], length: 4 },
    { key: 'long', shared: ['a', 'b'], length: 8 },
    { key: 'both', shared: ['a', 'b'], length: 4 },
    { key: 'again', shared: ['a'], length: 4 },
  ]
  const order = ranked(matches, searched).map(({ key }) => key)
  expect(order).toEqual(['both', 'long', 'common', 'again'])
})

test('a word that all have still counts for something', () => {
  const [only] = ranked([{ key: 1, shared: ['a'], length: 1 }], { entries: 1, averageLength: 1 })
  expect(only?.score).toBeGreaterThan(0)
})
