import { HttpAuth, McpServerId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { type McpServer, type McpTool, nameForModel } from './mcp-tool.ts'

const ServerName = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$', examples: ['wiki'] })
const Names = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 500 })

export const SaveMcpServer = Type.Object(
  {
    name: ServerName,
    url: Type.String({
      ...{ minLength: 1, maxLength: 2000 },
      description: 'Of the endpoint that speaks Streamable HTTP',
      examples: ['https://mcp.example.com/mcp'],
    }),
    auth: Type.Optional(HttpAuth),
    allowedTools: Type.Optional({
      ...Names,
      description: 'Those of its tools that agents may have; absent: all that are approved',
    }),
  },
  { additionalProperties: false, $id: 'SaveMcpServer' },
)

export const McpServerView = Type.Object(
  {
    id: McpServerId,
    name: ServerName,
    url: Type.String(),
    auth: Type.Optional(HttpAuth),
    allowedTools: Type.Optional(Names),
    revision: Type.Integer({ minimum: 1 }),
    refreshedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'McpServer' },
)

const Hash = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'Of all that the server says of the tool',
  examples: ['0'.repeat(64)],
})

export const McpToolView = Type.Object(
  {
    name: Type.String({ examples: ['search_pages'] }),
    grant: Type.String({
      description: 'What an agent names it by in `tools`',
      examples: ['mcp:wiki/search_pages'],
    }),
    nameForModel: Type.String({ examples: ['wiki__search_pages'] }),
    description: Type.String(),
    inputSchema: Type.Record(Type.String(), Type.Unknown()),
    hash: Hash,
    approved: Type.Boolean({
      description:
        'As it is now. One that has changed since is approved no more, until it is again',
    }),
    approval: Type.Union([
      Type.Object({
        hash: Hash,
        effect: Type.Enum(['read', 'write']),
        by: Type.String(),
        at: Type.String({ format: 'date-time' }),
        description: Type.String({ description: 'As it was then' }),
        inputSchema: Type.Record(Type.String(), Type.Unknown()),
      }),
      Type.Null(),
    ]),
    allowed: Type.Boolean({ description: '`allowedTools` of the server has it' }),
  },
  { $id: 'McpTool' },
)

export const ApproveMcpTool = Type.Object(
  {
    hash: Hash,
    effect: Type.Enum(['read', 'write'], {
      default: 'write',
      description: 'What you take it to do; what the server says of that counts for nothing',
    }),
  },
  { additionalProperties: false, $id: 'ApproveMcpTool' },
)

export function draftOf({ name, url, auth, allowedTools }: Static<typeof SaveMcpServer>) {
  return { name, url, auth: auth ?? null, allowedTools: allowedTools ?? null }
}

export function viewServer(server: McpServer): Static<typeof McpServerView> {
  const { id, name, url, auth, allowedTools, revision, createdBy } = server
  return {
    ...{ id, name, url, revision, createdBy },
    ...(auth && { auth }),
    ...(allowedTools && { allowedTools: [...allowedTools] }),
    refreshedAt: server.refreshedAt?.toISOString() ?? null,
    createdAt: server.createdAt.toISOString(),
    updatedAt: server.updatedAt.toISOString(),
  }
}

export function viewMcpTool(server: McpServer, tool: McpTool): Static<typeof McpToolView> {
  const { name, definition, hash, approved } = tool
  return {
    ...{ name, hash, grant: `mcp:${server.name}/${name}` },
    nameForModel: nameForModel(server.name, name),
    description: definition.description,
    inputSchema: { ...definition.inputSchema },
    approved: approved?.hash === hash,
    approval: approved && {
      ...{ hash: approved.hash, effect: approved.effect, by: approved.by },
      at: approved.at.toISOString(),
      description: approved.definition.description,
      inputSchema: { ...approved.definition.inputSchema },
    },
    allowed: server.allowedTools === null || server.allowedTools.includes(name),
  }
}
