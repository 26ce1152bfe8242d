import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { holding, LeaseLostError } from './lease.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const hold = { taskKey: 'run_1/a', token: 1 }

/** Holds a lease of 3 s, and ends with the reason for which it was lost, or with `kept`. */
async function hold10s(renew: () => Promise<boolean>) {
  const onError = vi.fn()
  const over = Promise.withResolvers<string>()
  const work = holding({ hold, leaseMs: 3000, renew, onError }, (lost) => {
    lost.addEventListener('abort', () => over.reject(lost.reason))
    return over.promise
  })
  work.catch(() => {})
  await vi.advanceTimersByTimeAsync(10_000)
  over.resolve('kept')
  return { work, onError }
}

describe('a lease', () => {
  test('is renewed after each third of it, until the work is done', async () => {
    const renew = vi.fn(async () => true)

    const { work } = await hold10s(renew)

    await expect(work).resolves.toBe('kept')
    expect(renew).toHaveBeenCalledTimes(10)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(renew).toHaveBeenCalledTimes(10)
  })

  test('that is refused ends the work', async () => {
    const { work } = await hold10s(async () => false)

    await expect(work).rejects.toThrow(LeaseLostError)
  })

  test('survives a renewal that fails', async () => {
    const renew = vi.fn(async () => true).mockRejectedValueOnce(new Error('down'))

    const { work, onError } = await hold10s(renew)

    await expect(work).resolves.toBe('kept')
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'down' }))
  })
})
