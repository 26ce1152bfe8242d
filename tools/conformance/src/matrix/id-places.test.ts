import { expect, test } from 'vitest'
import { type OpenApiDocument, operationsOf } from '../openapi/operation.ts'
import { essenceOf } from './client.ts'
import { idPlacesOf, unknownInPath } from './id-places.ts'

const id = (prefix: string) => ({ type: 'string', pattern: `^${prefix}_[0-9a-f]{32}$` })
const document: OpenApiDocument = {
  paths: {
    '/v1/runs/{runId}': {
      post: {
        operationId: 'change',
        parameters: [
          { in: 'path', name: 'runId', schema: id('run') },
          { in: 'query', name: 'workflowId', schema: id('wf') },
          { in: 'query', name: 'limit', schema: { type: 'integer' } },
        ],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Change' } } },
        },
        responses: {},
      },
    },
  },
  components: {
    schemas: {
      Change: {
        type: 'object',
        properties: {
          bases: { type: 'array', items: id('kb') },
          secret: { type: 'string', 'x-dure-ref': 'sec' },
          either: { anyOf: [{ type: 'null' }, { properties: { key: id('key') } }] },
          model: { type: 'string', pattern: '^[^x]+$', 'x-dure-ref': 'model' },
          ref: { type: 'string', pattern: '^wf_[0-9a-f]{32}(?:@[a-z]+)?$' },
          parent: { $ref: '#/components/schemas/Change' },
        },
      },
    },
  },
}

test('ids are found in paths, in queries, and deep in bodies', () => {
  const [operation] = operationsOf(document)
  const places = idPlacesOf(operation as never, document).map(
    ({ place, prefix }) => `${place} ${prefix}`,
  )

  expect(places).toEqual(
    expect.arrayContaining([
      'path:runId run',
      'query:workflowId wf',
      'body:/bases/0 kb',
      'body:/secret sec',
      'body:/model model',
      'body:/ref wf',
      'body:/either/key key',
      'body:/parent/secret sec',
    ]),
  )
  expect(places.join()).not.toContain('limit')
})

test('what stands in a path has to be an id, or to be named as something else', () => {
  const [operation] = operationsOf(document)
  const parameters = [
    { in: 'path', name: 'runId', schema: id('run') },
    { in: 'path', name: 'token', schema: { type: 'string' } },
    { in: 'query', name: 'limit', schema: { type: 'integer' } },
  ] as const
  const unknownOf = (operationId: string) =>
    unknownInPath({ ...operation, operationId, parameters } as never)

  expect(unknownOf('change')).toEqual(['token'])
  expect(unknownOf('receiveHook')).toEqual([])
})

test('two answers are the same when only the id and what names the request differ', () => {
  const reply = (asked: string, detail: string) => ({
    status: 404,
    code: 'run.not-found',
    body: { code: 'run.not-found', detail, instance: `/v1/runs/${asked}`, requestId: asked },
  })
  const essence = (asked: string, detail: string) =>
    essenceOf(reply(asked, detail), 'run_1', 'run_2')

  expect(essence('run_1', 'No run_1')).toBe(essence('run_2', 'No run_2'))
  expect(essence('run_1', 'No run')).not.toBe(essence('run_2', 'It is of somebody else'))
})
