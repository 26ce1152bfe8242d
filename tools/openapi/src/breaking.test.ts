import { expect, test } from 'vitest'
import { breaksBetween, unreleasedIn } from './breaking.ts'
import type { Json, JsonObject } from './json.ts'

interface Parts {
  readonly sent?: Json
  readonly received?: Json
  readonly operation?: JsonObject
}

/** A document with one operation, which takes the one schema and answers with the other. */
function documentOf({ sent = {}, received = {}, operation = {} }: Parts): JsonObject {
  const post = {
    operationId: 'makeThing',
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Sent' } } },
    },
    responses: { 200: { content: { 'application/json': { schema: received } } } },
    ...operation,
  }
  return { paths: { '/v1/things': { post } }, components: { schemas: { Sent: sent } } }
}

const breaks = (before: Parts, now: Parts) =>
  breaksBetween(documentOf(before), documentOf(now)).map(({ where, message }) =>
    `${where} ${message}`.replace('POST /v1/things: ', ''),
  )

const object = (properties: JsonObject, more: JsonObject = {}) => ({
  type: 'object',
  properties,
  ...more,
})
const text = { type: 'string' }
const texts = (...values: string[]) => ({ type: 'string', enum: values })
const kind = (name: string) => object({ type: { const: name } })

test.each<[string, Json, Json, string]>([
  [
    'a new field that must be sent',
    object({}),
    object({ a: text }, { required: ['a'] }),
    'request/a must be sent now',
  ],
  [
    'a field that must be sent from now on',
    object({ a: text }),
    object({ a: text }, { required: ['a'] }),
    'request/a must be sent now',
  ],
  [
    'a field that is not taken any more',
    object({ a: text }, { additionalProperties: false }),
    object({}, { additionalProperties: false }),
    'request/a is gone',
  ],
  [
    'other fields that are not taken any more',
    object({}),
    object({}, { additionalProperties: false }),
    'request takes no other fields any more',
  ],
  [
    'a narrower type',
    object({ a: { type: ['string', 'null'] } }),
    object({ a: text }),
    'request/a does not take null any more',
  ],
  [
    'another type',
    { type: 'number' },
    { type: 'integer' },
    'request does not take number any more',
  ],
  ['a value that is gone', texts('a', 'b'), texts('a'), 'request does not take "b" any more'],
  ['a choice where there was none', text, texts('a'), 'request takes a choice of values only'],
  ['a lower maximum', { maxLength: 9 }, { maxLength: 8 }, 'request maxLength is 8, was 9'],
  ['a new maximum', {}, { maximum: 8 }, 'request maximum is 8, was without a limit'],
  ['a higher minimum', { minItems: 1 }, { minItems: 2 }, 'request minItems is 2, was 1'],
  ['a new pattern', text, { ...text, pattern: 'x' }, 'request pattern is x, was not demanded'],
  [
    'another default',
    { default: 1 },
    { default: 2 },
    'request stands for 2 when absent, stood for 1',
  ],
  [
    'a choice that is gone',
    { anyOf: [text, { type: 'null' }] },
    { anyOf: [text] },
    'request does not take null any more',
  ],
  [
    'something deep inside',
    { items: object({ a: { maxLength: 2 } }) },
    { items: object({ a: { maxLength: 1 } }) },
    'request/[]/a maxLength is 1, was 2',
  ],
])('sent: %s breaks', (_what, before, now, message) => {
  expect(breaks({ sent: before }, { sent: now })).toEqual([message])
})

test.each<[string, Json, Json, string]>([
  ['a field that is gone', object({ a: text }), object({}), 'response 200/a is gone'],
  [
    'a field that may be absent now',
    object({ a: text }, { required: ['a'] }),
    object({ a: text }),
    'response 200/a may be absent now',
  ],
  ['a wider type', text, { type: ['string', 'null'] }, 'response 200 can be null now'],
  [
    'a wider choice of types',
    { anyOf: [text] },
    { anyOf: [text, { type: 'null' }] },
    'response 200 can be null now',
  ],
  [
    'any value where there was a choice',
    texts('a'),
    text,
    'response 200 can be any value now, and had a choice of them',
  ],
  [
    'another format',
    { ...text, format: 'date' },
    text,
    'response 200 has the format undefined, had date',
  ],
  [
    'a kind that never comes any more',
    { anyOf: [kind('a'), kind('b')] },
    { anyOf: [kind('a')] },
    'response 200 is never object any more',
  ],
])('received: %s breaks', (_what, before, now, message) => {
  expect(breaks({ received: before }, { received: now })).toEqual([message])
})

test.each<[string, Parts, Parts]>([
  ['a new field that may be sent', { sent: object({}) }, { sent: object({ a: text }) }],
  [
    'more values, a wider type and wider limits in what is sent',
    { sent: { ...texts('a'), maxLength: 3 } },
    { sent: { type: ['string', 'null'], enum: ['a', 'b', null], maxLength: 4 } },
  ],
  [
    'an integer that may be any number',
    { sent: { type: 'integer' } },
    { sent: { type: 'number' } },
  ],
  ['a new field in an answer', { received: object({}) }, { received: object({ a: text }) }],
  ['a new value in an answer', { received: texts('a') }, { received: texts('a', 'b') }],
  [
    'a new kind of what has kinds in an answer',
    { received: { anyOf: [kind('a')] } },
    { received: { anyOf: [kind('a'), kind('b')] } },
  ],
  ['a narrower answer', { received: { type: ['string', 'null'] } }, { received: text }],
])('%s breaks nothing', (_what, before, now) => {
  expect(breaks(before, now)).toEqual([])
})

test.each<[string, JsonObject, JsonObject, string]>([
  [
    'another id',
    {},
    { operationId: 'createThing' },
    'operationId was makeThing, is createThing: clients that were generated call it by that',
  ],
  [
    'another scope',
    { 'x-dure-scopes': ['a:read'] },
    { 'x-dure-scopes': ['a:write'] },
    'scopes needs a:write, which keys of today may lack',
  ],
  ['a key where none was needed', { security: [] }, {}, 'security needs a key now'],
  [
    'a parameter that must be sent',
    {},
    { parameters: [{ in: 'query', name: 'q', required: true }] },
    'query q must be sent now',
  ],
  [
    'a parameter that is gone',
    { parameters: [{ in: 'header', name: 'If-Match' }] },
    {},
    'header if-match is gone',
  ],
  [
    'a narrower parameter',
    { parameters: [{ in: 'query', name: 'q', schema: {} }] },
    { parameters: [{ in: 'query', name: 'q', schema: { maxLength: 1 } }] },
    'query q maxLength is 1, was without a limit',
  ],
  [
    'a status that is gone',
    { responses: { 202: {} } },
    { responses: { 200: {} } },
    'response 202 is gone',
  ],
  [
    'a media type that is gone',
    { responses: { 200: { content: { 'text/event-stream': {} } } } },
    { responses: { 200: {} } },
    'response 200 text/event-stream is gone',
  ],
  [
    'a header that is gone',
    { responses: { 200: { headers: { etag: {} } } } },
    { responses: { 200: {} } },
    'response 200 header etag is gone',
  ],
  [
    'a body that must be sent',
    { requestBody: {} },
    { requestBody: { required: true } },
    'request body must be sent now',
  ],
])('%s breaks', (_what, before, now, message) => {
  expect(breaks({ operation: before }, { operation: now })).toEqual([message])
})

test('an operation that is gone breaks, one that is new does not', () => {
  const before = documentOf({})
  expect(breaksBetween(before, { paths: {} })).toEqual([
    { where: 'POST /v1/things', message: 'is gone' },
  ])
  expect(breaksBetween({ paths: {} }, before)).toEqual([])
})

test('the comparison of what contains itself ends, and finds what is new inside', () => {
  const tree = (leaf: Json): JsonObject => ({
    ...documentOf({}),
    components: {
      schemas: {
        Sent: object({ children: { items: { $ref: '#/components/schemas/Sent' } }, leaf }),
      },
    },
  })
  expect(breaksBetween(tree(text), tree(text))).toEqual([])
  expect(breaksBetween(tree(text), tree({ type: 'number' }))).toEqual([
    { where: 'POST /v1/things: request/leaf', message: 'does not take string any more' },
  ])
})

test('an operation that is in no release is named, and breaks nobody', () => {
  const released = documentOf({})
  const now = {
    ...released,
    paths: { ...(released.paths as JsonObject), '/v1/others': { get: { operationId: 'others' } } },
  }
  expect(unreleasedIn(released, now)).toEqual(['GET /v1/others'])
  expect(unreleasedIn(now, released)).toEqual([])
  expect(breaksBetween(released, now)).toEqual([])
})
