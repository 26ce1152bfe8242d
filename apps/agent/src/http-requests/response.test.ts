import { expect, test } from 'vitest'
import { responseOf } from './response.ts'

const bodyOf = (type: string | undefined, body: Uint8Array) =>
  responseOf({ status: 200, headers: type === undefined ? {} : { 'content-type': type }, body })
    .body

const utf8 = (text: string) => new TextEncoder().encode(text)

test.each(['application/json', 'application/json; charset=utf-8', 'Application/Problem+JSON'])(
  'an answer of type %s is parsed',
  (type) => {
    expect(bodyOf(type, utf8('{"a":[1,"한"]}'))).toEqual({ a: [1, '한'] })
  },
)

test.each(['text/plain', 'text/html; charset=utf-8', 'application/jsonx', undefined])(
  'an answer of type %s stays a text',
  (type) => {
    expect(bodyOf(type, utf8('{"a":1}'))).toBe('{"a":1}')
  },
)

test('an answer that only claims to be JSON stays a text', () => {
  expect(bodyOf('application/json', utf8('<html>'))).toBe('<html>')
  expect(bodyOf('application/json', utf8(''))).toBe('')
})

test('a text is read in its own encoding', () => {
  // "안녕" in EUC-KR.
  expect(bodyOf('text/html; charset="EUC-KR"', Uint8Array.of(0xbe, 0xc8, 0xb3, 0xe7))).toBe('안녕')
})

test('a text in an encoding that nobody knows is read as UTF-8', () => {
  expect(bodyOf('text/plain; charset=klingon', utf8('안녕'))).toBe('안녕')
})

test('bytes that are no text at all do not make it fail', () => {
  expect(bodyOf('text/plain', Uint8Array.of(0xff, 0x61))).toBe('\ufffda')
})
