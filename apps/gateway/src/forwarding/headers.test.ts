import { describe, expect, test } from 'vitest'
import { requestHeaders, responseHeaders } from './headers.ts'

const context = {
  requestId: 'req_12345678',
  identityToken: 'signed',
  remainingMs: 1234.5,
  hasBody: true,
  traced: false,
}

describe('a request on its way to a service', () => {
  test('carries what the gateway vouches for, and what the client said of its content', () => {
    expect(requestHeaders({ accept: 'text/html', 'content-length': '3' }, context)).toEqual({
      accept: 'text/html',
      'content-length': '3',
      'x-request-id': 'req_12345678',
      'x-dure-identity': 'signed',
      'x-dure-deadline-ms': '1234',
    })
  })

  test.each([
    ['speaks of one connection', { connection: 'x-hop, Close', 'x-hop': '1', te: 'trailers' }],
    ['only the gateway may say', { 'x-dure-identity': 'forged', 'x-dure-anything': '1' }],
    ['claims where it came from', { forwarded: 'for=1.1.1.1', 'x-forwarded-for': '1.1.1.1' }],
    ['is the key', { authorization: 'Bearer k', 'x-api-key': 'k', cookie: 'a=b' }],
    ['the gateway answers itself', { expect: '100-continue', host: 'evil', upgrade: 'websocket' }],
  ])('loses what %s', (_name, received) => {
    expect(requestHeaders(received, context)).toEqual(requestHeaders({}, context))
  })

  test('keeps its trace unless the client of this process adds it', () => {
    const trace = { traceparent: '00-a-b-01', tracestate: 'x=1', baggage: 'run=1' }
    expect(requestHeaders(trace, context)).toMatchObject(trace)
    expect(requestHeaders(trace, { ...context, traced: true })).toEqual(requestHeaders({}, context))
  })

  test('without a body has no length', () => {
    const { 'content-length': length } = requestHeaders(
      { 'content-length': '0' },
      { ...context, hasBody: false },
    )
    expect(length).toBeUndefined()
  })

  test('always has some time left', () => {
    expect(requestHeaders({}, { ...context, remainingMs: -3 })['x-dure-deadline-ms']).toBe('1')
  })
})

test('an answer on its way to a client loses what is internal or speaks of one connection', () => {
  expect(
    responseHeaders({
      'content-type': 'text/plain',
      'set-cookie': ['a=1', 'b=2'],
      connection: 'keep-alive, x-hop',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      'x-hop': '1',
      'x-dure-internal': '1',
    }),
  ).toEqual({ 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] })
})
