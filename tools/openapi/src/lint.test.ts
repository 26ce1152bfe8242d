import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@dure/dev'
import { beforeAll, describe, expect, test } from 'vitest'
import { breaksBetween } from './breaking.ts'
import { CLIENT_TYPES, clientTypesOf } from './client-types.ts'
import { examplesIn } from './examples.ts'
import { type JsonObject, operationsOf } from './json.ts'
import { lint } from './lint.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const document = (name: string) => JSON.parse(read(`docs/openapi/${name}.json`)) as JsonObject

/** All rules on all operations: a busy machine takes its time. */
const LINT_MS = 180_000

describe.each(['openapi', 'v1', 'v2'])('docs/openapi/%s.json', (name) => {
  test('is clean under Redocly, Spectral and our own rules', { timeout: LINT_MS }, async () => {
    expect(await lint(document(name))).toEqual([])
  })

  test('has examples, and every one is what its schema says', () => {
    const examples = examplesIn(document(name))
    expect(examples.length).toBeGreaterThan(operationsOf(document(name)).length)
    expect(examples.filter(({ errors }) => errors.length > 0)).toEqual([])
  })
})

test('v1 breaks no client of its baseline', () => {
  expect(breaksBetween(document('v1.baseline'), document('v1'))).toEqual([])
})

test('the types of the client are those of the document', async () => {
  expect((await clientTypesOf(document('openapi'))) === read(CLIENT_TYPES)).toBe(true)
})

/** Closed but for the objects of its list. */
const OPEN_INSIDE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    all: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
}

/** The linters would be silent as well if they read nothing. */
describe('each linter', () => {
  let found: Awaited<ReturnType<typeof lint>>
  beforeAll(async () => {
    found = await lint({
      openapi: '3.1.0',
      info: { title: 'Bad', version: '1' },
      servers: [{ url: '/' }],
      paths: {
        '/metrics': {},
        '/v1/things/{thingId}': {
          post: {
            operationId: 'changeThing',
            requestBody: { content: { 'application/json': { schema: OPEN_INSIDE } } },
            responses: {},
          },
          get: {
            operationId: 'things',
            responses: {
              200: {
                description: 'ok',
                content: { 'application/json': { schema: { type: 'string' }, example: 1 } },
              },
            },
          },
        },
      },
    })
  })

  test.each([
    ['redocly', 'operation-summary'],
    ['redocly', 'path-parameters-defined'],
    ['redocly', 'no-invalid-media-type-examples'],
    ['spectral', 'operation-description'],
    ['spectral', 'oas3-valid-media-example'],
    ['dure', 'operation-id'],
    ['dure', 'public-path'],
    ['dure', 'scopes'],
    ['dure', 'problems'],
    ['dure', 'valid-examples'],
    ['dure', 'closed-bodies'],
  ])('%s finds %s', (linter, rule) => {
    expect(found).toContainEqual(expect.objectContaining({ linter, rule }))
  })

  test('an object that takes anything is named, and a map is none', () => {
    const open = found.filter(({ rule }) => rule === 'closed-bodies')
    expect(open.map(({ message }) => message)).toEqual([expect.stringContaining('#/all/*:')])
  })
})
