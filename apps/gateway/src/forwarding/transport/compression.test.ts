import { describe, expect, test } from 'vitest'
import { type Encodable, encodingFor, isCompressible } from './compression.ts'

test.each([
  [undefined, undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['BR', 'br'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['identity', undefined],
  ['gzip;q=0', undefined],
  ['br;q=x', undefined],
  ['', undefined],
])('a client that takes %j gets %s', (accept, expected) => {
  expect(encodingFor(accept)).toBe(expected)
})

describe('an answer', () => {
  const json: Encodable = {
    method: 'GET',
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': '2000' },
  }
  const withHeaders = (headers: Encodable['headers']) => ({
    ...json,
    headers: { ...json.headers, ...headers },
  })

  test.each([
    ['of JSON', json],
    ['of an unknown length', withHeaders({ 'content-length': undefined })],
    ['that is a problem', withHeaders({ 'content-type': 'application/problem+json' })],
    ['of text', withHeaders({ 'content-type': 'text/csv' })],
    ['with a weak ETag', withHeaders({ etag: 'W/"1"' })],
  ])('%s is worth it', (_what, answer) => {
    expect(isCompressible(answer)).toBe(true)
  })

  test.each([
    ['that is small', withHeaders({ 'content-length': '1023' })],
    ['of events', withHeaders({ 'content-type': 'text/event-stream' })],
    ['of lines that are read one by one', withHeaders({ 'content-type': 'application/x-ndjson' })],
    ['of a picture', withHeaders({ 'content-type': 'image/png' })],
    ['of nobody knows what', withHeaders({ 'content-type': undefined })],
    ['that is compressed', withHeaders({ 'content-encoding': 'gzip' })],
    ['that promises its bytes', withHeaders({ etag: '"1"' })],
    ['that forbids it', withHeaders({ 'cache-control': 'no-cache, no-transform' })],
    ['to HEAD', { ...json, method: 'HEAD' }],
    ['of a part', { ...json, status: 206 }],
  ])('%s is not', (_what, answer) => {
    expect(isCompressible(answer)).toBe(false)
  })
})
