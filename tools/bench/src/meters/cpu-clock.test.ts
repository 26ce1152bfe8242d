import { expect, test } from 'vitest'
import { threadCpuClock } from './cpu-clock.ts'

test('the clock of the thread goes on with what it does, in small steps', () => {
  const now = threadCpuClock()
  const steps = Array.from({ length: 200 }, () => {
    const before = now()
    let sum = 0
    for (let n = 0; n < 20_000; n++) sum += Math.sqrt(n)
    return { micros: now() - before, sum }
  })

  expect(steps.every(({ micros }) => micros > 0)).toBe(true)
})
