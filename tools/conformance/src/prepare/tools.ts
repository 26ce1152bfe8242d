import type { Pool } from '../fuzz/pool.ts'
import type { Call, Made } from './call.ts'
import { HOOK, MCP, MCP_TOOL } from './outside.ts'

interface Listed<Item> {
  readonly data: readonly Item[]
}

const INPUT = { type: 'object', properties: {} }

export interface ToolsWanted {
  readonly pool: Pool
  readonly outsideUrl: string
  readonly name: string
}

/** What agents are given to work with: of the project, and of a server of somebody else. */
export async function prepareTools(call: Call, wanted: ToolsWanted): Promise<void> {
  const { pool, outsideUrl, name } = wanted
  const http = { method: 'GET', url: outsideUrl + HOOK }
  const draft = { kind: 'http', description: 'Takes it', inputSchema: INPUT, http }
  const tool = await call('POST', '/v1/tools', { ...draft, name: `tool_${name}` })
  pool.hint('createTool', draft)
  if (tool) pool.hint('replaceTool', { ...draft, toolId: tool.id, name: `tool_${name}` })
  const all = (await call('GET', '/v1/tools?limit=100')) as unknown as Listed<Made> | undefined
  const calculator = all?.data.find((one) => one.name === 'calculator')
  if (calculator) {
    const input = { expression: '2 + 2' }
    pool.hint('executeTool', { toolId: calculator.id, input, config: {}, timeoutMs: 10_000 })
  }
  const operation = { operationId: `list_${name}`, summary: 'List orders', responses: {} }
  pool.hint('importOpenApi', {
    document: {
      openapi: '3.1.0',
      info: { title: 'Shop', version: '1' },
      servers: [{ url: outsideUrl }],
      paths: { [HOOK]: { get: operation } },
    },
    include: [operation.operationId],
  })
  await prepareServer(call, wanted)
}

async function prepareServer(call: Call, { pool, outsideUrl, name }: ToolsWanted): Promise<void> {
  const url = outsideUrl + MCP
  pool.hint('createMcpServer', { url })
  const server = await call('POST', '/v1/mcp-servers', { name, url })
  if (!server) return
  const serverId = server.id
  pool.hint('replaceMcpServer', { serverId, name, url })
  pool.hint('refreshMcpServer', { serverId })
  await call('POST', `/v1/mcp-servers/${serverId}/refresh`)
  const page = await call('GET', `/v1/mcp-servers/${serverId}/tools`)
  const [tool] = (page as unknown as Listed<Made> | undefined)?.data ?? []
  pool.hint('approveMcpTool', { serverId, toolName: MCP_TOOL, hash: tool?.hash })
}
