import type http from 'node:http'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn, startGateway, startPeer, type TestGateway } from '../testing/gateway.ts'

/** Answers in turn, the last one from then on; counts what reaches it. */
function answering(...answers: readonly ((response: http.ServerResponse) => unknown)[]) {
  const seen: { readonly body: string; readonly deadlineMs: number }[] = []
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const deadlineMs = Number(request.headers['x-dure-deadline-ms'])
      seen.push({ body: Buffer.concat(chunks).toString(), deadlineMs })
      const answer = answers[Math.min(seen.length, answers.length) - 1]
      answer?.(response)
    })
  }
  return { listener, seen }
}
const ok = (response: http.ServerResponse) => response.end('{}')
const cut = (response: http.ServerResponse) => response.destroy()
const fail =
  (status: number, headers: http.OutgoingHttpHeaders = {}) =>
  (response: http.ServerResponse) =>
    response.writeHead(status, headers).end('busy')

describe('a request that fails', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.close())

  const KEY = { 'idempotency-key': 'once' }
  test.each([
    ['GET', {}, 'is cut', cut, 200, 2],
    ['PUT', {}, 'is cut', cut, 200, 2],
    ['DELETE', {}, 'is answered 502', fail(502), 200, 2],
    ['GET', {}, 'is answered 503', fail(503), 200, 2],
    ['GET', {}, 'is answered 504', fail(504), 200, 2],
    ['GET', {}, 'is to come back in a second', fail(503, { 'retry-after': '1' }), 200, 2],
    ['GET', {}, 'is to come back later', fail(503, { 'retry-after': '2' }), 503, 1],
    ['GET', {}, 'is answered 500', fail(500), 500, 1],
    ['POST', {}, 'is cut', cut, 503, 1],
    ['POST', {}, 'is answered 503', fail(503), 503, 1],
    ['PATCH', {}, 'is cut', cut, 503, 1],
    ['POST', KEY, 'is cut', cut, 200, 2],
    ['POST', KEY, 'is answered 503', fail(503), 200, 2],
  ] as const)('%s %j that %s', async (method, headers, _what, first, status, times) => {
    // Each has a budget of its own.
    const alone = await startGateway()
    const { listener, seen } = answering(first, ok)
    const body = method === 'GET' || method === 'DELETE' ? null : '{"a":1}'
    await alone.withPeer('agent', listener, async () => {
      const response = await alone.fetch('/v1/models', { method, headers, body })
      expect([response.status, seen.length]).toEqual([status, times])
      for (const one of seen) expect(one.body).toBe(body ?? '')
      const [before, after] = seen
      if (before && after) expect(after.deadlineMs).toBeLessThanOrEqual(before.deadlineMs)
    })
    await alone.close()
  })

  test('is sent three times at most', async () => {
    const { listener, seen } = answering(fail(503))
    await gateway.withPeer('agent', listener, async () => {
      const response = await gateway.fetch('/v1/models')
      expect([response.status, await response.text(), seen.length]).toEqual([503, 'busy', 3])
    })
  })

  test('with a body that was too large to keep is sent once', async () => {
    const { listener, seen } = answering(fail(503), ok)
    await gateway.withPeer('agent', listener, async () => {
      const response = await gateway.fetch('/v1/models', {
        method: 'PUT',
        body: 'x'.repeat(65_537),
      })
      expect([response.status, seen.length]).toEqual([503, 1])
    })
  })

  test('is sent again only while there is time', async () => {
    const { listener, seen } = answering(fail(503, { 'retry-after': '1' }), ok)
    await gateway.withPeer('agent', listener, async () => {
      const headers = { 'x-request-timeout': '0.9' }
      const response = await gateway.fetch('/v1/models', { headers })
      expect([response.status, seen.length]).toEqual([503, 1])
    })
  })
})

describe('an outage of a service', () => {
  test.each([
    ['that is cut', cut],
    // A problem, so that no breaker opens: every request of the client gets through.
    ['that answers 503', fail(503, { 'content-type': 'application/problem+json' })],
  ])('%s, costs it at most a tenth more than what clients ask', async (_what, answer) => {
    const gateway = await startGateway()
    const { listener, seen } = answering(answer)
    await gateway.withPeer('agent', listener, async () => {
      const one = async () => (await gateway.fetch('/v1/models')).status
      const asked = 600
      for (let sent = 0; sent < asked; sent += 20) {
        expect(new Set(await Promise.all(Array.from({ length: 20 }, one)))).toEqual(new Set([503]))
      }
      expect(seen.length).toBeLessThanOrEqual(asked * 1.1)
      const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
      expect(metrics).toMatch(
        /gateway_upstream_retries_total\{upstream="agent",service="gateway"\} [1-9]/,
      )
    })
    await gateway.close()
  })

  test('opens the breaker of what failed, and of nothing else', async () => {
    const gateway = await startGateway()
    const { listener, seen } = answering(cut)
    await gateway.withPeer('workflow', listener, async () => {
      const start = () => gateway.fetch('/v2/runs', { method: 'POST', body: '{}' })
      for (let sent = 0; sent < 20; sent++) await start()
      const before = seen.length
      const response = await start()
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await refusalIn(response)).toEqual([503, 'service.unavailable'])
      expect(seen.length).toBe(before)
      await gateway.fetch('/v1/runs/run_1/cancel', { method: 'POST' })
      expect(seen.length).toBe(before + 1)
      const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
      expect(metrics).toMatch(
        /gateway_breaker_state\{upstream="workflow",class="new-run",[^}]+\} 2/,
      )
      expect(metrics).toMatch(
        /gateway_breaker_state\{upstream="workflow",class="run-control",[^}]+\} 0/,
      )
    })
    expect((await gateway.fetch('/v1/models')).status).toBe(200)
    await gateway.close()
  })
})

describe('a canary', () => {
  test('gets who asks for it; who fails there is sent to the stable arm, if that is safe', async () => {
    const canary = await startPeer()
    const gateway = await startGateway({ AGENT_CANARY_URL: canary.origin })
    const armOf = async (init: RequestInit = {}) => {
      const response = await gateway.fetch('/v1/models', init)
      return [response.status, response.headers.get('dure-upstream')]
    }
    const headers = { 'dure-canary': 'workflow, agent' }
    expect(await armOf()).toEqual([200, 'stable'])
    expect(await armOf({ headers })).toEqual([200, 'canary'])
    expect(await armOf({ headers: { 'dure-canary': 'workflow' } })).toEqual([200, 'stable'])
    expect((await gateway.fetch('/v1/usage', { headers })).headers.get('dure-upstream')).toBeNull()

    canary.listener = (request) => request.socket.destroy()
    expect(await armOf({ headers })).toEqual([200, 'stable'])
    expect(await armOf({ headers, method: 'POST' })).toEqual([503, null])
    for (let sent = 0; sent < 20; sent++) await armOf({ headers, method: 'PATCH' })
    // Now its breaker is open: reads go on without an attempt.
    expect(await armOf({ headers })).toEqual([200, 'stable'])
    expect(await armOf({ headers, method: 'POST' })).toEqual([503, null])
    const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
    expect(metrics).toMatch(
      /requests_total\{upstream="agent",class="interactive",arm="canary",status="200"/,
    )
    await gateway.close()
    await canary.stop()
  })

  test('with all of the weight gets everybody', async () => {
    const canary = await startPeer()
    const gateway = await startGateway({
      AGENT_CANARY_URL: canary.origin,
      AGENT_CANARY_WEIGHT: 100,
    })
    expect((await gateway.fetch('/v1/models')).headers.get('dure-upstream')).toBe('canary')
    await gateway.close()
    await canary.stop()
  })
})

test('clients that leave, wherever their requests are, leave no place taken', async () => {
  const gateway = await startGateway()
  let reached = 0
  const silent: http.RequestListener = () => {
    reached++
  }
  const use = async () => {
    const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
    const line = /gateway_upstream_requests\{upstream="agent",state="(\w+)",[^}]+\} (\d+)/g
    return Object.fromEntries([...metrics.matchAll(line)].map(([, state, count]) => [state, count]))
  }
  await gateway.withPeer('agent', silent, async () => {
    const requests = Array.from({ length: 100 }, (_, at) => {
      const request = gateway.open('/v1/models', { method: at % 2 ? 'GET' : 'PUT' })
      request.end(at % 2 ? undefined : '{}')
      return request
    })
    await eventually(async () =>
      expect(await use()).toEqual({ active: '60', waiting: '40', streams: '0' }),
    )
    await eventually(() => expect(reached).toBe(60))
    // One whose body never comes, and some that leave as soon as they have come.
    const slow = gateway.open('/v1/models', { method: 'PUT', headers: { 'content-length': '9' } })
    slow.write('{')
    for (const request of [...requests, slow]) request.destroy()
    for (let at = 0; at < 50; at++)
      gateway
        .open('/v1/models')
        .on('socket', (socket) => socket.destroy())
        .end()
    await eventually(async () =>
      expect(await use()).toEqual({ active: '0', waiting: '0', streams: '0' }),
    )
  })
  expect((await gateway.fetch('/v1/models')).status).toBe(200)
  await gateway.close()
})
