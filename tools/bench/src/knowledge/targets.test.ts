import { expect, test } from 'vitest'
import { judged } from './targets.ts'

test('a row says what is wanted of it, and whether it is so', () => {
  const row = { name: 'lexical', p50Micros: 900, p99Micros: 3000 }

  expect(judged(row)).toEqual({
    ...row,
    target: 'p50Micros <= 1000, p99Micros <= 3000',
    met: true,
  })
  expect(judged({ ...row, p50Micros: 1001 }).met).toBe(false)
  expect(judged({ name: 'analysis', megabytesPerCpuSecond: 2.9 })).toMatchObject({
    target: 'megabytesPerCpuSecond >= 3',
    met: false,
  })
  // Where the processor cannot be asked.
  expect(judged({ name: 'analysis', megabytesPerCpuSecond: Number.NaN }).met).toBe(false)
})

test('of others nothing is wanted', () => {
  expect(judged({ name: 'vectors' })).toEqual({ name: 'vectors' })
})
