import { eventually } from '@dure/platform/testing'
import { expect, test } from 'vitest'
import { type Timed, Timeouts } from './timeouts.ts'

const TIMEOUT_MS = 20

function begun(timeouts: Timeouts, name: string, told: string[], timeoutMs = TIMEOUT_MS): Timed {
  const timed: Timed = {
    deadlineMs: performance.now() + timeoutMs,
    earlier: undefined,
    later: undefined,
    onTimeout: () => void told.push(name),
  }
  timeouts.begin(timed)
  return timed
}

test('whoever is not done in time is told so, in the order of their coming', async () => {
  const timeouts = new Timeouts()
  const told: string[] = []
  for (const name of ['a', 'b', 'c']) begun(timeouts, name, told)

  await eventually(() => expect(told).toEqual(['a', 'b', 'c']))
  begun(timeouts, 'd', told)
  await eventually(() => expect(told).toEqual(['a', 'b', 'c', 'd']))
})

test('whoever is done is told nothing, wherever in the list', async () => {
  const timeouts = new Timeouts()
  const told: string[] = []
  const [first, , third, , last] = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    begun(timeouts, name, told),
  )
  for (const done of [third, first, last, first]) if (done) timeouts.end(done)

  await eventually(() => expect(told).toEqual(['b', 'd']))
  const only = begun(timeouts, 'f', told)
  timeouts.end(only)
  begun(timeouts, 'g', told)
  await eventually(() => expect(told).toEqual(['b', 'd', 'g']))
})

test('one that is told may begin anew, and end others that are due', async () => {
  const timeouts = new Timeouts()
  const told: string[] = []
  const other = begun(timeouts, 'other', told, 0)
  timeouts.end(other)
  const first: Timed = {
    deadlineMs: performance.now(),
    earlier: undefined,
    later: undefined,
    onTimeout() {
      told.push('first')
      timeouts.end(second)
      begun(timeouts, 'again', told)
    },
  }
  timeouts.begin(first)
  const second = begun(timeouts, 'second', told, 0)

  await eventually(() => expect(told).toEqual(['first', 'again']))
})
