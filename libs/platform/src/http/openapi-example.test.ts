import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { exampleOf } from './openapi-example.ts'
import type { JsonObject } from './openapi-json.ts'

const sent = (schema: object) => exampleOf(schema as JsonObject, 'sent')
const received = (schema: object) => exampleOf(schema as JsonObject, 'received')
const Thing = Type.Object({
  id: Type.String({ pattern: '^thing_[0-9a-f]{32}$' }),
  name: Type.String(),
  kind: Type.Enum(['small', 'large']),
  at: Type.Union([Type.Null(), Type.String({ format: 'date-time' })]),
  note: Type.Optional(Type.String({ minLength: 30, maxLength: 40 })),
  count: Type.Optional(Type.Integer({ minimum: 5, examples: [7] })),
})

test('what is received is shown with everything, what is sent with what is needed or has an example', () => {
  const needed = {
    id: 'thing_0198c0de4a7b7c3e9f10223344556677',
    name: 'Answer a customer',
    kind: 'small',
    at: null,
    count: 7,
  }
  expect(sent(Thing)).toEqual(needed)
  expect(received(Thing)).toEqual({
    ...needed,
    note: 'text text text text text text t'.slice(0, 30),
  })
})

test.each<[string, object, unknown]>([
  ['an example', { type: 'string', examples: ['x'], default: 'y' }, 'x'],
  ['a default', { type: 'integer', default: 3, minimum: 1 }, 3],
  ['a constant', { const: 'x' }, 'x'],
  ['a limit', { type: 'integer', minimum: 4 }, 4],
  ['another limit', { type: 'integer', maximum: 0 }, 0],
  ['a number of items', { type: 'array', items: { type: 'boolean' }, minItems: 2 }, [true, true]],
  [
    'all of several',
    { allOf: [Type.Object({ a: Type.Null() }), Type.Object({ b: Type.Null() })] },
    { a: null, b: null },
  ],
  ['a format', { type: 'string', format: 'date' }, '2026-01-02'],
])('an example follows %s', (_what, schema, example) => {
  expect(received(schema)).toEqual(example)
})

test.each<[string, object]>([
  ['a pattern that says too little', { type: 'string', pattern: '^a+b$' }],
  ['a format that is not known', { type: 'string', format: 'binary' }],
  ['an example that is wrong', { type: 'string', examples: [1] }],
  ['a property that has none', Type.Object({ a: Type.String({ pattern: 'x' }) })],
])('there is none rather than a wrong one: %s', (_what, schema) => {
  expect(received(schema)).toBeUndefined()
})
