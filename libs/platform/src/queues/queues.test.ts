import { message, outgoing, queue } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { Type } from 'typebox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually, silentLog, testQueues } from '../testing/index.ts'
import type { Consumer } from './consumer.ts'
import { connectQueues, type Queues } from './queues.ts'

const greetings = queue('greetings', {
  greet: message(Type.Object({ name: Type.String(), size: Type.Integer() }), ({ name }) => name),
})
const greet = (name: string, size = 1) => outgoing(greetings, 'greet', { name, size })

let queues: Queues
let prefix: string
let consumer: Consumer | undefined
beforeEach(() => {
  const redis = testQueues()
  prefix = redis.prefix
  queues = connectQueues({ ...redis, log: silentLog() })
})
afterEach(async () => {
  await consumer?.close()
  consumer = undefined
  await queues.close()
})

function consume(handle: (name: string, attempt: number) => Promise<void>): Consumer {
  consumer = queues.consume(
    greetings,
    { greet: ({ name }, { attempt }) => handle(name, attempt) },
    { concurrency: 4 },
  )
  consumer.start()
  return consumer
}

test('messages arrive, those whose key still waits only once', async () => {
  await queues.sendAll([greet('Ada'), greet('Bob'), greet('Ada', 2)])
  await queues.send(greet('Bob'))

  const seen: string[] = []
  consume(async (name) => void seen.push(name))
  await queues.send(greet('last'))
  await eventually(() => expect(seen).toContain('last'))
  expect(seen.sort()).toEqual(['Ada', 'Bob', 'last'])
})

test('messages that are packed arrive as if they were not', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `n${index}`)
  await queues.sendAll(
    [...names, 'n0', 'n1'].map((name) => greet(name)),
    { packed: true },
  )
  expect(await queues.redis.llen(`${prefix}:greetings:wait`)).toBe(3)

  const seen: string[] = []
  consume(async (name) => void seen.push(name))
  await eventually(() => expect(seen.sort()).toEqual(names.sort()))
})

test('messages that are to be packed share a job with those of others who send at the same time', async () => {
  const names = ['Ada', 'Bob', 'Cem']
  await Promise.all(names.map((name) => queues.sendAll([greet(name)], { packed: true })))
  expect(await queues.redis.llen(`${prefix}:greetings:wait`)).toBe(1)

  const seen: string[] = []
  consume(async (name) => void seen.push(name))
  await eventually(() => expect(seen.sort()).toEqual(names))
})

test('a pack comes again as a whole when one of it is told that a dependency is down', async () => {
  const seen: string[] = []
  consume(async (name, attempt) => {
    if (name === 'Ada' && attempt === 1) throw new UnavailableError('model.unavailable', 'Down')
    seen.push(`${name}${attempt}`)
  })
  await queues.sendAll([greet('Ada'), greet('Bob')], { packed: true })
  await eventually(() => expect(seen.sort()).toEqual(['Ada2', 'Bob1', 'Bob2']))
})

test('a pack of one is a message whose key counts', async () => {
  await queues.send(greet('Ada'))
  await queues.sendAll([greet('Ada', 2)], { packed: true })
  expect(await queues.redis.llen(`${prefix}:greetings:wait`)).toBe(1)
})

test('a key may be any text, also one that is a word of the queue itself', async () => {
  const names = ['wait', 'active', 'meta', '1', 'a:b', '환불', '\n']
  const seen: string[] = []
  consume(async (name) => void seen.push(name))
  await queues.sendAll(names.map((name) => greet(name)))
  await eventually(() => expect(seen.sort()).toEqual([...names].sort()))
})

test('a message whose handler is told that a dependency is down comes again', async () => {
  const attempts: number[] = []
  consume(async (_name, attempt) => {
    attempts.push(attempt)
    if (attempt === 1) throw new UnavailableError('model.unavailable', 'Down')
  })
  await queues.send(greet('Ada'))
  await eventually(() => expect(attempts).toEqual([1, 2]))
})

test('a consumer that asks for messages is well, also when all its hands are full', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const seen: string[] = []
  const { check } = consume(async (name) => {
    seen.push(name)
    await promise
  })
  await queues.sendAll(['a', 'b', 'c', 'd', 'e'].map((name) => greet(name)))
  await eventually(() => expect(seen).toHaveLength(4))
  await check()
  resolve()
})

test('sending to a Redis that is not there is refused within seconds', async () => {
  const lost = connectQueues({ redisUrl: 'redis://127.0.0.1:1', prefix: 'x', log: silentLog() })
  await expect(lost.send(greet('Ada'))).rejects.toThrow(
    expect.objectContaining({ code: 'queue.unavailable', transient: true }),
  )
  await expect(lost.check()).rejects.toThrow()
  await lost.close()
})

test('a consumer ends although its Redis is not there', async () => {
  const lost = connectQueues({ redisUrl: 'redis://127.0.0.1:1', prefix: 'x', log: silentLog() })
  const waiting = lost.consume(greetings, { greet: async () => {} }, { concurrency: 1 })
  waiting.start()
  await waiting.close()
  await lost.close()
})
