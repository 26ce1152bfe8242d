import { describe, expect, test } from 'vitest'
import type { Source } from './exposed.ts'
import { isJsonObject, type Json, type JsonObject, objectOr } from './json.ts'
import { faultOf, type MergeOptions, mergeParts, partsOf } from './merge.ts'
import { faultInMerge } from './proof.ts'

const everything: MergeOptions = {
  isExposed: () => true,
  isKeyless: () => false,
  frame: { openapi: '3.1.0' },
  securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
}
function merge(sources: readonly Source[], options: MergeOptions) {
  const parts = partsOf(sources, options)
  const merged = mergeParts(parts, options)
  expect(faultInMerge(parts, merged)).toBeUndefined()
  return merged
}
const mergeAll = (...sources: Source[]) => merge(sources, everything)

/** A part of a document with every reference, and every mapping, replaced by what it points to. */
function dereferenced(document: JsonObject, part: Json, within: readonly string[] = []): Json {
  if (Array.isArray(part)) return part.map((item) => dereferenced(document, item, within))
  if (!isJsonObject(part)) return part
  const entries = Object.entries(part).map(([key, value]): [string, Json] => {
    const isPointer = key === '$ref' || within.at(-1) === 'mapping'
    if (key === 'default' && within.at(-1) !== 'properties' && within.at(-1) !== 'responses') {
      return [key, value]
    }
    if (!isPointer || typeof value !== 'string') {
      return [key, dereferenced(document, value, [...within, key])]
    }
    const pointer = value.startsWith('#') ? value : `#/components/schemas/${value}`
    // A schema that contains itself is compared as far as it is new.
    if (within.includes(pointer))
      return [key, `again, ${within.length - within.indexOf(pointer)} up`]
    return [key, dereferenced(document, at(document, pointer), [...within, pointer])]
  })
  return Object.fromEntries(entries)
}

function at(document: JsonObject, pointer: string): Json {
  let value: Json | undefined = document
  for (const step of pointer.slice(2).split('/')) value = objectOr(value)[step]
  if (value === undefined) throw new Error(`${pointer} points nowhere`)
  return value
}

const ok = (schema: Json) => ({ description: 'ok', content: { 'application/json': { schema } } })
const ref = (name: string, kind = 'schemas') => ({ $ref: `#/components/${kind}/${name}` })

/** Two services that share some names, by luck or by mistake. */
const workflow = {
  service: 'workflow',
  document: {
    openapi: '3.1.0',
    tags: [{ name: 'runs', description: 'Executions' }],
    paths: {
      '/v1/runs': {
        get: {
          operationId: 'list',
          tags: ['runs'],
          security: [{ internal: [] }],
          parameters: [ref('Limit', 'parameters')],
          responses: { default: ref('Failed', 'responses'), 200: ok(ref('Page')) },
        },
        post: {
          operationId: 'startRun',
          requestBody: { content: { 'application/json': { schema: ref('Step') } } },
          responses: { 201: { description: 'ok', links: { list: { operationId: 'list' } } } },
        },
      },
    },
    webhooks: {
      changed: { post: { operationId: 'onRun', responses: { 200: ok(ref('Run')) } } },
    },
    components: {
      schemas: {
        Problem: { type: 'object', properties: { code: { type: 'string' } } },
        Page: { type: 'object', properties: { data: { type: 'array', items: ref('Item') } } },
        Item: ref('Run'),
        Run: {
          type: 'object',
          properties: { parent: ref('Run'), default: ref('Problem'), id: { type: 'string' } },
          default: { $ref: 'not a reference' },
        },
        Step: {
          oneOf: [ref('Run'), ref('Cat')],
          discriminator: {
            propertyName: 'type',
            mapping: { run: '#/components/schemas/Run', cat: 'Cat' },
          },
        },
        Cat: { type: 'object', title: 'a workflow cat' },
      },
      parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
      responses: { Failed: ok(ref('Problem')) },
      securitySchemes: { internal: { type: 'http', scheme: 'bearer' } },
    },
  },
} satisfies Source

const knowledge = {
  service: 'knowledge',
  document: {
    openapi: '3.1.0',
    paths: {
      '/v1/knowledge-bases': {
        get: {
          operationId: 'list',
          tags: ['knowledge'],
          parameters: [ref('Limit', 'parameters')],
          responses: {
            default: ref('Failed', 'responses'),
            200: ok(ref('Page')),
            203: ok({ anyOf: [ref('Cat'), ref('Workflow_Cat')] }),
          },
        },
      },
      '/internal': { get: { operationId: 'hidden', responses: {} } },
    },
    webhooks: {
      changed: { post: { operationId: 'onDocument', responses: { 200: ok(ref('Run')) } } },
    },
    components: {
      schemas: {
        Problem: { properties: { code: { type: 'string' } }, type: 'object' },
        // The same words as in the other service; what they point to is not the same.
        Page: { type: 'object', properties: { data: { type: 'array', items: ref('Item') } } },
        Item: ref('Run'),
        Run: { type: 'object', title: 'an ingestion' },
        Cat: { type: 'object', title: 'a knowledge cat' },
        Workflow_Cat: { type: 'object', title: 'in the way' },
        Unused: { type: 'object', properties: { page: ref('Page') } },
      },
      parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'string' } } },
      responses: { Failed: ok(ref('Problem')) },
    },
  },
} satisfies Source

describe('the merged document', () => {
  const merged = mergeAll(workflow, knowledge)
  const names = (kind: string) => Object.keys(objectOr(at(merged, `#/components/${kind}`)))

  test.each([workflow, knowledge])('means for $service what it meant before', ({ document }) => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, before] of Object.entries(objectOr(item as Json))) {
        const {
          security: _,
          operationId: _id,
          ...expected
        } = objectOr(dereferenced(document, before as Json))
        const after = objectOr(objectOr(objectOr(merged.paths)[path])[method])
        const { operationId: _other, ...actual } = objectOr(dereferenced(merged, after))
        expect(withoutLinks(actual)).toEqual(withoutLinks(expected))
      }
    }
  })

  test('has one name for what means the same, and one each for what does not', () => {
    expect(names('schemas')).toEqual([
      'Knowledge_Cat',
      'Knowledge_Item',
      'Knowledge_Page',
      'Knowledge_Run',
      'Problem',
      'Step',
      'Workflow_Cat',
      'Workflow_Cat_',
      'Workflow_Item',
      'Workflow_Page',
      'Workflow_Run',
    ])
    expect(names('parameters')).toEqual(['Knowledge_Limit', 'Workflow_Limit'])
    expect(names('responses')).toEqual(['Failed'])
  })

  test('has mappings that follow their schemas, and leaves data alone', () => {
    expect(at(merged, '#/components/schemas/Step/discriminator/mapping')).toEqual({
      run: '#/components/schemas/Workflow_Run',
      cat: 'Workflow_Cat_',
    })
    expect(at(merged, '#/components/schemas/Workflow_Run/default')).toEqual({
      $ref: 'not a reference',
    })
    expect(at(merged, '#/components/schemas/Workflow_Run/properties/default')).toEqual(
      ref('Problem'),
    )
  })

  test('has unique operation ids, which links follow', () => {
    const paths = objectOr(merged.paths)
    expect(objectOr(objectOr(paths['/v1/runs']).get).operationId).toBe('Workflow_list')
    expect(objectOr(objectOr(paths['/v1/knowledge-bases']).get).operationId).toBe('Knowledge_list')
    const { post } = objectOr(paths['/v1/runs'])
    expect(post).toMatchObject({
      operationId: 'startRun',
      responses: { 201: { links: { list: { operationId: 'Workflow_list' } } } },
    })
  })

  test('keeps every webhook', () => {
    expect(Object.keys(objectOr(merged.webhooks))).toEqual([
      'Knowledge_changed',
      'Workflow_changed',
    ])
  })

  test('says how to authenticate at the gateway, and not how the services do', () => {
    expect(objectOr(merged.components).securitySchemes).toEqual(everything.securitySchemes)
    expect(JSON.stringify(merged)).not.toContain('{"internal":')
  })

  test('lists every tag', () => {
    expect(merged.tags).toEqual([
      { name: 'knowledge' },
      { name: 'runs', description: 'Executions' },
    ])
  })

  test('points nowhere that is not there, and does not depend on the order', () => {
    expect(faultOf(merged)).toBeUndefined()
    expect(JSON.stringify(mergeAll(knowledge, workflow))).toBe(JSON.stringify(merged))
  })

  test('shows only what can be reached', () => {
    const { paths } = merge([knowledge], {
      ...everything,
      isExposed: (path) => path.startsWith('/v1/'),
    })
    expect(Object.keys(objectOr(paths))).toEqual(['/v1/knowledge-bases'])
  })
})

test('a document alone keeps its names', () => {
  const { components } = mergeAll(workflow)
  expect(Object.keys(objectOr(objectOr(components).schemas))).toEqual(
    Object.keys(workflow.document.components.schemas).sort(),
  )
})

test.each([
  ['no object', null, 'is not an object'],
  ['of another version', { openapi: '3.0.0', paths: {} }, 'is not OpenAPI 3.1'],
  ['without paths', { openapi: '3.1.0' }, 'has no paths'],
  [
    'with a dangling reference',
    { openapi: '3.1.0', paths: { '/x': { get: { responses: { 200: ok(ref('Gone')) } } } } },
    'points to schemas/Gone, which is not there',
  ],
])('a document %s is refused', (_name, document, fault) => {
  expect(faultOf(document)).toBe(fault)
})

/** Links name operations, and those are renamed on purpose. */
function withoutLinks(operation: JsonObject): Json {
  return JSON.parse(
    JSON.stringify(operation, (key, value) => (key === 'links' ? undefined : value)),
  )
}
