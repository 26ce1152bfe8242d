import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Source } from './exposed.ts'
import type { Json, JsonObject } from './json.ts'
import { type MergeOptions, mergeParts, partsOf } from './merge.ts'
import { faultInMerge } from './proof.ts'
import { onlyVersion } from './versions.ts'

const options: MergeOptions = {
  isExposed: (path) => !path.startsWith('/internal'),
  isKeyless: () => false,
  frame: { openapi: '3.1.0', info: { title: 'All' } },
  securitySchemes: {},
}

/** Few names for much, so that most of them mean something else in every service. */
const NAMES = ['Run', 'Item', 'default', 'Workflow_Run', 'properties']
const name = fc.constantFrom(...NAMES)
const ref = (kind: string) => name.map((of) => ({ $ref: `#/components/${kind}/${of}` }))
const word = fc.constantFrom('a', 'b')
const schemaRef = ref('schemas')

const schema: fc.Arbitrary<JsonObject> = fc.oneof(
  schemaRef,
  fc.record({ type: fc.constant('string'), title: word, default: word }),
  fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(name, fc.oneof(schemaRef, fc.record({ title: word }))),
    default: fc.record({ $ref: fc.constant('#/components/schemas/Run') }),
  }),
  fc.tuple(name, name, fc.boolean()).map(([one, other, bare]) => ({
    oneOf: [one, other].map((of) => ({ $ref: `#/components/schemas/${of}` })),
    discriminator: {
      propertyName: 'type',
      mapping: { one, other: bare ? other : `#/components/schemas/${other}` },
    },
  })),
)
const media = fc.record({
  'application/json': fc.oneof(
    fc.record({ schema }),
    fc.record({ schema, examples: fc.dictionary(name, ref('examples'), { maxKeys: 2 }) }),
  ),
})
const operationId = fc.constantFrom('list', 'start', 'Workflow_list')
const link = fc.oneof(
  ref('links'),
  operationId.map((id) => ({ operationId: id })),
  fc.constant({ operationRef: '#/paths/~1v1~1workflow/get' }),
)
const response = fc.record({
  description: word,
  headers: fc.dictionary(name, ref('headers'), { maxKeys: 2 }),
  content: media,
  links: fc.dictionary(name, link, { maxKeys: 2 }),
})
const body = fc.oneof(ref('requestBodies'), fc.record({ content: media }))
const callbackItem = fc.record({
  post: fc.record({ requestBody: body, responses: fc.record({ 200: ref('responses') }) }),
})

const operation = fc.record({
  tags: fc.array(word, { maxLength: 2 }),
  parameters: fc.array(ref('parameters'), { maxLength: 2 }),
  requestBody: body,
  responses: fc.record({ 200: fc.oneof(ref('responses'), response), default: ref('responses') }),
  callbacks: fc.dictionary(
    name,
    fc.oneof(ref('callbacks'), fc.record({ '{$url}': callbackItem })),
    {
      maxKeys: 1,
    },
  ),
  security: fc.constant([{ internal: [] }]),
})

/** A component of every name and of every kind, so that no reference is without an end. */
const all = (value: fc.Arbitrary<Json>) =>
  fc.record(Object.fromEntries(NAMES.map((of) => [of, value])))
const components = fc.record({
  schemas: all(schema).map(breakCircles),
  responses: all(response),
  parameters: all(fc.record({ name: word, in: fc.constant('query'), schema })),
  examples: all(fc.record({ value: word })),
  requestBodies: all(fc.record({ content: media })),
  headers: all(fc.record({ schema })),
  links: all(operationId.map((id) => ({ operationId: id }))),
  callbacks: all(fc.record({ '{$url}': callbackItem })),
})

/** A schema that is nothing but a reference could lead to itself, which means nothing. */
function breakCircles(schemas: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(schemas).map(([of, value]) => [of, { allOf: [value], description: 'named' }]),
  )
}

const source = (service: string): fc.Arbitrary<Source> =>
  fc
    .record({
      first: operation,
      second: operation,
      hidden: operation,
      webhooks: fc.dictionary(name, fc.record({ post: operation }), { maxKeys: 2 }),
      components,
    })
    .map(({ first, second, hidden, webhooks, components: parts }) => ({
      service,
      document: JSON.parse(
        JSON.stringify({
          openapi: '3.1.0',
          paths: {
            [`/v1/${service}`]: { get: { operationId: 'list', ...first } },
            [`/v2/${service}`]: { post: { operationId: 'start', ...second } },
            [`/internal/${service}`]: { post: { operationId: 'hidden', ...hidden } },
          },
          webhooks,
          components: parts,
        }),
      ) as JsonObject,
    }))

const sources = fc.tuple(source('workflow'), source('agent'), source('knowledge'))

test('every operation and webhook means after the merge what it meant before', () => {
  fc.assert(
    fc.property(sources, (all) => {
      const parts = partsOf(all, options)
      const merged = mergeParts(parts, options)
      expect(faultInMerge(parts, merged)).toBeUndefined()
      const again = mergeParts(partsOf(all.toReversed(), options), options)
      expect(JSON.stringify(again)).toBe(JSON.stringify(merged))
    }),
    { numRuns: 150 },
  )
})

test('what one version says is what the whole says of it', () => {
  fc.assert(
    fc.property(sources, (all) => {
      const merged = mergeParts(partsOf(all, options), options)
      const part = onlyVersion(merged, 'v2')
      // Links to the other version are gone from both.
      const kept = { service: 'v2', document: part }
      expect(faultInMerge([kept], part)).toBeUndefined()
      expect(Object.keys(part.paths as object)).toEqual([
        '/v2/agent',
        '/v2/knowledge',
        '/v2/workflow',
      ])
      expect(JSON.stringify(part)).not.toContain('/internal/')
    }),
    { numRuns: 50 },
  )
})

test.each<[string, (merged: JsonObject) => void]>([
  ['that lost a path', ({ paths }) => Reflect.deleteProperty(paths as object, '/v1/agent')],
  ['that gained one', ({ paths }) => Object.assign(paths as object, { '/x': { get: {} } })],
  [
    'whose component has changed',
    ({ components }) =>
      Object.assign((components as { schemas: JsonObject }).schemas, { Run: { title: 'other' } }),
  ],
  [
    'that lost a component',
    ({ components }) => Reflect.deleteProperty(components as object, 'schemas'),
  ],
  ['that lost its webhooks', (merged) => Reflect.deleteProperty(merged, 'webhooks')],
])('a merge %s is found out', (_what, spoil) => {
  const schemaOf = (of: string) => ({
    content: { 'application/json': { schema: schemaRefOf(of) } },
  })
  const document = {
    paths: { '/v1/agent': { get: { operationId: 'list', responses: { 200: schemaOf('Run') } } } },
    webhooks: { changed: { post: { requestBody: schemaOf('Run') } } },
    components: { schemas: { Run: { title: 'a run' } } },
  }
  const parts = partsOf([{ service: 'agent', document }], options)
  const merged = structuredClone(mergeParts(parts, options))
  expect(faultInMerge(parts, merged)).toBeUndefined()
  spoil(merged)
  expect(faultInMerge(parts, merged)).toBeDefined()
})

function schemaRefOf(of: string) {
  return { $ref: `#/components/schemas/${of}` }
}
