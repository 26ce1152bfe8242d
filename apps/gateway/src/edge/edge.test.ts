import type http from 'node:http'
import { text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerTo, startGateway, type TestGateway } from '../testing/gateway.ts'

const PAGE = 'https://console.example'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    CORS_ORIGINS: `${PAGE}, https://other.example`,
    HSTS_MAX_AGE_S: 31_536_000,
  })
})
afterAll(() => gateway.close())

const preflight = (at: string, origin: string, path = '/v1/models') =>
  fetch(at + path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  })

describe('a page of an origin that may call', () => {
  test('is told so before, without a key, and no service is asked', async () => {
    let asked = false
    await gateway.withPeer(
      'agent',
      () => {
        asked = true
      },
      async () => {
        const { status, headers } = await preflight(gateway.origin, PAGE)
        expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PAGE])
        expect(headers.get('access-control-allow-methods')).toContain('PATCH')
        const allowed = headers.get('access-control-allow-headers')?.split(', ')
        for (const name of ['authorization', 'dure-project', 'idempotency-key']) {
          expect(allowed).toContain(name)
        }
        expect(headers.get('access-control-allow-credentials')).toBeNull()
        expect(asked).toBe(false)
      },
    )
  })

  test('may read what is answered, refusals and what the gateway answers itself included', async () => {
    for (const [path, status] of [
      ['/v1/models', 200],
      ['/v1/nothing', 404],
      ['/health', 200],
    ] as const) {
      const response = await gateway.fetch(path, { headers: { origin: PAGE } })
      expect(response.status).toBe(status)
      expect(response.headers.get('access-control-allow-origin')).toBe(PAGE)
      expect(response.headers.get('access-control-expose-headers')).toContain('retry-after')
      expect(response.headers.get('vary')).toContain('origin')
    }
  })
})

test.each(['https://evil.example', 'null', `${PAGE}.evil.example`, PAGE.toUpperCase()])(
  'a page of %s is not told anything',
  async (origin) => {
    const { headers } = await preflight(gateway.origin, origin)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    const answer = await gateway.fetch('/v1/models', { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    // Else a cache would give the answer for this page to one that may read it.
    expect(answer.headers.get('vary')).toContain('origin')
  },
)

test('without configuration no page may call; with a star any may, and never with credentials', async () => {
  const closed = await startGateway()
  expect(
    (await preflight(closed.origin, PAGE)).headers.get('access-control-allow-origin'),
  ).toBeNull()
  await closed.close()
  const open = await startGateway({ CORS_ORIGINS: '*' })
  const { headers } = await preflight(open.origin, PAGE)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-allow-credentials')).toBeNull()
  await open.close()
})

test('every answer tells browsers to do nothing with it but read it', async () => {
  for (const path of ['/v1/models', '/v1/nothing', '/health', '/openapi.json']) {
    const { headers } = await gateway.fetch(path)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    })
  }
  const docs = await gateway.fetch('/docs')
  expect(docs.headers.get('content-security-policy')).toContain("default-src 'self'")
})

describe('what users have put in', () => {
  test.each([
    ['text/html', 'attachment'],
    ['image/svg+xml', 'attachment'],
    ['application/xhtml+xml', 'attachment'],
    ['text/csv', 'attachment'],
    ['application/json', null],
    ['application/problem+json', null],
    ['text/plain; charset=utf-8', null],
  ])('as %s is no page of this origin (A20)', async (type, disposition) => {
    const file: http.RequestListener = (_request, response) => {
      const loose = { 'content-security-policy': 'default-src *', 'x-frame-options': 'ALLOWALL' }
      response.writeHead(200, { 'content-type': type, ...loose }).end('<script>alert(1)</script>')
    }
    await gateway.withPeer('knowledge', file, async () => {
      const { headers } = await gateway.fetch('/v1/knowledge-bases/kb_1/documents/doc_1')
      expect(headers.get('content-disposition')).toBe(disposition)
      expect(headers.get('content-security-policy')).toMatch(/sandbox$/)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    })
  })

  test('keeps the name that the service gave it', async () => {
    const named: http.RequestListener = (_request, response) => {
      const disposition = 'attachment; filename="a.html"'
      response.writeHead(200, { 'content-type': 'text/html', 'content-disposition': disposition })
      response.end()
    }
    await gateway.withPeer('knowledge', named, async () => {
      const { headers } = await gateway.fetch('/v1/knowledge-bases/kb_1')
      expect(headers.get('content-disposition')).toBe('attachment; filename="a.html"')
    })
  })
})

describe('a large answer', () => {
  const data = JSON.stringify({ data: 'the same over and over; '.repeat(20_000) })
  const large = (headers: http.OutgoingHttpHeaders): http.RequestListener => {
    return (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers })
      for (let at = 0; at < data.length; at += 60_000) response.write(data.slice(at, at + 60_000))
      response.end()
    }
  }
  const get = async (accept: string, headers: http.OutgoingHttpHeaders) => {
    const chunks: Buffer[] = []
    let answer: http.IncomingMessage | undefined
    await gateway.withPeer('agent', large(headers), async () => {
      const request = gateway.open('/v1/models', { headers: { 'accept-encoding': accept } })
      request.end()
      answer = await answerTo(request)
      for await (const chunk of answer) chunks.push(chunk)
    })
    return { head: answer?.headers ?? {}, body: Buffer.concat(chunks) }
  }

  test.each([
    ['br', 'gzip, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('is sent as %s to whoever takes that', async (encoding, accept, decompress) => {
    for (const headers of [{}, { 'content-length': Buffer.byteLength(data) }]) {
      const { head, body } = await get(accept, headers)
      expect(head['content-encoding']).toBe(encoding)
      expect(head['content-length']).toBeUndefined()
      expect(head.vary).toContain('accept-encoding')
      expect(body.length).toBeLessThan(data.length / 10)
      expect(decompress(body).toString()).toBe(data)
    }
  })

  test('is sent as it is to everybody else, and says that it might be otherwise', async () => {
    const { head, body } = await get('identity', {})
    expect([head['content-encoding'], body.toString() === data]).toEqual([undefined, true])
    expect(head.vary).toContain('accept-encoding')
  })

  test('that breaks off breaks off for the client, compressed or not', async () => {
    const broken: http.RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(data, () => response.destroy())
    }
    await gateway.withPeer('agent', broken, async () => {
      const request = gateway.open('/v1/models', { headers: { 'accept-encoding': 'br' } })
      request.end()
      await expect(answerTo(request).then(text)).rejects.toThrow()
    })
  })
})
