import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('without more than a folder, every set is measured with its queries as they are', () => {
  expect(parseOptions(['--data', 'ko'])).toEqual({
    data: 'ko',
    sets: [],
    perturbations: ['none'],
    json: undefined,
    chart: undefined,
  })
})

test('sets and kinds may be several', () => {
  const args = '--data ko --set a --set b --perturb none --perturb jamo --json x.json'.split(' ')

  expect(parseOptions(args)).toMatchObject({
    sets: ['a', 'b'],
    perturbations: ['none', 'jamo'],
    json: 'x.json',
  })
})

test.each([
  [[], '--data is missing'],
  [['--data', 'ko', '--perturb', 'noise'], 'no such kind'],
  [['--data', 'ko', '--tset', 'a'], '--tset'],
  [['--data', 'ko', 'more'], 'more'],
])('%j is refused, with the usage', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message)
  expect(() => parseOptions(args)).toThrow('usage: npm run evaluate')
})
