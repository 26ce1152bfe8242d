import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../testing/index.ts'
import { createService, type Service } from './service.ts'

let service: Service
let port: number
beforeEach(async () => {
  service = await createService({ name: 'things', log: silentLog() })
  service.get('/v1/things/:id', { config: { public: true } }, async () => ({}))
  port = Number(new URL(await service.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterEach(() => service.close())

/** Sends bytes as they are, and reads until the other side closes. */
async function send(head: string) {
  const socket = connect(port, '127.0.0.1')
  socket.end(`${head}\r\nhost: here\r\nconnection: close\r\n\r\n`)
  const answer = await text(socket)
  const [top = '', body = ''] = answer.split('\r\n\r\n')
  return { top: top.toLowerCase(), problem: JSON.parse(body) }
}

test.each([
  ['a path that cannot be decoded', 'GET /v1/things/%zz HTTP/1.1', 400, 'request.malformed'],
  ['a path without a slash', 'GET v1/things HTTP/1.1', 400, 'request.malformed'],
  ['a byte in the path', 'GET /v1/\x01 HTTP/1.1', 400, 'request.malformed'],
  ['NUL in a header', 'GET /v1/things/a HTTP/1.1\r\nx: a\0b', 400, 'request.malformed'],
  ['a space in a name', 'GET /v1/things/a HTTP/1.1\r\na b: c', 400, 'request.malformed'],
  [
    'two lengths',
    'POST /v1/things/a HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 5',
    400,
    'request.malformed',
  ],
  [
    'too much head',
    `GET /v1/things/a HTTP/1.1\r\nx: ${'x'.repeat(20_000)}`,
    431,
    'request.headers-too-large',
  ],
  [
    'an expectation that nobody knows',
    'GET /v1/things/a HTTP/1.1\r\nexpect: nonsense',
    417,
    'request.unknown-expectation',
  ],
  [
    'a name that is too long',
    `GET /v1/things/${'x'.repeat(1001)} HTTP/1.1`,
    414,
    'request.path-too-long',
  ],
])('%s is refused with a problem', async (_what, head, status, code) => {
  const { top, problem } = await send(head)

  expect(top).toContain(`http/1.1 ${status} `)
  expect(top).toContain('content-type: application/problem+json')
  expect(top).toContain('x-content-type-options: nosniff')
  expect(problem).toMatchObject({ status, code })
  expect(top).toContain(`x-request-id: ${problem.requestId}`)
})

test('a connection that was to be upgraded ends with the answer', async () => {
  const socket = connect(port, '127.0.0.1')
  const upgrade = 'connection: upgrade\r\nupgrade: websocket'
  socket.write(`GET /v1/things/a HTTP/1.1\r\nhost: here\r\n${upgrade}\r\n\r\n`)

  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/)
  expect(answer).toContain('connection: close')
})
