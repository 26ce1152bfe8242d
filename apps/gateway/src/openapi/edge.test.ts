import { expect, test } from 'vitest'
import { describeEdge } from './edge.ts'
import { type JsonObject, objectOr } from './json.ts'

const part = (operation: JsonObject, components: JsonObject = {}): JsonObject => ({
  paths: { '/v1/things': { summary: 'Things', get: operation } },
  components,
})
function described(document: JsonObject) {
  const { paths, components } = describeEdge(document)
  const item = objectOr(objectOr(paths)['/v1/things'])
  return { operation: objectOr(item.get), components: objectOr(components) }
}

test('adds what the gateway answers to a caller with a key', () => {
  const { operation, components } = described(part({ responses: { 200: { description: 'ok' } } }))
  expect(operation.responses).toMatchObject({
    200: {
      description: 'ok',
      headers: { RateLimit: { $ref: '#/components/headers/RateLimit' } },
    },
    401: { $ref: '#/components/responses/Unauthenticated' },
    403: { $ref: '#/components/responses/Forbidden' },
    429: { $ref: '#/components/responses/LimitExceeded' },
    503: { $ref: '#/components/responses/Unavailable' },
    504: { $ref: '#/components/responses/DeadlineExceeded' },
  })
  expect(components).toMatchObject({
    responses: {
      LimitExceeded: {
        headers: { 'Retry-After': {}, 'X-Request-Id': {}, 'RateLimit-Policy': {} },
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: { status: 429 },
          },
        },
      },
    },
    schemas: { Problem: { properties: { code: {} } } },
  })
})

test('a caller without a key is not asked for one', () => {
  const { operation } = described(part({ security: [], responses: {} }))
  expect(Object.keys(operation.responses as object)).toEqual(['429', '503', '504'])
})

test('what a service says itself stays as it is', () => {
  const own = { description: 'own', headers: { 'retry-after': { schema: {} } } }
  const { operation } = described(part({ responses: { 503: own } }))
  expect(operation.responses).toMatchObject({ 503: own })
  const { headers } = (operation.responses as { 503: JsonObject })[503]
  expect(Object.keys(headers as object)).not.toContain('Retry-After')
})

test('clients of OpenAI get errors in its shape', () => {
  const { get } = objectOr(
    objectOr(describeEdge({ paths: { '/openai/v1/models': { get: { responses: {} } } } }).paths)[
      '/openai/v1/models'
    ],
  )
  expect(get).toMatchObject({
    responses: { 401: { $ref: '#/components/responses/OpenAiUnauthenticated' } },
  })
})

test('what is on its way out says so, and what comes after', () => {
  const path = '/v1/runs/{runId}/events'
  const { paths } = describeEdge({
    paths: { [path]: { get: { description: 'Events.', responses: {} } } },
  })
  expect(objectOr(paths)[path]).toMatchObject({
    get: {
      deprecated: true,
      'x-sunset': expect.stringMatching(/GMT$/),
      description: expect.stringMatching(/^Events\. Deprecated\. .*\/v2\/runs\/\{runId\}\/events/),
    },
  })
})

test('a service may have used the names for something else', () => {
  const other = { type: 'string' }
  const { operation, components } = described(
    part({ responses: {} }, { schemas: { Problem: other }, responses: { Forbidden: ref('X') } }),
  )
  expect(operation.responses).toMatchObject({ 403: { $ref: '#/components/responses/Forbidden_' } })
  expect(components).toMatchObject({
    schemas: { Problem: other, Problem_: { type: 'object' } },
    responses: { Forbidden: ref('X') },
  })
})

function ref(name: string) {
  return { $ref: `#/components/responses/${name}` }
}
