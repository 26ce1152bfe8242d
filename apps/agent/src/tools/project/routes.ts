import { Page, PageQuery, Problem, ToolId } from '@dure/contracts'
import {
  answerLostUpdates,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  onceIdOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ToolCatalogue } from './catalogue.ts'
import type { ProjectToolService } from './service.ts'
import { draftOf, SaveTool, ToolTrial, ToolView, TryTool, viewTool } from './view.ts'

const OfTool = Type.Object({ toolId: ToolId })
const tags = ['tools']
const read = { scope: 'tools:read' } as const
const write = { scope: 'tools:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

export interface ToolRoutesOptions {
  readonly projectTools: ProjectToolService
  readonly catalogue: ToolCatalogue
}

/** Under `/v1`. */
export const toolRoutes: FastifyPluginAsyncTypebox<ToolRoutesOptions> = async (
  app,
  { projectTools, catalogue },
) => {
  answerLostUpdates(app)

  app.post(
    '/tools',
    {
      config: act,
      schema: {
        operationId: 'createTool',
        summary: 'Make a tool of an HTTP request, or of code',
        tags,
        body: SaveTool,
        response: { 201: ToolView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await projectTools.create(identityOf(request), draftOf(request.body))
      return reply
        .code(201)
        .header('location', `/v1/tools/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewTool(created))
    },
  )

  app.get(
    '/tools',
    {
      config: read,
      schema: {
        operationId: 'listTools',
        summary: 'List the tools of the project, newest first, then those that are built in',
        tags,
        querystring: Type.Object({
          ...PageQuery.properties,
          kind: Type.Optional(Type.Enum(['builtin', 'http', 'openapi', 'code'])),
        }),
        response: { 200: Page(ToolView, 'ToolPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, kind } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'tool'), kind }
      const found = await catalogue.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(({ view }) => view), nextCursor }
    },
  )

  app.get(
    '/tools/:toolId',
    {
      config: read,
      schema: {
        operationId: 'getTool',
        summary: 'Get a tool',
        tags,
        params: OfTool,
        response: { 200: ToolView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { view } = await catalogue.get(identityOf(request).tenant, request.params.toolId)
      return reply.header('etag', etagOf(view)).send(view)
    },
  )

  app.put(
    '/tools/:toolId',
    {
      config: write,
      schema: {
        operationId: 'replaceTool',
        summary: 'Replace a tool: agents have the new one from their next execution on',
        tags,
        params: OfTool,
        headers: IfMatch,
        body: SaveTool,
        response: { 200: ToolView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const change = {
        draft: draftOf(request.body),
        expected: expectedRevisions(request.headers),
      }
      const { tenant } = identityOf(request)
      const replaced = await projectTools.replace(tenant, request.params.toolId, change)
      return reply.header('etag', etagOf(replaced)).send(viewTool(replaced))
    },
  )

  app.delete(
    '/tools/:toolId',
    {
      config: write,
      schema: {
        operationId: 'deleteTool',
        summary: 'Delete a tool: executions of agents that have it cannot begin from now on',
        tags,
        params: OfTool,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await projectTools.remove(identityOf(request).tenant, request.params.toolId, expected)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/tools/:toolId/execute',
    {
      config: { ...write, idempotency: 'effect' },
      schema: {
        operationId: 'executeTool',
        summary: 'Try a tool out',
        description:
          'It does what it does: a tool that writes, writes. What fails in it is part of the answer; arguments that do not fit are a problem.',
        tags,
        params: OfTool,
        body: TryTool,
        response: { 200: ToolTrial, '4xx': Problem },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { view } = await catalogue.get(identity.tenant, request.params.toolId)
      const { name } = view
      return projectTools.tryOut(identity, { ...request.body, name, onceId: onceIdOf(request) })
    },
  )
}
