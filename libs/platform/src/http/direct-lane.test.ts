import { once } from 'node:events'
import { Writable } from 'node:stream'
import { NotFoundError } from '@dure/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../logger.ts'
import { eventually } from '../testing/eventually.ts'
import { throwHandedOver } from './direct.ts'
import type { DirectWay, Taken as TakenOn } from './direct-lane.ts'
import { answerDirectly, createService, type Service } from './service.ts'

type Taken = TakenOn<DirectWay>

let service: Service
let origin: string
let lines: Record<string, unknown>[]
/** What the lane does with what it is asked. */
let take: (taken: Taken) => boolean
/** How often the hooks of Fastify were asked. */
let usual: number

beforeEach(async () => {
  lines = []
  usual = 0
  const output = new Writable({
    write(chunk, _encoding, done) {
      for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line))
      done()
    },
  })
  service = await createService({
    name: 'test',
    log: createLogger('test', { LOG_LEVEL: 'info' }, output),
  })
  service.addHook('onRequest', (_request, _reply, done) => {
    usual++
    done()
  })
  const open = { config: { public: true }, schema: { hide: true } } as const
  service.get('/direct', open, async (request, reply) => {
    throwHandedOver(request, reply)
    return { way: 'usual' }
  })
  answerDirectly(service, {
    headers: { 'x-always': 'yes' },
    wayOf: ({ url }) => (url === '/direct' ? { pattern: '/direct' } : undefined),
    take: (taken) => take(taken),
  })
  origin = await service.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => service.close())

const answer = ({ reply }: Taken, status = 200) => {
  reply.raw.writeHead(status, reply.getHeaders()).end('{"way":"direct"}')
  return true
}
const ask = () =>
  fetch(`${origin}/direct`, { headers: { 'x-request-id': 'request-00001', connection: 'close' } })
const theLine = async () => {
  await eventually(async () => expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(1))
  return lines.find(({ msg }) => msg === 'request')
}

test('what the lane answers has no hook, and its line, figures and headers all the same', async () => {
  take = answer
  const response = await ask()

  expect(await response.json()).toEqual({ way: 'direct' })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-always': 'yes',
    'x-request-id': 'request-00001',
    'x-content-type-options': 'nosniff',
  })
  expect(await theLine()).toMatchObject({
    ...{ reqId: 'request-00001', method: 'GET', url: '/direct', status: 200, ip: '127.0.0.1' },
    ms: expect.any(Number),
  })
  expect(usual).toBe(0)
  const { body } = await service.inject('/metrics')
  expect(body).toMatch(/duration_seconds_count\{[^}]*route="\/direct"[^}]*\} 1/)
})

test('what it leaves is answered as if it had not been asked', async () => {
  take = () => false
  const response = await ask()

  expect(await response.json()).toEqual({ way: 'usual' })
  expect(await theLine()).toMatchObject({ reqId: 'request-00001', status: 200 })
  expect(usual).toBe(1)
})

test.each([
  [
    'throws',
    ({ reply }: Taken) => {
      reply.header('x-limit', 'none')
      throw new NotFoundError('thing.not-found', 'There is no such thing')
    },
  ],
  [
    'tells of later',
    ({ reply, fail }: Taken) => {
      reply.header('x-limit', 'none')
      setImmediate(() => fail(new NotFoundError('thing.not-found', 'There is no such thing')))
      return true
    },
  ],
])('an error that it %s is a problem like any other', async (_how, failing) => {
  take = failing
  const response = await ask()

  expect(response.status).toBe(404)
  expect(response.headers.get('x-limit')).toBe('none')
  expect(await response.json()).toMatchObject({
    code: 'thing.not-found',
    requestId: 'request-00001',
    instance: '/direct',
  })
  expect(await theLine()).toMatchObject({ reqId: 'request-00001', status: 404 })
})

test('the time of a request that fails late is counted from its beginning', async () => {
  const held = Promise.withResolvers<Taken>()
  take = (taken) => {
    held.resolve(taken)
    return true
  }
  const response = ask()
  const { fail } = await held.promise
  const before = performance.now()
  await eventually(async () => expect(performance.now()).toBeGreaterThan(before + 5))
  const waitedMs = performance.now() - before
  fail(new NotFoundError('thing.not-found', 'There is no such thing'))
  await response

  expect(Number((await theLine())?.ms)).toBeGreaterThanOrEqual(Math.floor(waitedMs))
})

test('a client that leaves is a line, once', async () => {
  const held = Promise.withResolvers<Taken>()
  take = (taken) => {
    held.resolve(taken)
    return true
  }
  const left = new AbortController()
  const response = fetch(`${origin}/direct`, { signal: left.signal }).catch(() => undefined)
  const { reply, request, fail } = await held.promise
  request.log.info('on its way')
  const closed = once(reply.raw, 'close')
  left.abort()
  await Promise.all([response, closed])
  fail(new NotFoundError('thing.not-found', 'Nobody hears this'))

  expect(await theLine()).toMatchObject({ reqId: request.id })
  expect(lines.find(({ msg }) => msg === 'on its way')).toMatchObject({ reqId: request.id })
  expect(usual).toBe(0)
})
