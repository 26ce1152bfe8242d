import { expect, test } from 'vitest'
import { parseAnswer, parseBeginning } from './answer.ts'

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVary: a\r\nVary: b\r\n\r\nok'
const chunked =
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n'

function parse(text: string, { method = 'GET', isEnd = false } = {}) {
  return parseAnswer(Buffer.from(text), { method, isEnd })
}

test.each([
  ['a length', whole, 'ok'],
  ['chunks', chunked, 'abcd'],
  ['an interim answer before it', `HTTP/1.1 100 Continue\r\n\r\n${whole}`, 'ok'],
])('an answer with %s is complete with its last byte, and not before', (_what, text, body) => {
  expect(parse(text)?.body.toString()).toBe(body)
  for (let length = 0; length < text.length; length++) {
    expect(parse(text.slice(0, length))).toBeUndefined()
  }
})

test('headers of one name are joined', () => {
  expect(parse(whole)?.headers).toEqual({ 'content-length': '2', vary: 'a, b' })
})

test('what follows an answer is counted', () => {
  expect(parse(`${whole}HTTP/1.1 200 OK\r\n\r\n`)?.surplus).toBe(19)
  expect(parse(`${whole}x`)?.isReusable).toBe(false)
})

test('an answer without a length lasts until the connection ends', () => {
  const text = 'HTTP/1.1 400 Bad Request\r\n\r\noops'
  expect(parse(text)).toBeUndefined()
  expect(parse(text, { isEnd: true })).toMatchObject({ status: 400, isReusable: false })
})

test('HEAD and 204 have no body, whatever their headers say', () => {
  expect(parse(whole.slice(0, -2), { method: 'HEAD' })?.body).toHaveLength(0)
  expect(parse('HTTP/1.1 204 No Content\r\n\r\n')?.body).toHaveLength(0)
})

test('of an answer that goes on, there is what has come in whole chunks', () => {
  const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
  const begun = (text: string) => parseBeginning(Buffer.from(head + text))?.body.toString()
  expect(begun('2\r\nab\r\n3\r\nc')).toBe('ab')
  expect(begun('2\r\nab\r\n1\r\nc\r\n')).toBe('abc')
  expect(begun('')).toBe('')
})
