import { describe, expect, test } from 'vitest'
import { recipientsOf } from './email.ts'

const of = (changes: object = {}) => ({
  to: ['a@example.com'],
  subject: 'Hi',
  text: '',
  ...changes,
})
const failing = (code: string) => expect.objectContaining({ code })

describe('recipients', () => {
  test('are each one once', () => {
    const cc = ['b@example.com', 'a@example.com']
    expect(recipientsOf(of({ cc }), undefined)).toEqual(['a@example.com', 'b@example.com'])
  })

  test.each([
    'a@example.com\r\nBcc: evil@example.org',
    'a@example.com, b@example.com',
    'a@example.com>',
    'A <a@example.com>',
    '"a b"@example.com',
    'a@localhost',
    'a@[127.0.0.1]',
    'a@b@example.com',
    'a..b@example.com',
    '-oQ/tmp@example.com',
    'ä@example.com',
    '',
    `${'a'.repeat(250)}@example.com`,
  ])('are not %j', (address) => {
    expect(() => recipientsOf(of({ to: [address] }), undefined)).toThrow(
      failing('email.invalid-address'),
    )
  })

  test.each([
    ['a@example.com', true],
    ['A@EXAMPLE.com', true],
    ['x@team.example.com', true],
    ['b@example.com', false],
    ['x@eteam.example.com', false],
    ['a@example.com.evil.org', false],
  ])('that are allowed: %s is %s', (address, isAllowed) => {
    const ask = () => recipientsOf(of({ to: [address] }), ['a@example.com', '@team.example.com'])
    if (isAllowed) expect(ask()).toEqual([address])
    else expect(ask).toThrow(failing('email.recipient-not-allowed'))
  })

  test.each(['Hi\r\nBcc: evil@example.org', 'Hi\nthere', 'a\u0000', 'a\u2028b'])(
    'get no subject like %j',
    (subject) => {
      expect(() => recipientsOf(of({ subject }), undefined)).toThrow(
        failing('email.invalid-subject'),
      )
    },
  )
})
