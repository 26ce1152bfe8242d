import { beforeEach, expect, test } from 'vitest'
import { Breaker } from './breaker.ts'

let nowMs = 0
let breaker: Breaker
beforeEach(() => {
  nowMs = 0
  const limits = { windowMs: 1000, minResults: 4, failureShare: 0.5, openMs: 500, probes: 2 }
  breaker = new Breaker(() => nowMs, limits)
})

const times = (count: number, work: () => void) => {
  for (let done = 0; done < count; done++) work()
}
const open = () => times(4, () => breaker.failed())

test('a few failures among many successes change nothing', () => {
  times(10, () => breaker.succeeded())
  times(9, () => breaker.failed())
  expect([breaker.state, breaker.tryPass()]).toEqual(['closed', true])
})

test('too few results are no reason', () => {
  times(3, () => breaker.failed())
  expect(breaker.state).toBe('closed')
})

test('from the share on, nothing passes until the time is over', () => {
  open()
  expect([breaker.state, breaker.tryPass(), breaker.waitMs]).toEqual(['open', false, 500])
  nowMs = 499
  expect(breaker.tryPass()).toBe(false)
  nowMs = 500
  expect([breaker.state, breaker.waitMs]).toEqual(['half-open', 0])
})

test('then a few try at once; when they succeed, all pass', () => {
  open()
  nowMs = 500
  expect([1, 2, 3].map(() => breaker.tryPass())).toEqual([true, true, false])
  breaker.succeeded()
  expect(breaker.state).toBe('half-open')
  breaker.succeeded()
  expect(breaker.state).toBe('closed')
})

test('one that fails opens it again, for as long', () => {
  open()
  nowMs = 500
  expect([breaker.tryPass(), breaker.tryPass()]).toEqual([true, true])
  breaker.failed()
  expect([breaker.state, breaker.waitMs]).toEqual(['open', 500])
  breaker.succeeded()
  nowMs = 1000
  expect([1, 2, 3].map(() => breaker.tryPass())).toEqual([true, true, false])
})

test('one that was given up makes room for another try', () => {
  open()
  nowMs = 500
  times(5, () => {
    expect(breaker.tryPass()).toBe(true)
    breaker.abandoned()
  })
  expect(breaker.state).toBe('half-open')
})

test('what is long ago does not count', () => {
  times(3, () => breaker.failed())
  nowMs = 2000
  times(3, () => breaker.failed())
  expect(breaker.state).toBe('closed')
  breaker.failed()
  expect(breaker.state).toBe('open')
})
