import { expect, test } from 'vitest'
import { checkedHeaders, flatHeaders } from './headers.ts'

const invalid = expect.objectContaining({ code: 'egress.invalid-header' })

test.each([
  ['x-a', 'b\r\nx-injected: 1'],
  ['x-a', 'b\nc'],
  ['x-a', 'b\rc'],
  ['x-a', 'b\0c'],
  ['x-a', '한글'],
  ['x-a\r\nx-b', 'c'],
  ['x a', 'b'],
  ['x:a', 'b'],
  ['', 'b'],
  ['Host', 'internal'],
  ['Transfer-Encoding', 'chunked'],
  ['content-length', '0'],
  ['Connection', 'upgrade'],
  ['Proxy-Authorization', 'Basic x'],
])('refuses the header %j: %j', (name, value) => {
  expect(() => checkedHeaders({ [name]: value })).toThrow(invalid)
})

test('keeps all others, in lower case', () => {
  expect(checkedHeaders({ 'X-Api-Key': 'a b\tc', 'x-latin': 'é' })).toMatchObject({
    'x-api-key': 'a b\tc',
    'x-latin': 'é',
  })
})

test('joins what comes more than once', () => {
  expect(flatHeaders({ 'set-cookie': ['a=1', 'b=2'], via: 'x' })).toEqual({
    'set-cookie': 'a=1, b=2',
    via: 'x',
  })
})
