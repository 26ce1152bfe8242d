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

function process(greet: () => Promise<void>, job: { name?: string; data?: unknown } = {}) {
  const given = { id: '1', name: 'greet', data: { name: 'Ada' }, attemptsMade: 2, ...job }
  return createProcessor(greetings, { greet }, silentLog())(given, new AbortController().signal)
}

describe('a message', () => {
  test('reaches its handler with its payload and the number of its delivery', async () => {
    const greet = vi.fn(async () => {})
    await process(greet)
    expect(greet).toHaveBeenCalledWith({ name: 'Ada' }, expect.objectContaining({ attempt: 3 }))
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
