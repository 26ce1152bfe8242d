import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { StoppingError, withGrace } from './stop.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const stop = new AbortController()
  const lost = new AbortController()
  const done = Promise.withResolvers<string>()
  const begin = () =>
    withGrace({ stop: stop.signal, graceMs: 1000, lost: lost.signal }, (signal) => {
      signal.addEventListener('abort', () => done.reject(signal.reason))
      return done.promise
    })
  return { stop, lost, done, begin }
}

describe('work, when the service stops,', () => {
  test('may finish within its grace', async () => {
    const { stop, done, begin } = setup()
    const work = begin()

    stop.abort()
    await vi.advanceTimersByTimeAsync(999)
    done.resolve('done')

    await expect(work).resolves.toBe('done')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is ended after it', async () => {
    const { stop, begin } = setup()
    const work = begin()
    const ended = expect(work).rejects.toThrow(StoppingError)

    stop.abort()
    await vi.advanceTimersByTimeAsync(1000)

    await ended
  })

  test('has the same grace when it begins while the service is stopping', async () => {
    const { stop, begin } = setup()
    stop.abort()
    const work = begin()
    const ended = expect(work).rejects.toThrow(StoppingError)

    await vi.advanceTimersByTimeAsync(1000)

    await ended
  })
})

test('work that was lost ends at once', async () => {
  const { lost, begin } = setup()
  const work = begin()

  lost.abort(new Error('taken over'))

  await expect(work).rejects.toThrow('taken over')
})
