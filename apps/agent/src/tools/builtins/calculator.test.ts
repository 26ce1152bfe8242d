import { describe, expect, test } from 'vitest'
import { calculate } from './arithmetic.ts'

describe('arithmetic', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** 3', 8],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['--3 - -3', 6],
    ['0.1 + 0.2', 0.3],
    ['10 % 4', 2],
    ['round(10 / 3, 2)', 3.33],
    ['round(1.005, 2)', 1.01],
    ['sum(1, 2, 3) / 3', 2],
    ['max(1, MIN(5, 3))', 3],
    ['sqrt(2) ^ 2', 2],
    ['1.5e3 * 2', 3000],
    ['2 * pi', 6.28318530717959],
  ])('%s is %d', (expression, value) => {
    expect(calculate(expression)).toBe(value)
  })

  test.each([
    ['', 'ends too early'],
    ['1 +', 'ends too early'],
    ['1 2', '2 at 3 is not expected'],
    ['(1', ') is missing'],
    ['1 / 0', 'divides by zero'],
    ['9 ^ 999', 'too large'],
    ['sqrt(-1)', 'not a number'],
    ['process(1)', 'process at 1 is not known'],
    ['process.exit()', 'is no part of arithmetic'],
    ['constructor(1)', 'not known'],
    ['toString(1)', 'not known'],
    ['1; 2', '";" at 2'],
    ['`1`', 'is no part of arithmetic'],
    [`${'('.repeat(2000)}1`, 'nested deeper'],
    ['-'.repeat(2000), 'nested deeper'],
    [`${'2^'.repeat(900)}2`, 'nested deeper'],
  ])('%s cannot be calculated', (expression, why) => {
    expect(() => calculate(expression)).toThrow(why)
  })
})
