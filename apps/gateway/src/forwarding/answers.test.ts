import { once } from 'node:events'
import type http from 'node:http'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerTo, refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

describe('an answer', () => {
  test('comes back as the service gave it, errors included', async () => {
    const failing: http.RequestListener = (_request, response) => {
      response.writeHead(503, {
        'content-type': 'application/problem+json',
        'retry-after': '7',
        'set-cookie': ['a=1', 'b=2'],
        'x-dure-internal': 'secret',
        connection: 'x-hop',
        'x-hop': '1',
      })
      response.end('{"code":"model.unavailable"}')
    }
    await gateway.withPeer('agent', failing, async () => {
      const response = await gateway.fetch('/v1/models')
      expect([response.status, await response.json()]).toEqual([503, { code: 'model.unavailable' }])
      expect(response.headers.get('retry-after')).toBe('7')
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('x-dure-internal')).toBeNull()
      expect(response.headers.get('x-hop')).toBeNull()
    })
  })

  test('without a body has none', async () => {
    await gateway.withPeer(
      'agent',
      (_request, response) => response.writeHead(204).end(),
      async () => {
        const response = await gateway.fetch('/v1/models', { method: 'DELETE' })
        expect([response.status, await response.text()]).toEqual([204, ''])
      },
    )
    const head = await gateway.fetch('/v1/models', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('is read from the service no faster than the client reads it, and arrives whole', async () => {
    const bytes = 64 * 1_048_576
    let peer: http.ServerResponse | undefined
    const large: http.RequestListener = (_request, response) => {
      peer = response
      let left = bytes
      const pump = () => {
        while (left > 0) {
          const size = Math.min(left, 262_144)
          left -= size
          if (!response.write(Buffer.alloc(size))) return void response.once('drain', pump)
        }
        response.end()
      }
      pump()
    }
    await gateway.withPeer('agent', large, async () => {
      const request = gateway.open('/v1/models')
      request.end()
      const response = await answerTo(request)
      await eventually(() => expect(peer?.writableNeedDrain).toBe(true))
      expect(peer?.writableEnded).toBe(false)
      let received = 0
      for await (const chunk of response) received += chunk.length
      expect(received).toBe(bytes)
    })
  })

  test('that the service breaks off is broken off for the client too', async () => {
    const broken: http.RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    }
    await gateway.withPeer('agent', broken, async () => {
      const response = await gateway.fetch('/v1/models')
      await expect(response.text()).rejects.toThrow()
    })
  })
})

describe('a connection that the service closes without an answer', () => {
  test.each([
    ['GET', 200, 2],
    ['POST', 503, 1],
  ])('makes a %s end in %d', async (method, status, times) => {
    let asked = 0
    const closing: http.RequestListener = (request, response) => {
      asked++
      if (asked === 1) request.socket.destroy()
      else response.end()
    }
    await gateway.withPeer('agent', closing, async () => {
      const response = await gateway.fetch('/v1/models', { method })
      expect([response.status, asked]).toEqual([status, times])
    })
  })
})

describe('a client that waits', () => {
  test('no longer than it said is answered 504, and the service stops', async () => {
    let left = false
    let deadlineMs = 0
    const silent: http.RequestListener = (request, response) => {
      deadlineMs = Number(request.headers['x-dure-deadline-ms'])
      response.once('close', () => {
        left = true
      })
    }
    await gateway.withPeer('agent', silent, async () => {
      const response = await gateway.fetch('/v1/models', {
        headers: { 'x-request-timeout': '2' },
      })
      expect(await refusalIn(response)).toEqual([504, 'request.deadline-exceeded'])
      expect(deadlineMs).toBeGreaterThan(0)
      expect(deadlineMs).toBeLessThanOrEqual(2000)
      await eventually(() => expect(left).toBe(true))
    })
  })

  test('for a time that is none is told so', async () => {
    const response = await gateway.fetch('/v1/models', { headers: { 'x-request-timeout': '301' } })
    expect(await refusalIn(response)).toEqual([400, 'request.invalid-timeout'])
  })

  test('and leaves before the answer stops the service', async () => {
    const reached = Promise.withResolvers<http.ServerResponse>()
    await gateway.withPeer(
      'agent',
      (_request, response) => reached.resolve(response),
      async () => {
        const request = gateway.open('/v1/models')
        request.end()
        const atService = await reached.promise
        const closed = once(atService, 'close')
        request.destroy()
        await closed
      },
    )
  })
})

test('an answer of something that is deprecated says so, next to what the service links to', async () => {
  const linking: http.RequestListener = (_request, response) => {
    response.writeHead(200, { link: '</v1/runs?cursor=x>; rel="next"' }).end()
  }
  await gateway.withPeer('workflow', linking, async () => {
    const { headers } = await gateway.fetch('/v1/runs/run_1/events')
    expect(headers.get('deprecation')).toBe('@1795737600')
    expect(headers.get('sunset')).toBe('Mon, 31 Jan 2028 00:00:00 GMT')
    expect(headers.get('link')).toBe(
      '</docs>; rel="deprecation"; type="text/html", </v2/runs/run_1/events>; rel="successor-version", </v1/runs?cursor=x>; rel="next"',
    )
    const other = await gateway.fetch('/v1/runs/run_1')
    expect(other.headers.get('deprecation')).toBeNull()
    expect(other.headers.get('link')).toBe('</v1/runs?cursor=x>; rel="next"')
  })
})
