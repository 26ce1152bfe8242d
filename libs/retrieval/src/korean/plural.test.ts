import { expect, test } from 'vitest'
import { singularOf } from './plural.ts'

test.each([
  ['refunds', 'refund'],
  ['policies', 'policy'],
  ['notes', 'note'],
  ['days', 'day'],
  ['status', undefined],
  ['class', undefined],
  ['heroes', undefined],
  ['bus', undefined],
  ['js', undefined],
  ['refund', undefined],
  ['naïves', undefined],
  ['', undefined],
])('%s: %s', (plural, singular) => {
  expect(singularOf(plural)).toBe(singular)
})
