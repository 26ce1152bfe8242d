import { UnavailableError } from '@dure/kernel'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { eventually, silentLog } from '../testing/index.ts'
import { createPoller, type Poller, type PollerOptions } from './poller.ts'

/** Longer than any test: what happens before did not happen because time went by. */
const NEVER_MS = 3_600_000

let poller: Poller
afterEach(() => poller.close())

function poll(options: Partial<PollerOptions>): Poller {
  const pass = async () => false
  poller = createPoller({ name: 'test', pass, pollMs: NEVER_MS, log: silentLog(), ...options })
  return poller
}

test('looks for work when it starts, and then at intervals', async () => {
  const pass = vi.fn(async () => false)
  poll({ pass, pollMs: 1 }).start()
  await eventually(() => expect(pass.mock.calls.length).toBeGreaterThan(3))
})

test('goes on at once while there is more', async () => {
  let left = 50
  poll({ pass: async () => --left > 0 }).start()
  await eventually(() => expect(left).toBe(0))
})

describe('a kick', () => {
  test('wakes it', async () => {
    const pass = vi.fn(async () => false)
    poll({ pass }).start()
    await eventually(() => expect(pass).toHaveBeenCalledTimes(1))
    poller.kick()
    await eventually(() => expect(pass).toHaveBeenCalledTimes(2))
  })

  test('that comes during a pass leads to one more, however many come', async () => {
    vi.useFakeTimers()
    try {
      const first = Promise.withResolvers<boolean>()
      const pass = vi.fn(async () => false)
      pass.mockReturnValueOnce(first.promise)
      poll({ pass }).start()
      for (let n = 0; n < 100; n++) poller.kick()
      first.resolve(false)
      await vi.advanceTimersByTimeAsync(NEVER_MS - 1)
      expect(pass).toHaveBeenCalledTimes(2)
      await poller.close()
    } finally {
      vi.useRealTimers()
    }
  })
})

test('a pass that fails is logged and tried again', async () => {
  const log = silentLog()
  const warn = vi.spyOn(log, 'warn')
  const pass = vi.fn(async () => false)
  pass.mockRejectedValueOnce(new Error('no connection'))
  poll({ pass, log }).start()
  await eventually(() => expect(pass).toHaveBeenCalledTimes(2))
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ err: new Error('no connection'), failures: 1 }),
    'pass failed',
  )
})

test('closing waits for the pass in hand, and begins no other', async () => {
  const inHand = Promise.withResolvers<boolean>()
  const pass = vi.fn(() => inHand.promise)
  poll({ pass }).start()
  let closed = false
  const closing = poller.close().then(() => {
    closed = true
  })
  await new Promise(setImmediate)
  expect(closed).toBe(false)
  inHand.resolve(true)
  await closing
  expect(pass).toHaveBeenCalledTimes(1)
})

test('closing does not wait for the next interval, nor for the next attempt', async () => {
  const pass = vi.fn(() => Promise.reject(new Error('no connection')))
  poll({ pass }).start()
  await eventually(() => expect(pass).toHaveBeenCalled())
  await poller.close()
  const idle = vi.fn(async () => false)
  poll({ pass: idle }).start()
  await eventually(() => expect(idle).toHaveBeenCalled())
  await poller.close()
})

test('its check fails when no pass was completed in the last 15 s, and heals with the next', async () => {
  let nowMs = 0
  let broken = true
  const pass = async () => {
    if (broken) throw new Error('no connection')
    return false
  }
  poll({ pass, pollMs: 1, monotonicMs: () => nowMs }).start()
  nowMs = 15_000
  await poller.check()
  nowMs = 15_001
  const failure = poller.check()
  await expect(failure).rejects.toBeInstanceOf(UnavailableError)
  await expect(failure).rejects.toMatchObject({ code: 'test.stalled' })
  broken = false
  await eventually(() => poller.check())
})
