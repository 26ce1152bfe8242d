import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

/** What a browser says makes a request take the way through Fastify, and changes nothing else. */
const USUAL = { origin: 'https://page.example' }
/** Of one answer alone. */
const OWN = ['date', 'ratelimit', 'x-request-id', 'content-length']

interface Seen {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: unknown
}

async function seen(path: string, init: RequestInit, extra: Record<string, string>): Promise<Seen> {
  const headers = { ...(init.headers as Record<string, string>), ...extra }
  const response = await gateway.fetch(path, { ...init, headers })
  const shown = [...response.headers].filter(([name]) => !OWN.includes(name))
  const text = await response.text()
  const body = text.startsWith('{') ? JSON.parse(text) : text
  return { status: response.status, headers: Object.fromEntries(shown), body: comparable(body) }
}

/** Without what is of one request alone: its names, its time, and what makes it take another way. */
function comparable(body: Record<string, unknown> | string): unknown {
  if (typeof body === 'string') return body
  const { requestId: _, headers, ...rest } = body
  if (typeof headers !== 'object') return rest
  const sent = Object.entries(headers as Record<string, string>).filter(
    ([name]) => !/^(origin|x-request-id|x-dure-|traceparent|host)/.test(name),
  )
  return { ...rest, headers: Object.fromEntries(sent) }
}

const answering =
  (status: number, headers: Record<string, string>, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }
const big = JSON.stringify({ data: 'x'.repeat(5000) })

test.each<[string, string, RequestInit, RequestListener?]>([
  ['a question', '/v1/models', {}],
  ['one with a query', '/v1/models?limit=2&cursor=a.b', {}],
  ['a HEAD', '/v1/models', { method: 'HEAD' }],
  ['a search', '/v1/knowledge-bases/kb_1/search', { method: 'POST', body: '{"query":"a"}' }],
  ['a run', '/v1/workflows/wf_1/runs', { method: 'POST', body: '{"input":{}}' }],
  ['a change', '/v1/workflows', { method: 'POST', body: '{}' }],
  ['a key that is none', '/v1/models', { headers: { authorization: 'Bearer dure_live_no' } }],
  ['an unknown route', '/v1/nothing', {}],
  ['an encoded path', '/v1/models/a%20b', {}],
  ['a timeout that is none', '/v1/models', { headers: { 'x-request-timeout': 'soon' } }],
  ['a body that is too large', '/v2/events', { method: 'POST', body: 'x'.repeat(13_000_000) }],
  ['one of OpenAI', '/openai/v1/chat/completions', { method: 'POST', body: '{}' }],
  [
    'a refusal',
    '/v1/models',
    {},
    answering(409, { 'content-type': 'application/problem+json' }, '{"code":"a.b"}'),
  ],
  ['a file', '/v1/models', {}, answering(200, { 'content-type': 'text/html' }, '<p>')],
  ['a large answer', '/v1/models', {}, answering(200, { 'content-type': 'application/json' }, big)],
  ['nothing', '/v1/models', {}, answering(204, {}, '')],
  [
    'an answer that breaks',
    '/v1/models',
    { method: 'POST' },
    (request) => void request.socket.destroy(),
  ],
])('%s gets the same answer on either way', async (_what, path, init, listener) => {
  const both = async () => {
    const direct = await seen(path, init, {})
    expect(direct).toEqual(await seen(path, init, USUAL))
  }
  if (listener) await gateway.withPeer('agent', listener, both)
  else await both()
})
