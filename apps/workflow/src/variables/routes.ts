import { Page, PageQuery, Problem } from '@dure/contracts'
import {
  answerLostUpdates,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { VariableService } from './service.ts'
import { CreateVariable, UpdateVariable, VariableId, VariableView, viewVariable } from './view.ts'

const OfVariable = Type.Object({ variableId: VariableId })
const tags = ['variables']
const read = { scope: 'variables:read' } as const
const write = { scope: 'variables:write' } as const

/** Under `/v1`. */
export const variableRoutes: FastifyPluginAsyncTypebox<{
  readonly variables: VariableService
}> = async (app, { variables }) => {
  answerLostUpdates(app)

  app.post(
    '/variables',
    {
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'createVariable',
        summary: 'Give a name to a value that workflows share',
        description:
          'A run that begins later reads it as `vars.<name>`. It is no place for secrets.',
        tags,
        body: CreateVariable,
        response: { 201: VariableView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await variables.create(identityOf(request), request.body)
      return reply
        .code(201)
        .header('location', `/v1/variables/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewVariable(created))
    },
  )

  app.get(
    '/variables',
    {
      config: read,
      schema: {
        operationId: 'listVariables',
        summary: 'List the variables of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(VariableView, 'VariablePage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const found = await variables.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewVariable), nextCursor }
    },
  )

  app.get(
    '/variables/:variableId',
    {
      config: read,
      schema: {
        operationId: 'getVariable',
        summary: 'Get a variable',
        tags,
        params: OfVariable,
        response: { 200: VariableView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const variable = await variables.get(identityOf(request).tenant, request.params.variableId)
      return reply.header('etag', etagOf(variable)).send(viewVariable(variable))
    },
  )

  app.put(
    '/variables/:variableId',
    {
      config: write,
      schema: {
        operationId: 'updateVariable',
        summary: 'Give a variable another value; runs that have begun keep the one they have',
        tags,
        params: OfVariable,
        headers: IfMatch,
        body: UpdateVariable,
        response: { 200: VariableView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { value, description } = request.body
      const { tenant } = identityOf(request)
      const change = { value, description, expected: expectedRevisions(request.headers) }
      const updated = await variables.update(tenant, request.params.variableId, change)
      return reply.header('etag', etagOf(updated)).send(viewVariable(updated))
    },
  )

  app.delete(
    '/variables/:variableId',
    {
      config: write,
      schema: {
        operationId: 'deleteVariable',
        summary: 'Delete a variable; runs that have begun keep it',
        tags,
        params: OfVariable,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await variables.remove(identityOf(request).tenant, request.params.variableId, expected)
      return reply.code(204).send(null)
    },
  )
}
