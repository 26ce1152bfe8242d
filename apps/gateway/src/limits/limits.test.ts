import type http from 'node:http'
import type { Problem } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerTo, startGateway, type TestGateway } from '../testing/gateway.ts'

const NO_KEY = { authorization: '' }

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    TRUSTED_PROXIES: '',
    LIMITS: JSON.stringify({
      key: { kind: 'rate', per: 'key', limit: 1, periodS: 3600, burst: 500 },
      user: null,
      runs: {
        kind: 'rate',
        per: 'organization',
        classes: ['run'],
        limit: 1,
        periodS: 60,
        burst: 2,
      },
      streams: { kind: 'concurrency', per: 'key', classes: ['stream'], concurrent: 2 },
      daily: { kind: 'quota', per: 'key', classes: ['control'], quota: 3, window: 'day' },
      address: { kind: 'rate', per: 'address', limit: 1, periodS: 60, burst: 3 },
      failures: { kind: 'rate', per: 'failures', limit: 1, periodS: 60, burst: 5 },
    }),
  })
})
afterAll(() => gateway.close())

const startRun = (init: RequestInit = {}) =>
  gateway.fetch('/v2/runs', { method: 'POST', body: '{}', ...init })

describe('a request within its limits', () => {
  test('is told what they are and what is left, on what a service answers', async () => {
    const { status, headers } = await gateway.fetch('/v1/models')
    expect(status).toBe(200)
    expect(headers.get('ratelimit-policy')).toBe(
      '"key";q=1;w=3600, "organization";q=2000;w=1, "key-concurrent";q=2000;qu="concurrent-requests", "organization-concurrent";q=4000;qu="concurrent-requests"',
    )
    expect(headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/)
    expect(headers.get('retry-after')).toBeNull()
  })

  test('has one less left after each', async () => {
    const left = async () =>
      Number(
        /r=(\d+)/.exec((await gateway.fetch('/v1/models')).headers.get('ratelimit') ?? '')?.[1],
      )
    const before = await left()
    expect(await left()).toBe(before - 1)
  })
})

describe('a request beyond a limit', () => {
  test('is refused with the name of the limit and the time to wait', async () => {
    const answers = [await startRun(), await startRun(), await startRun()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    const refused = answers[2] as Response
    const retryAfterS = Number(refused.headers.get('retry-after'))
    expect(retryAfterS).toBeGreaterThan(0)
    expect(retryAfterS).toBeLessThanOrEqual(60)
    expect(refused.headers.get('ratelimit')).toBe(`"runs";r=0;t=${retryAfterS}`)
    expect(refused.headers.get('ratelimit-policy')).toContain('"runs";q=1;w=60')
    expect((await refused.json()) as Problem).toMatchObject({
      type: 'https://dure.dev/problems/limits.exceeded',
      code: 'limits.exceeded',
      details: { violatedPolicies: ['runs'] },
    })
  })

  test('is not let through by another spelling, another query or a header', async () => {
    await eventually(async () => expect((await startRun()).status).toBe(429))
    for (const path of [
      '/v2/runs/',
      '/v2/runs?x=1',
      '/v1/workflows/w/ru%6es',
      '/v1/workflows/w/runs/',
    ]) {
      const response = await gateway.fetch(path, {
        method: 'POST',
        body: '{}',
        headers: { 'x-forwarded-for': '203.0.113.9' },
      })
      expect([path, response.status]).toEqual([path, 429])
    }
    for (const path of ['/v2/Runs', '/V2/runs', '/v2//runs']) {
      const response = await gateway.fetch(path, { method: 'POST', body: '{}' })
      expect([path, response.status]).toEqual([path, 404])
    }
  })

  test('is refused before its body is read', async () => {
    await eventually(async () => expect((await startRun()).status).toBe(429))
    const request = gateway.open('/v2/runs', {
      method: 'POST',
      headers: { 'content-length': 1000 },
    })
    request.flushHeaders()
    const response = await answerTo(request)
    expect(response.statusCode).toBe(429)
    request.destroy()
  })

  test('takes nothing from the other limits', async () => {
    const left = async () =>
      Number(
        /r=(\d+)/.exec((await gateway.fetch('/v1/models')).headers.get('ratelimit') ?? '')?.[1],
      )
    const before = await left()
    for (let n = 0; n < 5; n++) expect((await startRun()).status).toBe(429)
    expect(await left()).toBe(before - 1)
  })

  test('of a calendar day waits until the day of UTC is over', async () => {
    const control = () => gateway.fetch('/v1/runs/run_1/cancel', { method: 'POST' })
    for (let n = 0; n < 3; n++) expect((await control()).status).toBe(200)
    const refused = await control()
    expect(refused.status).toBe(429)
    const retryAfterS = Number(refused.headers.get('retry-after'))
    const leftS = 86_400 - (Math.floor(Date.now() / 1000) % 86_400)
    expect(Math.abs(retryAfterS - leftS)).toBeLessThan(60)
  })
})

test('metrics count what was admitted, and what was refused by which limit', async () => {
  await eventually(async () => expect((await startRun()).status).toBe(429))
  const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
  expect(metrics).toMatch(/^gateway_limits_refused_total\{policy="runs",.*\} [1-9]/m)
  expect(metrics).toMatch(/^gateway_limits_admitted_total\{.*\} [1-9]/m)
  expect(metrics).toMatch(/^gateway_limits_asks_total\{.*\} [1-9]/m)
  expect(metrics).toMatch(/^gateway_limits_degraded\{.*\} [01]$/m)
})

describe('requests at the same time', () => {
  const silent: http.RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
  }

  test('are as many as there are slots, and a slot is free when its answer ends', async () => {
    await gateway.withPeer('workflow', silent, async () => {
      const open = async () => {
        const request = gateway.open('/v2/runs/run_1/events')
        request.end()
        return { request, response: await answerTo(request) }
      }
      const [first, second] = [await open(), await open()]
      expect([first.response.statusCode, second.response.statusCode]).toEqual([200, 200])
      const third = await open()
      expect(third.response.statusCode).toBe(429)
      expect(third.response.headers.ratelimit).toMatch(/^"streams";r=0;t=\d+$/)
      first.request.destroy()
      await eventually(async () => {
        const next = await open()
        expect(next.response.statusCode).toBe(200)
        next.request.destroy()
      })
      second.request.destroy()
    })
  })
})

describe('callers without a key', () => {
  const from = (path: string, headers: Record<string, string> = {}) =>
    gateway.fetch(path, { method: 'POST', headers: { ...NO_KEY, ...headers } })

  test('are limited by address, whatever they say it is', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) {
      const response = await from(`/hooks/token${n}`, { 'x-forwarded-for': `203.0.113.${n}` })
      statuses.push(response.status)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  })

  test('who fail to say who they are hear so until there were too many, and good keys still work', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) statuses.push((await from('/v1/models')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    expect((await gateway.fetch('/v1/models')).status).toBe(200)
    // Keys that nobody knows cost no look-up any more: a new one would be found, and is not looked for.
    const created = await gateway.fetch('/v1/api-keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'new', scopes: ['models:use'] }),
    })
    const { key } = (await created.json()) as { key: string }
    const unseen = await gateway.fetch('/v1/models', {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(unseen.status).toBe(429)
    expect(unseen.headers.get('ratelimit')).toMatch(/^"failures";r=0;/)
  })
})
