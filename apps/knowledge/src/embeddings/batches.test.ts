import { expect, test } from 'vitest'
import { batchesOf } from './batches.ts'

const batches = (texts: readonly string[], bounds: { maxTexts: number; maxTokens: number }) =>
  batchesOf(texts, (text) => text.length, bounds)

test('texts go out in their order, in batches within both bounds', () => {
  const bounds = { maxTexts: 3, maxTokens: 6 }

  expect(batches([], bounds)).toEqual([])
  expect(batches(['a', 'b', 'c', 'd'], bounds)).toEqual([['a', 'b', 'c'], ['d']])
  expect(batches(['aaa', 'bbb', 'c', 'dddddd', 'e'], bounds)).toEqual([
    ['aaa', 'bbb'],
    ['c'],
    ['dddddd'],
    ['e'],
  ])
})

test('one that is too long alone has a batch of its own', () => {
  const bounds = { maxTexts: 3, maxTokens: 2 }

  expect(batches(['a', 'bbbbb', 'c'], bounds)).toEqual([['a'], ['bbbbb'], ['c']])
})
