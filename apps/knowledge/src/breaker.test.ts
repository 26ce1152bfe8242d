import { InvalidInputError, UnavailableError } from '@dure/kernel'
import { expect, test } from 'vitest'
import { createBreaker } from './breaker.ts'

const leftAlone = () => new UnavailableError('embedding.unavailable', 'left alone')
const down = () => Promise.reject(new UnavailableError('embedding.unavailable', 'down'))
const refused = () => Promise.reject(new InvalidInputError('embedding.refused-request', 'no'))

test('after three failures in a row nobody is let through for a while, then one decides', async () => {
  let nowMs = 0
  const breaker = createBreaker(leftAlone, () => nowMs)
  let attempts = 0
  const attempt = (work: () => Promise<unknown>) =>
    breaker.attempt(() => {
      attempts++
      return work()
    })

  for (let i = 0; i < 3; i++) await expect(attempt(down)).rejects.toThrow('down')
  await expect(attempt(down)).rejects.toThrow('left alone')
  expect(attempts).toBe(3)

  nowMs = 10_000
  await expect(attempt(down)).rejects.toThrow('down')
  await expect(attempt(async () => 1)).rejects.toThrow('left alone')
  nowMs = 20_000
  expect(await attempt(async () => 1)).toBe(1)
  for (let i = 0; i < 2; i++) await expect(attempt(down)).rejects.toThrow('down')
  expect(await attempt(async () => 2)).toBe(2)
})

test('a request that is refused says nothing about the others', async () => {
  const breaker = createBreaker(leftAlone, () => 0)

  for (let i = 0; i < 5; i++) await expect(breaker.attempt(refused)).rejects.toThrow('no')
  expect(await breaker.attempt(async () => 1)).toBe(1)
})
