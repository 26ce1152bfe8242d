import { expect, test } from 'vitest'
import { identifiersIn } from './fields.ts'

test('a name has something that no word has, and its parts are none', () => {
  const terms = ['gpt-4o', 'gpt', '4o', 'node.js', 'node', 'js', 'run_ids', 'run', 'ids', 'rtx3080']

  expect(identifiersIn(terms)).toEqual(['gpt-4o', 'node.js', 'run_ids', 'rtx3080'])
  expect(identifiersIn(['longterm', 'long', 'term', 'refund', "don't", '2024', '환불'])).toEqual([])
  expect(identifiersIn(['mother-in-law'])).toEqual([])
})
