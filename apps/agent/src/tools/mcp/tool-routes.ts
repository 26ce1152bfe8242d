import { Page, PageQuery, Problem } from '@dure/contracts'
import { decodeCursor, encodeCursor, identityOf, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { OfServer } from './routes.ts'
import type { McpService } from './service.ts'
import { ApproveMcpTool, McpServerView, McpToolView, viewMcpTool, viewServer } from './view.ts'

const tags = ['tools']
const OfTool = Type.Object({
  ...OfServer.properties,
  toolName: Type.String({ minLength: 1, maxLength: 100, examples: ['search_pages'] }),
})

/** Under `/v1`: what MCP servers offer, and what of it agents may have. */
export const mcpToolRoutes: FastifyPluginAsyncTypebox<{ readonly mcp: McpService }> = async (
  app,
  { mcp },
) => {
  app.post(
    '/mcp-servers/:serverId/refresh',
    {
      config: { scope: 'tools:write', idempotency: 'effect' },
      schema: {
        operationId: 'refreshMcpServer',
        summary: 'Ask an MCP server what it offers now',
        description: 'A tool that has changed since it was approved is approved no more.',
        tags,
        params: OfServer,
        response: { 200: McpServerView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      return viewServer(await mcp.refresh(tenant, request.params.serverId))
    },
  )

  app.get(
    '/mcp-servers/:serverId/tools',
    {
      config: { scope: 'tools:read' },
      schema: {
        operationId: 'listMcpTools',
        summary: 'List what an MCP server offered when it was last asked, by name',
        tags,
        params: OfServer,
        querystring: PageQuery,
        response: { 200: Page(McpToolView, 'McpToolPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: nameIn(cursor) }
      const { tenant } = identityOf(request)
      const { server, tools } = await mcp.tools(tenant, request.params.serverId, page)
      const data = tools.slice(0, limit)
      const last = tools.length > limit ? data.at(-1) : undefined
      return {
        data: data.map((tool) => viewMcpTool(server, tool)),
        nextCursor: last ? encodeCursor([last.name]) : null,
      }
    },
  )

  app.post(
    '/mcp-servers/:serverId/tools/:toolName/approve',
    {
      config: { scope: 'tools:write', idempotency: 'transaction' },
      schema: {
        operationId: 'approveMcpTool',
        summary: 'Let agents have a tool of an MCP server, as it is now',
        tags,
        params: OfTool,
        body: ApproveMcpTool,
        response: { 200: McpToolView, '4xx': Problem },
      },
    },
    async (request) => {
      const { serverId, toolName: name } = request.params
      const approval = { ...request.body, name }
      const { server, tool } = await mcp.approve(identityOf(request), serverId, approval)
      return viewMcpTool(server, tool)
    },
  )
}

function nameIn(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [name, ...more] = decodeCursor(cursor)
  if (name === undefined || name.includes('\u0000') || more.length > 0) throw invalidCursor()
  return name
}
