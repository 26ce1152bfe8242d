import { describe, expect, test } from 'vitest'
import { type Delivery, debounceKeyOf, dedupeKeyOf, inputOf } from './delivery.ts'
import type { Dedupe } from './webhook.ts'

function delivery(body: unknown, headers: Delivery['headers'] = {}): Delivery {
  return { headers, query: { a: '1' }, body, raw: Buffer.from(JSON.stringify(body)) }
}

test('a run sees the headers that the trigger names, and none that are for this service', () => {
  const headers = {
    'x-event': 'push',
    'x-other': '1',
    authorization: 'Bearer x',
    cookie: 'a=b',
    'x-dure-identity': 'x',
  }
  const shown = ['X-Event', 'Authorization', 'cookie', 'x-dure-identity', 'x-missing']
  expect(inputOf(delivery({ id: 1 }, headers), shown)).toEqual({
    headers: { 'x-event': 'push' },
    query: { a: '1' },
    body: { id: 1 },
  })
})

describe('what tells deliveries apart', () => {
  const byPointer: Dedupe = { by: 'pointer', pointer: '/event/a~1b/0' }
  const byHeader: Dedupe = { by: 'header', header: 'Webhook-Id' }
  const at = (value: unknown) => delivery({ event: { 'a/b': [value] } })

  test('is a header, something in the body, or all of the body', () => {
    const keys = [
      dedupeKeyOf(byHeader, delivery({}, { 'webhook-id': 'x' })),
      dedupeKeyOf(byPointer, at('x')),
      dedupeKeyOf(byPointer, at(7)),
      dedupeKeyOf({ by: 'body' }, delivery('x')),
      dedupeKeyOf({ by: 'body' }, delivery('y')),
    ]
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(keys).size).toBe(keys.length)
    expect(dedupeKeyOf(byPointer, at('x'))).toBe(keys[1])
  })

  test.each([undefined, null, '', true, {}, ['x']])('is not %j', (value) => {
    expect(dedupeKeyOf(byPointer, at(value))).toBeUndefined()
  })

  test('is nothing that only the language gives', () => {
    expect(dedupeKeyOf({ by: 'pointer', pointer: '/length' }, delivery('text'))).toBeUndefined()
    const inherited: Dedupe = { by: 'pointer', pointer: '/constructor/name' }
    expect(dedupeKeyOf(inherited, delivery({}))).toBeUndefined()
    expect(dedupeKeyOf(byHeader, delivery({}))).toBeUndefined()
  })
})

test('bursts are of a trigger, and of one value where the trigger names a place', () => {
  const keyed = { ms: 100, key: '/user' }
  const ofUser = (user: unknown) => debounceKeyOf('whk_1', keyed, delivery({ user }))
  expect(debounceKeyOf('whk_1', { ms: 100 }, delivery({ user: 1 }))).toBe('webhook:whk_1')
  expect(ofUser('a')).toBe(ofUser('a'))
  expect(new Set([ofUser('a'), ofUser('b'), ofUser(undefined)]).size).toBe(3)
})
