import { describe, expect, test } from 'vitest'
import { connectionFault, isIdempotent, retryDelayMs } from './retry.ts'
import { RetryBudget } from './retry-budget.ts'

test.each([
  ['GET', undefined, true],
  ['HEAD', undefined, true],
  ['PUT', undefined, true],
  ['DELETE', undefined, true],
  ['POST', undefined, false],
  ['PATCH', undefined, false],
  ['POST', 'key-1', true],
  ['POST', '', false],
])('%s with the key %s may be sent again: %s', (method, key, expected) => {
  expect(isIdempotent(method, key)).toBe(expected)
})

test.each([
  ['ECONNREFUSED', 'never-sent'],
  ['UND_ERR_CONNECT_TIMEOUT', 'never-sent'],
  ['ECONNRESET', 'cut'],
  ['UND_ERR_SOCKET', 'cut'],
  ['UND_ERR_INVALID_ARG', undefined],
])('%s means %s', (code, expected) => {
  expect(connectionFault(Object.assign(new Error('x'), { code }))).toBe(expected)
})

describe('the wait before another attempt', () => {
  test('doubles its range, and is anywhere in it', () => {
    const ranges = [1, 2, 3, 4, 5, 6].map((attempts) => retryDelayMs(attempts, undefined, 1))
    expect(ranges).toEqual([100, 200, 400, 800, 1000, 1000])
    expect(retryDelayMs(1, undefined, 0)).toBe(0)
    expect(retryDelayMs(1, undefined, 0.25)).toBe(25)
  })

  test('is at least what the service asked for, up to a second', () => {
    expect(retryDelayMs(1, '1', 0.5)).toBe(1000)
    expect(retryDelayMs(1, '0', 0.5)).toBe(50)
  })

  test.each(['2', '3600', 'Fri, 27 Nov 2026 08:00:00 GMT', 'soon'])(
    'of %s is left to the client',
    (retryAfter) => {
      expect(retryDelayMs(1, retryAfter, 0.5)).toBeUndefined()
    },
  )
})

describe('a retry budget', () => {
  test('lets through at most a tenth of any 500 or more requests, when everything fails', () => {
    const budget = new RetryBudget()
    for (let sent = 1; sent <= 5000; sent++) {
      budget.deposit()
      while (budget.tryWithdraw()) {}
      if (sent >= 500) expect((sent + budget.retries) / sent).toBeLessThanOrEqual(1.1)
    }
  })

  test('does not grow while nothing fails', () => {
    const budget = new RetryBudget()
    for (let sent = 0; sent < 10_000; sent++) budget.deposit()
    for (let sent = 0; sent < 500; sent++) {
      budget.deposit()
      while (budget.tryWithdraw()) {}
    }
    expect(budget.retries).toBeLessThanOrEqual(50)
  })

  test('has a little at the start, so that a lone request may be sent again', () => {
    expect(new RetryBudget().tryWithdraw()).toBe(true)
  })
})
