import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIdentityVerifier } from '../identity.ts'
import { silentLog, testIdentity } from '../testing/index.ts'
import { createService, type Service } from './service.ts'

const caller = testIdentity()
let service: Service
let port: number
beforeEach(async () => {
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'agent' })
  service = await createService({ name: 'test', log: silentLog(), verifier })
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    const handler = async () => ({ method })
    service.route({ method, url: '/v1/things', config: { scope: 'runs:write' }, handler })
  }
  const origin = await service.listen({ host: '127.0.0.1', port: 0 })
  port = Number(new URL(origin).port)
})
afterEach(() => service.close())

/** As it is on the wire: no client adds a length. */
async function answerTo(method: string, ...headers: readonly string[]): Promise<string> {
  const identity = Object.entries(await caller.headers('agent')).map((one) => one.join(': '))
  const lines = [`${method} /v1/things HTTP/1.1`, 'host: a', 'connection: close', ...identity]
  const socket = connect(port, '127.0.0.1')
  socket.write([...lines, ...headers, '', ''].join('\r\n'))
  return text(socket)
}

test.each([
  ['POST', 'application/json'],
  ['PUT', 'application/json'],
  ['DELETE', 'APPLICATION/JSON; charset=utf-16'],
  ['DELETE', 'text/plain'],
])('%s without a body is answered, though it names the type of one: %s', async (method, type) => {
  const answer = await answerTo(method, `content-type: ${type}`)
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toContain(JSON.stringify({ method }))
})

test('JSON with nothing in it is none', async () => {
  const answer = await answerTo('POST', 'content-type: application/json', 'content-length: 0')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('request.malformed-json')
})
