import { expect, test } from 'vitest'
import { credentialsOf, disguisesOf } from './credentials.ts'
import { redacted } from './redact.ts'

test.each([
  [{ as: 'bearer' as const }, { authorization: 'Bearer a secret' }],
  [{ as: 'header' as const }, { 'x-api-key': 'a secret' }],
  [{ as: 'header' as const, header: 'X-Shop' }, { 'x-shop': 'a secret' }],
  [{ as: 'basic' as const, username: 'me' }, { authorization: 'Basic bWU6YSBzZWNyZXQ=' }],
  [{ as: 'basic' as const }, { authorization: 'Basic YSBzZWNyZXQ=' }],
])('%j is sent as %j', (how, headers) => {
  expect(credentialsOf({ secret: 's', ...how }, 'a secret')).toEqual(headers)
})

test('a secret is found in all that an answer can show it as', () => {
  const value = 'p"ss w+rd/가'
  const texts = disguisesOf({ secret: 's', as: 'basic', username: 'me' }, value)
  const shown = {
    [`a ${value}`]: 1,
    plain: `${value}${value}`,
    list: [[value], { deep: value }],
    json: JSON.stringify({ value }),
    url: `?key=${encodeURIComponent(value)}`,
    base64: Buffer.from(value).toString('base64'),
    basic: Buffer.from(`me:${value}`).toString('base64'),
    other: 'pass',
  }

  const clean = redacted(shown, texts)

  for (const text of texts) expect(JSON.stringify(clean)).not.toContain(text)
  expect(clean).toMatchObject({
    'a [redacted]': 1,
    plain: '[redacted][redacted]',
    list: [['[redacted]'], { deep: '[redacted]' }],
    basic: '[redacted]',
    other: 'pass',
  })
})

test('the password in `user:password` is found alone', () => {
  const texts = disguisesOf({ secret: 's', as: 'basic' }, 'me:long-password')

  expect(redacted('your password: long-password', texts)).toBe('your password: [redacted]')
})

test('a name that means something to JavaScript is a name like others', () => {
  const value: unknown = JSON.parse(
    '{"__proto__":"topsecret","topsecret":{"constructor":"topsecret"}}',
  )

  const clean = redacted(value, ['topsecret'])

  expect(JSON.stringify(clean)).toBe(
    '{"__proto__":"[redacted]","[redacted]":{"constructor":"[redacted]"}}',
  )
})

test('what is nested as deep as it is long does no harm', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}"topsecret"${']'.repeat(100_000)}`)
  let inside = redacted(deep, ['topsecret'])
  while (Array.isArray(inside)) inside = inside[0]

  expect(inside).toBe('[redacted]')
})
