import { EvaluatorId, Page, PageQuery, Problem } from '@dure/contracts'
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
import type { EvaluatorService } from './service.ts'
import { EvaluatorView, SaveEvaluator, viewEvaluator } from './view.ts'

const OfEvaluator = Type.Object({ evaluatorId: EvaluatorId })
const tags = ['evaluators']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const

/** Under `/v2`. */
export const evaluatorRoutes: FastifyPluginAsyncTypebox<{
  readonly evaluators: EvaluatorService
}> = async (app, { evaluators }) => {
  answerLostUpdates(app)

  app.post(
    '/evaluators',
    {
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'createEvaluator',
        summary: 'Say how the answers of agents are scored',
        tags,
        body: SaveEvaluator,
        response: { 201: EvaluatorView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await evaluators.create(identityOf(request), request.body)
      return reply
        .code(201)
        .header('location', `/v2/evaluators/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewEvaluator(created))
    },
  )

  app.get(
    '/evaluators',
    {
      config: read,
      schema: {
        operationId: 'listEvaluators',
        summary: 'List the evaluators of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(EvaluatorView, 'EvaluatorPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'evr') }
      const found = await evaluators.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewEvaluator), nextCursor }
    },
  )

  app.get(
    '/evaluators/:evaluatorId',
    {
      config: read,
      schema: {
        operationId: 'getEvaluator',
        summary: 'Get an evaluator',
        tags,
        params: OfEvaluator,
        response: { 200: EvaluatorView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { evaluatorId } = request.params
      const found = await evaluators.get(identityOf(request).tenant, evaluatorId)
      return reply.header('etag', etagOf(found)).send(viewEvaluator(found))
    },
  )

  app.put(
    '/evaluators/:evaluatorId',
    {
      config: write,
      schema: {
        operationId: 'replaceEvaluator',
        summary: 'Change an evaluator; experiments that were begun judge as they were told',
        tags,
        params: OfEvaluator,
        headers: IfMatch,
        body: SaveEvaluator,
        response: { 200: EvaluatorView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const change = { draft: request.body, expected: expectedRevisions(request.headers) }
      const replaced = await evaluators.replace(tenant, request.params.evaluatorId, change)
      return reply.header('etag', etagOf(replaced)).send(viewEvaluator(replaced))
    },
  )

  app.delete(
    '/evaluators/:evaluatorId',
    {
      config: write,
      schema: {
        operationId: 'deleteEvaluator',
        summary: 'Delete an evaluator; experiments keep what they judged by',
        tags,
        params: OfEvaluator,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const expected = expectedRevisions(request.headers)
      await evaluators.remove(tenant, request.params.evaluatorId, expected)
      return reply.code(204).send(null)
    },
  )
}
