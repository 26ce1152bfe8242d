import { Writable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { createLogger } from '../logger.ts'
import { createService, type Service } from './service.ts'

let service: Service
afterEach(() => service.close())

/** A service, and the lines that it writes about its requests. */
async function start() {
  const lines: Record<string, unknown>[] = []
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
  const open = { config: { public: true }, schema: { hide: true } } as const
  service.get('/things/:id', open, async (request) => {
    if (request.url.includes('said')) request.log.info({ token: 'hidden' }, 'something')
    if (request.url.includes('left')) {
      // As that of a socket which was closed meanwhile.
      Reflect.defineProperty(request.raw.socket, 'remoteAddress', { value: undefined })
    }
    return { ok: true }
  })
  await service.ready()
  return lines
}

test('a request is one line, without its query, its secrets and its keys', async () => {
  const lines = await start()
  const key = 'dure_live_Bootstrap0_abcdefgh'
  await service.inject({
    url: `/things/${key}?secret=1`,
    headers: { authorization: `Bearer ${key}`, 'x-request-id': 'req-0000001' },
  })
  expect(lines).toEqual([
    expect.objectContaining({
      reqId: 'req-0000001',
      method: 'GET',
      url: '/things/dure_live_[redacted]',
      status: 200,
      ms: expect.any(Number),
      ip: '127.0.0.1',
      msg: 'request',
    }),
  ])
  expect(JSON.stringify(lines)).not.toContain('abcdefgh')
})

test('what is said on the way names the request, and hides what is secret', async () => {
  const lines = await start()
  await service.inject({ url: '/things/said', headers: { 'x-request-id': 'req-0000002' } })
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'something', reqId: 'req-0000002', token: '[Redacted]' }),
    expect.objectContaining({ msg: 'request', reqId: 'req-0000002' }),
  ])
})

test('a client that has left is a line without an address', async () => {
  const lines = await start()
  await service.inject('/things/left')
  expect(lines).toEqual([expect.objectContaining({ url: '/things/left', ip: null })])
})

test('a probe is no line', async () => {
  const lines = await start()
  for (const url of ['/livez', '/readyz', '/metrics']) await service.inject(url)
  expect(lines).toEqual([])
})
