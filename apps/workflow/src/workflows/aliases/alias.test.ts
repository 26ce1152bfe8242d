import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, pickTarget } from './alias.ts'

const RULE = { windowRuns: 10, maxErrorRate: 0.2 }
const targets = [
  { version: 1, weight: 70 },
  { version: 2, weight: 20 },
  { version: 3, weight: 10 },
]
const outcomes = (one: string, two: string, three = '') => [
  { version: 1, outcomes: one },
  { version: 2, outcomes: two },
  { version: 3, outcomes: three },
]

describe('the pick', () => {
  test('follows the weights', () => {
    const counts = new Map<number, number>()
    for (let at = 0; at < 1000; at++) {
      const { version } = pickTarget(targets, at / 1000)
      counts.set(version, (counts.get(version) ?? 0) + 1)
    }
    expect([...counts]).toEqual([
      [1, 700],
      [2, 200],
      [3, 100],
    ])
  })

  test('never takes what has no weight', () => {
    const some = fc.array(fc.record({ weight: fc.nat(100) }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(
        some,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (all, pick) => {
          fc.pre(all.some(({ weight }) => weight > 0))
          expect(pickTarget(all, pick).weight).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('the verdict', () => {
  test('gives the weight of what fails to the stable version', () => {
    const verdict = judge(targets, RULE, outcomes('0000', '111', '01'))
    expect(verdict?.targets).toEqual([
      { version: 1, weight: 90 },
      { version: 2, weight: 0 },
      { version: 3, weight: 10 },
    ])
  })

  test.each([
    ['as many have failed as may', outcomes('', '11')],
    ['the stable version fails, too', outcomes('01', '1111')],
    ['only the stable version fails', outcomes('1111', '0000')],
    ['nothing has run', []],
  ])('is to go on when %s', (_what, counted) => {
    expect(judge(targets, RULE, counted)).toBeUndefined()
  })

  test('never loses weight', () => {
    const runs = fc.string({ unit: fc.constantFrom('0', '1'), maxLength: 10 })
    fc.assert(
      fc.property(runs, runs, runs, (one, two, three) => {
        const verdict = judge(targets, RULE, outcomes(one, two, three))
        const sum = (verdict?.targets ?? targets).reduce((all, { weight }) => all + weight, 0)
        expect(sum).toBe(100)
      }),
    )
  })
})
