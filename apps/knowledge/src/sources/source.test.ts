import { describe, expect, test } from 'vitest'
import { typeOfAnswer } from './answer-type.ts'
import { nextLookInS } from './source.ts'

describe('the next look at a source', () => {
  const next = (everyS: number | null, failures: number, canPass = true) =>
    nextLookInS({ everyS, failures, canPass }, 0)

  test('comes after its interval, and a little later for some', () => {
    expect(next(600, 0)).toBe(600)
    expect(nextLookInS({ everyS: 600, failures: 0, canPass: true }, 1)).toBe(660)
  })

  test('comes later and later while it fails, but once a day', () => {
    expect([1, 2, 3, 4].map((failures) => next(600, failures))).toEqual([600, 1200, 2400, 4800])
    expect(next(600, 100)).toBe(24 * 3600)
    expect(next(30 * 24 * 3600, 5)).toBe(30 * 24 * 3600)
  })

  test('of one that is asked once comes after failures that may pass, a few times', () => {
    expect(next(null, 0)).toBeUndefined()
    expect([1, 2, 3, 4, 5].map((failures) => next(null, failures))).toEqual([
      10,
      20,
      40,
      80,
      undefined,
    ])
    expect(next(null, 1, false)).toBeUndefined()
  })
})

describe('the type of an answer', () => {
  const typeOf = (url: string, type: string | undefined, body = 'x') =>
    typeOfAnswer({
      url,
      headers: type === undefined ? {} : { 'content-type': type },
      body: Buffer.from(body),
    })

  test.each([
    ['https://a.example/terms', 'text/html; charset=utf-8', 'text/html'],
    ['https://a.example/terms.md', 'text/plain', 'text/markdown'],
    ['https://a.example/terms.pdf?x=1', 'text/html', 'text/html'],
    ['https://a.example/a.b/terms', 'text/plain', 'text/plain'],
    ['https://a.example/data.csv', undefined, 'text/csv'],
    ['https://a.example/', undefined, ''],
  ])('of %s as %s is %s', (url, declared, type) => {
    expect(typeOf(url, declared)).toBe(type)
  })

  test('is PDF where the content is, whatever is said', () => {
    expect(typeOf('https://a.example/x', 'application/octet-stream', '%PDF-1.7')).toBe(
      'application/pdf',
    )
  })
})
