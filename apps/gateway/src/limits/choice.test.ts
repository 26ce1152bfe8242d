import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choiceProblems, withChoice } from './choice.ts'
import { DEFAULT_POLICIES, type Policies, type Policy } from './policy.ts'

const KEY = { kind: 'rate', per: 'key', limit: 10, periodS: 1, burst: 50 } as const
const MONTH = { kind: 'quota', per: 'key', quota: 100, window: 'month' } as const
const STREAMS = { kind: 'concurrency', per: 'key', classes: ['stream'], concurrent: 5 } as const
const allowed: Policies = { key: KEY, month: MONTH, streams: STREAMS as unknown as Policy }

test.each([
  ['less of all', { key: { ...KEY, limit: 5, burst: 10 }, month: { ...MONTH, quota: 1 } }, []],
  ['the same in other words', { key: { ...KEY, limit: 600, periodS: 60 } }, []],
  ['one more limit', { day: { ...MONTH, window: 'day' } as Policy }, []],
  ['a faster rate', { key: { ...KEY, limit: 11 } }, ['#/policies/key/limit']],
  ['a larger burst', { key: { ...KEY, burst: 51 } }, ['#/policies/key/burst']],
  ['a larger quota', { month: { ...MONTH, quota: 101 } }, ['#/policies/month/quota']],
  ['another window', { month: { ...MONTH, window: 'day' } as Policy }, ['#/policies/month']],
  ['another kind', { key: MONTH as Policy }, ['#/policies/key']],
  ['other classes', { key: { ...KEY, classes: ['run'] } as Policy }, ['#/policies/key']],
  ['a limit of addresses', { ip: { ...KEY, per: 'address' } as Policy }, ['#/policies/ip/per']],
])('a choice of %s', (_what, chosen, pointers) => {
  const problems = choiceProblems(allowed, chosen as Policies, '#/policies')
  expect(problems.map(({ pointer }) => pointer)).toEqual(pointers)
})

const rates = fc.record({
  kind: fc.constant('rate' as const),
  per: fc.constant('key' as const),
  limit: fc.integer({ min: 1, max: 1000 }),
  periodS: fc.integer({ min: 1, max: 60 }),
  burst: fc.integer({ min: 1, max: 1000 }),
})

test('whatever is chosen, nothing is allowed more', () => {
  fc.assert(
    fc.property(rates, rates, (ceiling, chosen) => {
      const { key } = withChoice({ key: ceiling }, { key: chosen })
      if (key?.kind !== 'rate') throw new Error('it became another kind')
      expect(key.limit / key.periodS).toBeLessThanOrEqual(ceiling.limit / ceiling.periodS)
      expect(key.limit / key.periodS).toBeLessThanOrEqual(chosen.limit / chosen.periodS)
      expect(key.burst).toBe(Math.min(ceiling.burst, chosen.burst))
    }),
  )
})

test('what was chosen under other policies takes none of those of now away', () => {
  const chosen: Policies = { key: MONTH }
  expect(withChoice(DEFAULT_POLICIES, chosen)).toEqual(DEFAULT_POLICIES)
})
