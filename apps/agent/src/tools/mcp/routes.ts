import { McpServerId, Page, PageQuery, Problem } from '@dure/contracts'
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
import type { McpService } from './service.ts'
import { draftOf, McpServerView, SaveMcpServer, viewServer } from './view.ts'

export const OfServer = Type.Object({ serverId: McpServerId })
const tags = ['tools']
const read = { scope: 'tools:read' } as const
const write = { scope: 'tools:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v1`. */
export const mcpServerRoutes: FastifyPluginAsyncTypebox<{ readonly mcp: McpService }> = async (
  app,
  { mcp },
) => {
  answerLostUpdates(app)

  app.post(
    '/mcp-servers',
    {
      config: act,
      schema: {
        operationId: 'createMcpServer',
        summary: 'Name a server that offers tools by the Model Context Protocol',
        description:
          'Nothing of it can be used before it was refreshed, and a tool of it approved.',
        tags,
        body: SaveMcpServer,
        response: { 201: McpServerView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await mcp.create(identityOf(request), draftOf(request.body))
      return reply
        .code(201)
        .header('location', `/v1/mcp-servers/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewServer(created))
    },
  )

  app.get(
    '/mcp-servers',
    {
      config: read,
      schema: {
        operationId: 'listMcpServers',
        summary: 'List the MCP servers of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(McpServerView, 'McpServerPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'mcp') }
      const { data, nextCursor } = pageOf(await mcp.page(identityOf(request).tenant, page), limit)
      return { data: data.map(viewServer), nextCursor }
    },
  )

  app.get(
    '/mcp-servers/:serverId',
    {
      config: read,
      schema: {
        operationId: 'getMcpServer',
        summary: 'Get an MCP server',
        tags,
        params: OfServer,
        response: { 200: McpServerView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const server = await mcp.get(identityOf(request).tenant, request.params.serverId)
      return reply.header('etag', etagOf(server)).send(viewServer(server))
    },
  )

  app.put(
    '/mcp-servers/:serverId',
    {
      config: write,
      schema: {
        operationId: 'replaceMcpServer',
        summary: 'Replace an MCP server. At another URL, all its tools must be approved again',
        tags,
        params: OfServer,
        headers: IfMatch,
        body: SaveMcpServer,
        response: { 200: McpServerView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const change = {
        draft: draftOf(request.body),
        expected: expectedRevisions(request.headers),
      }
      const { tenant } = identityOf(request)
      const replaced = await mcp.replace(tenant, request.params.serverId, change)
      return reply.header('etag', etagOf(replaced)).send(viewServer(replaced))
    },
  )

  app.delete(
    '/mcp-servers/:serverId',
    {
      config: write,
      schema: {
        operationId: 'deleteMcpServer',
        summary: 'Delete an MCP server, and with it what was approved of it',
        tags,
        params: OfServer,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await mcp.remove(identityOf(request).tenant, request.params.serverId, expected)
      return reply.code(204).send(null)
    },
  )
}
