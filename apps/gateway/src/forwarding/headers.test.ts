import { describe, expect, test } from 'vitest'
import { isForClients, namedInConnection, requestHeaders } from './headers.ts'

const context = {
  requestId: 'req_12345678',
  identityToken: 'signed',
  hasBody: true,
  trace: undefined,
}
/** As an object, so that the order does not matter. */
function sent(received: Parameters<typeof requestHeaders>[0], other: object = {}) {
  const flat = requestHeaders(received, { ...context, ...other })
  return Object.fromEntries(flat.flatMap((name, at) => (at % 2 ? [] : [[name, flat[at + 1]]])))
}

describe('a request on its way to a service', () => {
  test('carries what the gateway vouches for, and what the client said of its content', () => {
    expect(sent({ accept: 'text/html', 'content-length': '3' })).toEqual({
      accept: 'text/html',
      'content-length': '3',
      'x-request-id': 'req_12345678',
      'x-dure-identity': 'signed',
    })
  })

  test.each([
    ['speaks of one connection', { connection: 'x-hop, Close', 'x-hop': '1', te: 'trailers' }],
    ['only the gateway may say', { 'x-dure-identity': 'forged', 'x-dure-anything': '1' }],
    ['claims where it came from', { forwarded: 'for=1.1.1.1', 'x-forwarded-for': '1.1.1.1' }],
    ['is the key', { authorization: 'Bearer k', 'x-api-key': 'k', cookie: 'a=b' }],
    ['the gateway answers itself', { expect: '100-continue', host: 'evil', upgrade: 'websocket' }],
    ['the gateway decides', { 'accept-encoding': 'br', 'dure-canary': 'agent' }],
  ])('loses what %s', (_name, received) => {
    expect(sent(received)).toEqual(sent({}))
  })

  test('keeps its trace, unless the gateway goes on with it in a span of its own', () => {
    const received = { traceparent: '00-a-b-01', tracestate: 'x=1', baggage: 'run=1' }
    expect(sent(received)).toMatchObject(received)
    const trace = { traceparent: '00-a-c-01' }
    expect(sent(received, { trace })).toEqual(sent(trace))
  })

  test('without a body has no length', () => {
    expect(sent({ 'content-length': '0' }, { hasBody: false })).toEqual(sent({}))
  })
})

test('an answer on its way to a client loses what is internal or speaks of one connection', () => {
  const names = [
    'content-type',
    'connection',
    'keep-alive',
    'transfer-encoding',
    'x-hop',
    'x-dure-a',
  ]
  const named = namedInConnection('keep-alive, X-Hop')
  expect(names.filter((name) => isForClients(name, named))).toEqual(['content-type'])
})
