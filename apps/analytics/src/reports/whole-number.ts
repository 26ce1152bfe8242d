import { InvalidInputError } from '@dure/kernel'

/**
 * A sum as a number, exactly.
 *
 * @throws InvalidInputError `range.sum-too-large` beyond 2^53 - 1, where numbers begin to skip some
 */
export function wholeNumber(digits: string): number {
  const number = Number(digits)
  if (Number.isSafeInteger(number)) return number
  throw new InvalidInputError('range.sum-too-large', 'A sum of this range cannot be told exactly', [
    { pointer: '#/from', message: 'is too early: ask for fewer days at once' },
  ])
}
