import { describe, expect, test } from 'vitest'
import type { HttpSpec } from './project-tool.ts'
import { requestOf } from './request-of.ts'

const SPEC: HttpSpec = {
  method: 'POST',
  url: 'https://api.example.com/v1/orders/{id}/items?fixed=1',
  parameters: [
    { name: 'q', in: 'query' },
    { name: 'tags', in: 'query', as: 'tag' },
    { name: 'lang', in: 'header', as: 'X-Lang' },
  ],
  bodyFrom: 'body',
  headers: { 'X-Fixed': 'yes' },
}

describe('a request that is made of arguments', () => {
  test('has each of them in its place', () => {
    expect(
      requestOf(SPEC, { id: 7, q: 'a&b=c', tags: ['x', '한'], lang: 'ko', body: { n: 1 } }),
    ).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/orders/7/items?fixed=1&q=a%26b%3Dc&tag=x&tag=%ED%95%9C',
      headers: { 'content-type': 'application/json', 'x-lang': 'ko', 'x-fixed': 'yes' },
      body: '{"n":1}',
    })
  })

  test('has nothing of those that are not given', () => {
    expect(requestOf(SPEC, { id: 'a', q: null })).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/orders/a/items?fixed=1',
      headers: { 'x-fixed': 'yes' },
    })
  })

  test.each([
    ['a/b', 'a%2Fb'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['%2e%2e', '%252e%252e'],
    ['..\\..', '..%5C..'],
    ['x?admin=1', 'x%3Fadmin%3D1'],
    ['x#', 'x%23'],
    ['@evil.example', '%40evil.example'],
    ['a\r\nb', 'a%0D%0Ab'],
    ['\ud800', '%EF%BF%BD'],
  ])('stays in its path with %j', (id, shown) => {
    const { url } = requestOf(SPEC, { id })
    expect(url).toBe(`https://api.example.com/v1/orders/${shown}/items?fixed=1`)
  })

  test.each(['', '.', '..', null, undefined])('is refused with %j in its path', (id) => {
    expect(() => requestOf(SPEC, { id })).toThrow('leads to another part')
  })

  test('takes no name of the prototype for an argument', () => {
    const spec = { ...SPEC, url: 'https://api.example.com/{constructor}' }
    expect(() => requestOf(spec, {})).toThrow('leads to another part')
  })

  test('does not let an argument replace what its author has set', () => {
    const spec: HttpSpec = { ...SPEC, parameters: [{ name: 'q', in: 'header', as: 'x-fixed' }] }
    expect(requestOf(spec, { id: 1, q: 'no' }).headers['x-fixed']).toBe('yes')
  })
})
