import { expect, test } from 'vitest'
import { differenceBetween } from './equality.ts'
import type { Json, JsonObject } from './json.ts'

const ref = (name: string, kind = 'schemas') => ({ $ref: `#/components/${kind}/${name}` })
const within = (schemas: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...more,
  components: { schemas },
})
const compare = (a: [JsonObject, Json], b: [JsonObject, Json]) =>
  differenceBetween({ document: a[0], value: a[1] }, { document: b[0], value: b[1] })

const text = { type: 'string' }
const number = { type: 'number' }

test('names of components say nothing, what they stand for does', () => {
  const left = within({ A: text })
  expect(compare([left, { x: ref('A') }], [within({ B: text }), { x: ref('B') }])).toBeUndefined()
  expect(compare([left, { x: ref('A') }], [within({}), { x: text }])).toBeUndefined()
  expect(compare([left, { x: ref('A') }], [within({ A: number }), { x: ref('A') }])).toBe(
    '#/x/type',
  )
  expect(compare([left, { x: ref('A') }], [within({}), { x: ref('A') }])).toBe('#/x')
  expect(compare([left, { ...ref('A'), title: 'a' }], [left, ref('A')])).toBeDefined()
})

test('descriptions that contain themselves are compared, and the comparison ends', () => {
  const tree = (name: string, leaf: Json) => ({
    properties: { children: { items: ref(name) }, leaf },
  })
  const once = within({ Tree: tree('Tree', text) })
  // The same, written as two that contain each other.
  const twice = within({ A: tree('B', text), B: tree('A', text) })
  const other = within({ A: tree('B', text), B: tree('A', number) })
  expect(compare([once, ref('Tree')], [twice, ref('A')])).toBeUndefined()
  expect(compare([once, ref('Tree')], [other, ref('A')])).toBe(
    '#/properties/children/items/properties/leaf/type',
  )
})

test('references that lead in a circle are different from everything', () => {
  const circle = within({ A: ref('B'), B: ref('A') })
  expect(compare([circle, ref('A')], [circle, ref('A')])).toBe('#')
})

test('does not write out what would never end: each layer stands for two of the next', () => {
  const layers = Array.from({ length: 200 }, (_, n) => [
    `L${n}`,
    { properties: { a: ref(`L${n + 1}`), b: ref(`L${n + 1}`) } },
  ])
  const deep = within({ ...Object.fromEntries(layers), L200: text })
  expect(compare([deep, ref('L0')], [deep, ref('L0')])).toBeUndefined()
})

test('data that looks like a reference is data', () => {
  const left = within({ A: text })
  const right = within({ B: text })
  expect(compare([left, { default: ref('A') }], [right, { default: ref('B') }])).toBe('#/default')
  const named = { properties: { default: ref('A') } }
  expect(compare([left, named], [right, { properties: { default: ref('B') } }])).toBeUndefined()
})

test('a mapping means the schema that it names, in either way', () => {
  const union = (target: string) => ({
    discriminator: { propertyName: 'type', mapping: { a: target } },
  })
  const left = within({ A: text })
  expect(compare([left, union('A')], [left, union('#/components/schemas/A')])).toBeUndefined()
  expect(compare([left, union('A')], [within({ B: text }), union('B')])).toBeUndefined()
  expect(compare([left, union('A')], [within({ B: number }), union('B')])).toBe(
    '#/discriminator/mapping/a/type',
  )
})

test('a link means the operation that it leads to', () => {
  const paths = (id: string, other: string) => ({
    paths: { '/a': { get: { operationId: id } }, '/b': { get: { operationId: other } } },
  })
  const link = (operationId: string) => ({ links: { next: { operationId } } })
  const left = within({}, paths('one', 'two'))
  const right = within({}, paths('eins', 'zwei'))
  expect(compare([left, link('one')], [right, link('eins')])).toBeUndefined()
  expect(compare([left, link('one')], [right, link('zwei')])).toBe('#/links/next/operationId')
})

test.each([
  [[1, 2], [1]],
  [{ a: 1 }, {}],
  [{ a: null }, { a: {} }],
  ['1', 1],
])('%j is not %j', (a, b) => {
  expect(compare([{}, a as Json], [{}, b as Json])).toBeDefined()
  expect(compare([{}, b as Json], [{}, a as Json])).toBeDefined()
})
