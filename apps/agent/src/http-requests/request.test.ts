import type { SendHttpRequest } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { contentOf, hostOf, isRepeatable } from './request.ts'

const post: SendHttpRequest = {
  method: 'POST',
  url: 'https://example.com:8443/a',
  headers: {},
  maxBytes: 1000,
  idempotent: false,
}

test('only what reads, and what the receiver makes idempotent, may be sent twice', () => {
  expect(isRepeatable(post)).toBe(false)
  expect(isRepeatable({ ...post, method: 'DELETE' })).toBe(false)
  expect(isRepeatable({ ...post, method: 'PUT' })).toBe(false)
  expect(isRepeatable({ ...post, idempotent: true })).toBe(true)
  expect(isRepeatable({ ...post, method: 'GET' })).toBe(true)
  expect(isRepeatable({ ...post, method: 'HEAD' })).toBe(true)
})

describe('the content of a request', () => {
  test('is JSON, and says so', () => {
    expect(contentOf({ ...post, body: { a: '한' } })).toEqual({
      body: '{"a":"한"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(contentOf({ ...post, body: null }).body).toBe('null')
  })

  test('is a text as it is, of the media type that the node names', () => {
    const headers = { 'Content-Type': 'text/csv' }

    expect(contentOf({ ...post, headers, body: 'a,b' })).toEqual({
      body: 'a,b',
      headers: { 'content-type': 'text/csv' },
    })
  })

  test('is none without a body, and never one of a request that reads', () => {
    expect(contentOf({ ...post, headers: { 'X-A': '1' } })).toEqual({ headers: { 'x-a': '1' } })
    expect(contentOf({ ...post, method: 'GET', body: 'x' })).toEqual({ headers: {} })
  })
})

test('the host is told with its port, and is empty where there is none', () => {
  expect(hostOf(post)).toBe('example.com:8443')
  expect(hostOf({ ...post, url: 'nonsense' })).toBe('')
})
