import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Renewal } from './effect.ts'
import { CancelledError, holding, LeaseLostError } from './lease.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const hold = { taskKey: 'run_1/a', token: 1 }

/** Holds a lease of 3 s, and ends with the reason for which it was lost, or with `kept`. */
async function hold10s(renew: () => Promise<Renewal>) {
  const onError = vi.fn()
  const done = Promise.withResolvers<string>()
  const over = new AbortController()
  over.signal.addEventListener('abort', () => done.reject(over.signal.reason))
  const work = holding({ hold, leaseMs: 3000, renew, onError, over }, () => done.promise)
  work.catch(() => {})
  await vi.advanceTimersByTimeAsync(10_000)
  done.resolve('kept')
  return { work, onError }
}

describe('a lease', () => {
  test('is renewed after each third of it, until the work is done', async () => {
    const renew = vi.fn(async (): Promise<Renewal> => 'held')

    const { work } = await hold10s(renew)

    await expect(work).resolves.toBe('kept')
    expect(renew).toHaveBeenCalledTimes(10)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(renew).toHaveBeenCalledTimes(10)
  })

  test('that is refused ends the work', async () => {
    const { work } = await hold10s(async () => 'lost')

    await expect(work).rejects.toThrow(LeaseLostError)
  })

  test('of a task that nobody needs any more ends the work', async () => {
    const { work } = await hold10s(async () => 'cancelled')

    await expect(work).rejects.toThrow(CancelledError)
  })

  test('survives a renewal that fails', async () => {
    const renew = vi
      .fn(async (): Promise<Renewal> => 'held')
      .mockRejectedValueOnce(new Error('down'))

    const { work, onError } = await hold10s(renew)

    await expect(work).resolves.toBe('kept')
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'down' }))
  })
})
