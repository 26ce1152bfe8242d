import { Filter } from '@dure/contracts'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { matcherOf } from './filter.ts'

const metadata = {
  team: 'hr',
  year: 2026,
  isFinal: false,
  due: '2026-03-01',
  tags: ['휴가', '급여'],
  가: '각'.normalize('NFC'),
}
const isFound = (filter: object) => matcherOf(filter as Filter)(metadata)

describe('a filter', () => {
  test.each<object>([
    { key: 'team', is: 'hr' },
    { key: 'isFinal', is: false },
    { key: 'team', in: ['it', 'hr'] },
    { key: 'year', gt: 2025, lt: 2027 },
    { key: 'year', gte: 2026, lte: 2026 },
    { key: 'due', gte: '2026-03-01', lt: '2026-04' },
    { key: 'tags', contains: '휴가' },
    { key: 'year', exists: true },
    { key: 'none', exists: false },
    { key: 'constructor', exists: false },
    { key: '가'.normalize('NFD'), is: '각'.normalize('NFD') },
    { not: { key: 'none', is: 'x' } },
    {
      all: [
        { key: 'team', is: 'hr' },
        {
          any: [
            { key: 'year', is: 1 },
            { key: 'year', is: 2026 },
          ],
        },
      ],
    },
    {
      not: {
        all: [
          { key: 'team', is: 'hr' },
          { key: 'year', is: 1 },
        ],
      },
    },
  ])('of %j is met', (filter) => {
    expect(Value.Check(Filter, filter)).toBe(true)
    expect(isFound(filter)).toBe(true)
  })

  test.each<object>([
    { key: 'team', is: 'HR' },
    { key: 'year', is: '2026' },
    { key: 'isFinal', is: 0 },
    { key: 'team', in: [] },
    { key: 'year', gt: 2026 },
    { key: 'year', gt: '2025' },
    { key: 'team', gt: 1 },
    { key: 'none', lt: 1 },
    { key: 'none', in: ['x'] },
    { key: 'team', contains: 'h' },
    { key: 'tags', is: '휴가' },
    { key: 'tags', contains: '휴' },
    { key: 'year', exists: false },
    { not: { key: 'team', exists: true } },
    {
      all: [
        { key: 'team', is: 'hr' },
        { key: 'none', exists: true },
      ],
    },
    {
      any: [
        { key: 'team', is: 'it' },
        { key: 'year', is: 1 },
      ],
    },
  ])('of %j is not met', (filter) => {
    expect(Value.Check(Filter, filter)).toBe(true)
    expect(isFound(filter)).toBe(false)
  })

  test.each<object>([
    {},
    { key: 'team' },
    { key: '_team', is: 'x' },
    { key: 'team', like: 'h%' },
    { key: 'team', is: null },
    { key: 'team', is: 'a\u0000' },
    { all: [] },
    { all: [{ key: 'team', is: 'hr' }], any: [] },
    { all: [{ all: [{ all: [{ key: 'team', is: 'hr' }] }] }] },
  ])('is not %j', (filter) => expect(Value.Check(Filter, filter)).toBe(false))

  test.each<object>([
    { key: 'team', like: 'h%' },
    { key: 'team' },
    { none: [{ key: 'team', is: 'hr' }] },
    { all: [{ key: 'team', is: 'hr' }], any: [{ key: 'year', is: 1 }] },
    { all: Array.from({ length: 101 }, () => ({ key: 'team', is: 'hr' })) },
  ])('is refused as %j, if a later build has sent it', (filter) => {
    expect(() => isFound(filter)).toThrow(
      expect.objectContaining({ code: 'search.invalid-filter' }),
    )
  })
})
