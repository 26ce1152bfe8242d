import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('without more than a folder, every set is measured by words, with every kind of queries', () => {
  expect(parseOptions(['--data', 'ko'])).toEqual({
    data: 'ko',
    sets: [],
    perturbations: ['none', 'nospace', 'spacing', 'jamo'],
    modes: ['keyword'],
    embeddings: undefined,
    analyzers: [],
    json: undefined,
    chart: undefined,
    markdown: undefined,
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

test('where there are embeddings, every mode is measured', () => {
  const args = '--data ko --embeddings-url http://e/v1 --embeddings-model small'.split(' ')

  expect(parseOptions(args)).toMatchObject({
    modes: ['keyword', 'vector', 'hybrid'],
    embeddings: { url: 'http://e/v1', model: 'small', cacheFolder: '.data/evaluation' },
  })
  expect(parseOptions([...args, '--mode', 'hybrid']).modes).toEqual(['hybrid'])
})

test('all analyzers are compared by words', () => {
  const { analyzers, modes } = parseOptions('--data ko --analyzers all'.split(' '))

  expect([analyzers.length, modes]).toEqual([5, ['keyword']])
})

test.each([
  [[], '--data is missing'],
  [['--data', 'ko', '--perturb', 'noise'], 'no such kind'],
  [['--data', 'ko', '--mode', 'lexical'], 'no such kind'],
  [['--data', 'ko', '--mode', 'hybrid'], '--embeddings-url'],
  [['--data', 'ko', '--embeddings-model', 'small'], 'belong together'],
  [['--data', 'ko', '--embeddings-model', 'small', '--embeddings-url', 'e'], 'no address'],
  [['--data', 'ko', '--analyzers', 'all', '--mode', 'hybrid'], 'about words'],
  [['--data', 'ko', '--tset', 'a'], '--tset'],
  [['--data', 'ko', 'more'], 'more'],
])('%j is refused, with the usage', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message)
  expect(() => parseOptions(args)).toThrow('usage: npm run evaluate')
})
