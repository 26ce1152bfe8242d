import { describe, expect, test } from 'vitest'
import { PRIORITIES } from '../routing/priority.ts'
import { LoadLevel, type Sample } from './load.ts'

const busy: Sample = { utilisation: 0.99, delayMs: 300 }
const calm: Sample = { utilisation: 0.3, delayMs: 12 }

function levelAfter(...samples: readonly (readonly [Sample, number])[]): LoadLevel {
  const load = new LoadLevel()
  for (const [sample, times] of samples) {
    for (let taken = 0; taken < times; taken++) load.take(sample)
  }
  return load
}
const shed = (load: LoadLevel) => PRIORITIES.filter((priority) => load.sheds(priority))

describe('a process that has too much to do', () => {
  test.each([
    [1, []],
    [2, ['batch']],
    [4, ['new-run', 'batch']],
    [6, ['interactive', 'new-run', 'batch']],
    [8, ['run-control', 'interactive', 'new-run', 'batch']],
    [100, ['run-control', 'interactive', 'new-run', 'batch']],
  ])('for %d intervals turns away %j', (times, expected) => {
    expect(shed(levelAfter([busy, times]))).toEqual(expected)
  })

  test('takes them in again one by one, and more slowly', () => {
    expect(shed(levelAfter([busy, 8], [calm, 3]))).toHaveLength(4)
    expect(shed(levelAfter([busy, 8], [calm, 4]))).toHaveLength(3)
    expect(shed(levelAfter([busy, 8], [calm, 16]))).toHaveLength(0)
  })

  test('stays as it is while it is neither', () => {
    const between: Sample = { utilisation: 0.95, delayMs: 60 }
    expect(levelAfter([busy, 4], [between, 100]).level).toBe(2)
  })
})

test.each([
  ['is busy, and on time', { utilisation: 1, delayMs: 15 }],
  ['is late, and idle: another process has the machine', { utilisation: 0.4, delayMs: 900 }],
])('a process that %s turns nobody away', (_what, sample) => {
  expect(levelAfter([sample, 100]).level).toBe(0)
})
