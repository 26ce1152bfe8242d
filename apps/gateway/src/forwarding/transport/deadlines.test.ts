import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadlines, type Waiting } from './deadlines.ts'

let deadlines: Deadlines
let passed: string[]
beforeEach(() => {
  vi.useFakeTimers()
  deadlines = new Deadlines()
  passed = []
})
afterEach(() => {
  vi.useRealTimers()
})

function begin(name: string, timeoutMs: number): Waiting {
  const deadlineMs = performance.now() + timeoutMs
  const waiting = { deadlineMs, onTimeout: () => void passed.push(name) }
  deadlines.begin(waiting)
  return waiting
}

test('a short one passes when it is over, and a long one soon after', () => {
  begin('short', 50)
  begin('long', 60_000)
  vi.advanceTimersByTime(49)
  expect(passed).toEqual([])
  vi.advanceTimersByTime(1)
  expect(passed).toEqual(['short'])
  vi.advanceTimersByTime(59_900)
  expect(passed).toEqual(['short'])
  vi.advanceTimersByTime(600)
  expect(passed).toEqual(['short', 'long'])
})

test('one that has ended never passes, and nothing is left that waits', () => {
  for (const waiting of [begin('short', 50), begin('long', 60_000)]) deadlines.end(waiting)
  vi.advanceTimersByTime(61_000)
  expect(passed).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('each of many passes once, whatever others do meanwhile', () => {
  const others = Array.from({ length: 20 }, (_, n) => begin(`${n}`, 20_000 + n))
  const last = begin('last', 30_000)
  const [first] = others
  deadlines.begin({
    deadlineMs: first?.deadlineMs ?? 0,
    onTimeout: () => {
      passed.push('ends another')
      deadlines.end(last)
    },
  })
  vi.advanceTimersByTime(31_000)
  expect(passed.toSorted()).toEqual([...others.map((_, n) => `${n}`), 'ends another'].toSorted())
})
