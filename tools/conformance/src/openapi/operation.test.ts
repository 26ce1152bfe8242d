import { expect, test } from 'vitest'
import { operationsOf } from './operation.ts'

const refused = { content: { 'application/problem+json': { schema: { type: 'object' } } } }
const documentWith = (responses: Record<string, typeof refused>) => ({
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        responses: { 429: { $ref: '#/components/responses/Refused' } },
      },
    },
  },
  components: { schemas: {}, responses },
})

test('an answer that is described by reference is described like any other', () => {
  const [operation] = operationsOf(documentWith({ Refused: refused }))
  expect(operation?.responses).toEqual({ 429: refused })
})

test('a reference to nothing is a broken document', () => {
  expect(() => operationsOf(documentWith({}))).toThrow('#/components/responses/Refused')
})
