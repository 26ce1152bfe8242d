import { expect, test } from 'vitest'
import type { Answer } from '../http/answer.ts'
import { type OpenApiDocument, operationsOf } from '../openapi/operation.ts'
import { compileSchemas } from '../openapi/schemas.ts'
import { createJudge } from './judge.ts'

const schema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
const document: OpenApiDocument = {
  paths: {
    '/v1/things': {
      get: {
        operationId: 'getThing',
        responses: {
          200: { content: { 'application/json': { schema } } },
          '4XX': { content: { 'application/problem+json': { schema: { type: 'object' } } } },
        },
      },
    },
  },
  components: { schemas: {} },
}
const [operation] = operationsOf(document)
const judge = createJudge(compileSchemas(document), new Set(['thing.not-found']))
const request = {
  wire: { method: 'GET', path: '/v1/things', headers: [] },
  pathParameters: {},
  isChanged: false,
}

function kindsOf(status: number, body: unknown, headers: Record<string, string> = {}) {
  const answer: Answer = {
    status,
    headers: { 'x-request-id': 'req_1', 'content-type': 'application/json', ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    surplus: 0,
    isReusable: true,
  }
  return judge.faultsIn(operation as never, request, answer).map(({ kind }) => kind)
}
const problem = { 'content-type': 'application/problem+json' }
const notFound = { status: 404, code: 'thing.not-found', requestId: 'req_1' }

test('good answers have no fault', () => {
  expect(kindsOf(200, { id: 'a' })).toEqual([])
  expect(kindsOf(404, notFound, problem)).toEqual([])
})

test.each([
  ['a failure of ours', kindsOf(500, {}), 'status-500'],
  ['a status that is not documented', kindsOf(302, {}), 'undocumented-302'],
  ['a body that breaks its schema', kindsOf(200, { id: 1 }), 'schema-200'],
  ['a body that is no JSON', kindsOf(200, '{'), 'not-json-200'],
  ['another media type', kindsOf(200, 'x', { 'content-type': 'text/html' }), 'media-type-200'],
  ['an error that is no problem', kindsOf(404, {}), 'no-problem-404'],
  ['a code that nobody explains', kindsOf(404, { ...notFound, code: 'x.y' }, problem), 'code-x.y'],
  ['another status', kindsOf(400, notFound, problem), 'problem-status'],
  [
    'words of the inside',
    kindsOf(404, { ...notFound, detail: 'see /src/a' }, problem),
    'internal-/src/',
  ],
  [
    'a pointer that is none',
    kindsOf(404, { ...notFound, errors: [{ pointer: '/a' }] }, problem),
    'pointer',
  ],
  [
    'an answer without its id',
    kindsOf(200, { id: 'a' }, { 'x-request-id': undefined as never }),
    'no-request-id',
  ],
])('%s is a fault', (_what, kinds, kind) => {
  expect(kinds).toContain(kind)
})
