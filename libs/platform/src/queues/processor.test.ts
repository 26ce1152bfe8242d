import { message, queue } from '@dure/contracts'
import { ConflictError, UnavailableError } from '@dure/kernel'
import { UnrecoverableError } from 'bullmq'
import { Type } from 'typebox'
import { describe, expect, test, vi } from 'vitest'
import { silentLog } from '../testing/index.ts'
import { createProcessor } from './processor.ts'

const greetings = queue('greetings', {
  greet: message(Type.Object({ name: Type.String() }), ({ name }) => name),
})

function process(
  greet: (payload: { name: string }) => Promise<void>,
  job: { name?: string; data?: unknown } = {},
) {
  const given = { id: '1', name: 'greet', data: { name: 'Ada' }, attemptsMade: 2, ...job }
  const process = createProcessor(greetings, { greet }, { log: silentLog(), concurrency: 2 })
  return process(given, new AbortController().signal)
}

describe('a message', () => {
  test('reaches its handler with its payload and the number of its delivery', async () => {
    const greet = vi.fn(async () => {})
    await process(greet)
    expect(greet).toHaveBeenCalledWith({ name: 'Ada' }, expect.objectContaining({ attempt: 3 }))
  })

  test('of a newer build reaches it, too, when it says more than the contract', async () => {
    const greet = vi.fn(async () => {})
    await process(greet, { data: { name: 'Ada', mood: 'good' } })
    expect(greet).toHaveBeenCalledOnce()
  })

  test.each([
    ['not what the contract says', { data: { name: 7 } }],
    ['unknown', { name: 'shout' }],
  ])('is given up at once when it is %s', async (_what, job) => {
    await expect(process(async () => {}, job)).rejects.toThrow(UnrecoverableError)
  })

  test('is given up at once when a rule refuses it', async () => {
    const refuse = () => Promise.reject(new ConflictError('run.already-ended', 'It has ended'))
    await expect(process(refuse)).rejects.toThrow(UnrecoverableError)
  })

  test('is tried again when a dependency is down', async () => {
    const down = new UnavailableError('model.unavailable', 'The model does not answer')
    await expect(process(() => Promise.reject(down))).rejects.toBe(down)
  })
})

describe('a job of several messages', () => {
  const pack = (...names: unknown[]) => ({
    name: 'packed',
    data: { messages: names.map((name) => ({ name: 'greet', payload: { name } })) },
  })

  test('has each of them handled, as many at once as may be', async () => {
    const ends: (() => void)[] = []
    const greet = vi.fn(() => new Promise<void>((end) => ends.push(end)))

    const done = process(greet, pack('a', 'b', 'c'))
    expect(greet).toHaveBeenCalledTimes(2)
    ends[0]?.()
    await vi.waitFor(() => expect(ends).toHaveLength(3))
    for (const end of ends) end()

    await done
    expect(greet.mock.calls).toMatchObject(
      ['a', 'b', 'c'].map((name) => [{ name }, { attempt: 3 }]),
    )
  })

  test('comes again when one is worth it, after the others have ended', async () => {
    const down = new UnavailableError('model.unavailable', 'The model does not answer')
    const handled: string[] = []
    const greet = async ({ name }: { name: string }) => {
      if (name === 'a') throw down
      await new Promise((resolve) => setImmediate(resolve))
      handled.push(name)
    }

    await expect(process(greet, pack('a', 'b'))).rejects.toBe(down)
    expect(handled).toEqual(['b'])
  })

  test('is done although some of it can never be handled', async () => {
    const handled: string[] = []
    const greet = async ({ name }: { name: string }) => {
      if (name === 'refused') throw new ConflictError('run.already-ended', 'It has ended')
      handled.push(name)
    }

    await process(greet, pack('refused', 7, 'fine'))
    expect(handled).toEqual(['fine'])
  })

  test('is given up when it is none', async () => {
    const noPack = { name: 'packed', data: { messages: [] } }
    await expect(process(async () => {}, noPack)).rejects.toThrow(UnrecoverableError)
  })

  test('leaves to others what has not begun when the service stops', async () => {
    const greet = vi.fn(async () => {})
    const handle = createProcessor(greetings, { greet }, { log: silentLog(), concurrency: 1 })
    const job = { id: '1', attemptsMade: 0, ...pack('a', 'b') }

    await expect(handle(job, AbortSignal.abort())).rejects.toMatchObject({ code: 'queue.stopping' })
    expect(greet).not.toHaveBeenCalled()
  })
})
