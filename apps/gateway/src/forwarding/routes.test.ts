import type http from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  answerTo,
  type Echo,
  echoIn,
  refusalIn,
  startGateway,
  type TestGateway,
} from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

describe('a request with a key', () => {
  test('reaches its service as it was sent', async () => {
    const sent = await gateway.fetch('/v1/workflows/wf_1/runs?a=1&a=%20', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'x-own': 'kept' },
      body: '두레',
    })
    expect(await echoIn(sent)).toMatchObject({
      method: 'POST',
      url: '/v1/workflows/wf_1/runs?a=1&a=%20',
      headers: { 'content-type': 'text/plain', 'x-own': 'kept' },
      body: '두레',
    })
  })

  test.each([
    ['/v1/runs/x', 'workflow'],
    ['/v1/models', 'agent'],
    ['/v1/knowledge-bases', 'knowledge'],
    ['/v1/costs', 'analytics'],
    ['/v2/runs', 'workflow'],
    ['/v2/runs:batch', 'workflow'],
    ['/v2/runs/run_1:fork', 'workflow'],
    ['/v2/events', 'workflow'],
  ] as const)('to %s carries an identity that only %s accepts', async (path, service) => {
    const { headers } = await echoIn(await gateway.fetch(path))
    const token = headers['x-dure-identity']
    expect(await gateway.verify(service, token)).toMatchObject({ scopes: expect.any(Array) })
    const other = service === 'agent' ? 'workflow' : 'agent'
    await expect(gateway.verify(other, token)).rejects.toMatchObject({ code: 'identity.invalid' })
  })

  test('is vouched for with one token for many requests', async () => {
    const tokens = await Promise.all(
      [1, 2, 3].map(async () => (await echoIn(await gateway.fetch('/v1/runs'))).headers),
    )
    expect(new Set(tokens.map((headers) => headers['x-dure-identity'])).size).toBe(1)
  })

  test('is answered in the shape of the API that it speaks, when the gateway itself refuses it', async () => {
    const refused = async (path: string, headers: Record<string, string>) => {
      const response = await gateway.fetch(path, { headers })
      return [response.status, response.headers.get('content-type'), await response.json()]
    }
    const json = 'application/json; charset=utf-8'
    expect(await refused('/openai/v1/models', { authorization: '' })).toEqual([
      ...[401, json],
      {
        error: {
          message: 'Send `Authorization: Bearer <key>`',
          type: 'authentication_error',
          param: null,
          code: 'invalid_api_key',
        },
      },
    ])
    expect(await refused('/openai/v1/models', { 'x-request-timeout': 'soon' })).toMatchObject([
      ...[400, json],
      { error: { type: 'invalid_request_error', code: 'request_invalid_timeout' } },
    ])
  })

  test('cannot say what only the gateway may say', async () => {
    const { headers } = await echoIn(
      await gateway.fetch('/v1/models', {
        headers: {
          'x-dure-identity': 'forged',
          'X-Dure-Deadline-Ms': '9999999',
          'x-dure-extra': '1',
          forwarded: 'for=10.0.0.1',
          'x-forwarded-for': '10.0.0.1',
        },
      }),
    )
    expect(headers['x-dure-identity']).not.toContain('forged')
    await expect(gateway.verify('agent', headers['x-dure-identity'])).resolves.toBeDefined()
    expect(Number(headers['x-dure-deadline-ms'])).toBeLessThanOrEqual(60_000)
    for (const name of ['x-dure-extra', 'forwarded', 'x-forwarded-for', 'authorization']) {
      expect(headers).not.toHaveProperty(name)
    }
  })

  test('names headers of its connection, which go no further', async () => {
    const request = gateway.open('/v1/models', { headers: { connection: 'x-hop', 'x-hop': '1' } })
    request.end()
    expect(JSON.parse(await text(await answerTo(request))).headers).not.toHaveProperty('x-hop')
  })

  test('keeps a well-formed request id on its whole way, and gets a new one for any other', async () => {
    const idFor = async (id: string) => {
      const response = await gateway.fetch('/v1/models', { headers: { 'x-request-id': id } })
      const seenByService = (await echoIn(response)).headers['x-request-id']
      expect(response.headers.get('x-request-id')).toBe(seenByService)
      return seenByService
    }
    expect(await idFor('checkout-0001')).toBe('checkout-0001')
    expect(await idFor('no spaces please')).toMatch(/^req_[0-9a-f]{32}$/)
  })

  test('without a length streams its body', async () => {
    const request = gateway.open('/v1/models', { method: 'POST' })
    request.write('one ')
    request.end('two')
    const echo: Echo = JSON.parse(await text(await answerTo(request)))
    expect(echo.body).toBe('one two')
    expect(echo.headers['transfer-encoding']).toBe('chunked')
  })

  test('by GET has no body, also when one was sent', async () => {
    const request = gateway.open('/v1/models', {
      method: 'GET',
      headers: { 'content-length': '4' },
    })
    request.end('body')
    const echo: Echo = JSON.parse(await text(await answerTo(request)))
    expect(echo.body).toBe('')
    expect(echo.headers).not.toHaveProperty('content-length')
  })

  test('to a path of nobody is answered 404', async () => {
    for (const path of ['/v1/nothing', '/v1', '/nothing', '/v1/runs/%2e%2e/x', '/v1//runs']) {
      const response = await gateway.fetch(path)
      expect(await refusalIn(response)).toEqual([404, 'route.not-found'])
    }
  })
})

describe('a request without a good key', () => {
  test.each([
    ['none', {}, 'key.missing'],
    ['another word', { authorization: 'Bearer hello' }, 'key.malformed'],
  ])('(%s) is answered 401, and reaches no service', async (_name, headers, code) => {
    let reached = false
    await gateway.withPeer(
      'agent',
      () => {
        reached = true
      },
      async () => {
        const response = await fetch(`${gateway.origin}/v1/models`, { headers })
        expect(response.headers.get('www-authenticate')).toBe('Bearer')
        expect(response.headers.get('content-type')).toMatch('application/problem+json')
        expect(response.headers.get('cache-control')).toBe('no-store')
        expect(await refusalIn(response)).toEqual([401, code])
        expect(reached).toBe(false)
      },
    )
  })

  test.each(['/v2/runs', '/v2/runs:batch', '/v2/events', '/hooks', '/v2/callbacks'])(
    'gets no further on %s',
    async (path) => {
      const response = await fetch(gateway.origin + path, { method: 'POST' })
      expect(response.status).toBe(path === '/hooks' ? 404 : 401)
    },
  )

  test('is answered before its body is sent', async () => {
    const request = gateway.open('/v1/models', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-length': '1000' },
    })
    request.flushHeaders()
    expect((await answerTo(request)).statusCode).toBe(401)
    request.destroy()
  })
})

describe('a path without a key', () => {
  test.each(['/hooks/secret?a=1', '/v2/callbacks/secret'])(
    '(%s) is forwarded, and vouches for nobody, whatever is sent along',
    async (path) => {
      for (const headers of [
        {},
        { authorization: `Bearer ${gateway.key}` },
        { authorization: 'x' },
      ]) {
        const response = await fetch(gateway.origin + path, {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            'x-dure-identity': 'forged',
            'webhook-id': 'msg_1',
          },
          body: '{ "raw":  1 }',
        })
        const echo = await echoIn(response)
        expect([response.status, echo.url, echo.body]).toEqual([200, path, '{ "raw":  1 }'])
        expect(echo.headers).toMatchObject({
          'content-type': 'application/json',
          'webhook-id': 'msg_1',
          'x-dure-deadline-ms': expect.any(String),
        })
        expect(echo.headers).not.toHaveProperty('x-dure-identity')
        expect(echo.headers).not.toHaveProperty('authorization')
      }
    },
  )
})

describe('a body', () => {
  test('that says it is larger than 12 MiB is refused unread', async () => {
    const request = gateway.open('/v1/models', {
      method: 'POST',
      headers: { 'content-length': String(12 * 1_048_576 + 1) },
    })
    request.flushHeaders()
    const response = await answerTo(request)
    expect([response.statusCode, JSON.parse(await text(response)).code]).toEqual([
      413,
      'request.too-large',
    ])
    request.destroy()
  })

  test('that turns out to be larger is refused on its way', async () => {
    const request = gateway.open('/v1/models', { method: 'POST' })
    const response = answerTo(request)
    const mebibyte = Buffer.alloc(1_048_576)
    for (let sent = 0; sent < 13 && !request.destroyed; sent++) request.write(mebibyte)
    expect((await response).statusCode).toBe(413)
    request.destroy()
  })

  test('is as large as the operator lets it be', async () => {
    const small = await gateway.replica({ MAX_BODY_MB: 1 })
    const headers = { authorization: `Bearer ${gateway.key}` }
    const ask = { method: 'POST', headers, body: 'x'.repeat(1_048_577) }
    const refused = await fetch(`${small.origin}/v1/models`, ask)
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ details: { maxBytes: 1_048_576 } })
  })

  test('of 12 MiB passes', async () => {
    const response = await gateway.fetch('/v1/models', {
      method: 'POST',
      body: 'x'.repeat(12 * 1_048_576),
    })
    expect((await echoIn(response)).body).toHaveLength(12 * 1_048_576)
  })

  test('that the service does not read to its end still gets the answer', async () => {
    const early: http.RequestListener = (_request, response) => {
      response.writeHead(400, { 'content-type': 'application/problem+json' })
      response.end('{"code":"thing.wrong"}')
    }
    await gateway.withPeer('agent', early, async () => {
      for (let round = 0; round < 5; round++) {
        const response = await gateway.fetch('/v1/models', {
          method: 'POST',
          body: Buffer.alloc(5_000_000),
        })
        expect([response.status, await response.json()]).toEqual([400, { code: 'thing.wrong' }])
      }
    })
  })
})

describe('a service that is down', () => {
  test('is named in a 503 for its own routes, and the others go on', async () => {
    const alone = await startGateway()
    try {
      await alone.peers.analytics.stop()
      const response = await alone.fetch('/v1/usage')
      const problem = await response.text()
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('5')
      expect(JSON.parse(problem)).toMatchObject({
        code: 'service.unavailable',
        details: { service: 'analytics' },
      })
      expect(problem).not.toContain('127.0.0.1')
      expect((await alone.fetch('/v1/models')).status).toBe(200)
      expect((await fetch(`${alone.origin}/readyz`)).status).toBe(200)
    } finally {
      await alone.close()
    }
  })
})
