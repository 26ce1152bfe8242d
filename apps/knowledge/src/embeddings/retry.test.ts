import { expect, test } from 'vitest'
import { isOfProvider, nextTryInS } from './retry.ts'

const seconds = (attempts: number, random = 0) =>
  nextTryInS('embedding.unavailable', { attempts, firstS: 60 }, random)

test('what may pass is tried again ever less often, and at least every six hours', () => {
  expect([0, 1, 2, 3].map((attempts) => seconds(attempts))).toEqual([60, 120, 240, 480])
  expect([9, 31, 1000].map((attempts) => seconds(attempts))).toEqual([21_600, 21_600, 21_600])
  expect(seconds(0, 1)).toBe(66)
})

test('what cannot pass is not tried again', () => {
  const first = { attempts: 0, firstS: 60 }
  for (const code of [
    'embedding.refused-request',
    'embedding.other-dimensions',
    'embedding.not-configured',
  ]) {
    expect(nextTryInS(code, first)).toBeUndefined()
    expect(isOfProvider(code)).toBe(false)
  }
  expect(nextTryInS('budget.exceeded', first, 0)).toBe(60)
  expect([isOfProvider('budget.exceeded'), isOfProvider('embedding.timeout')]).toEqual([
    false,
    true,
  ])
})
