import { expect, test } from 'vitest'
import { timeoutMsOf } from './timeout.ts'

test.each([
  [undefined, 60_000],
  ['1', 1000],
  ['0.25', 250],
  ['300', 300_000],
])('x-request-timeout %s is %d ms', (header, timeoutMs) => {
  expect(timeoutMsOf(header)).toBe(timeoutMs)
})

test.each(['', '0', '-1', '301', '1e2', 'soon', '1, 2', ' 5'])(
  'x-request-timeout %j is refused',
  (header) => {
    expect(() => timeoutMsOf(header)).toThrow(
      expect.objectContaining({ code: 'request.invalid-timeout' }),
    )
  },
)
