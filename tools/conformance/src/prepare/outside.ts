import { OK, type Reply, type Request } from '@dure/system-test/world'

/** Where deliveries are taken. */
export const HOOK = '/hook'
/** Where nobody answers while runs are broken. */
export const SILENT = '/silent'
/** Where a server offers a tool by the Model Context Protocol. */
export const MCP = '/mcp'
export const MCP_TOOL = 'search_pages'

/** Of the world outside: it takes deliveries, offers a tool, and breaks every other connection. */
export function answerOf({ path, body }: Request): Reply {
  if (path === MCP) return mcpReplyTo(body)
  return path === HOOK ? OK : 'cut'
}

const ABOUT = {
  protocolVersion: '2025-06-18',
  capabilities: { tools: {} },
  serverInfo: { name: 'wiki', version: '1.0.0' },
}
const TOOL = { name: MCP_TOOL, description: 'Finds pages', inputSchema: { type: 'object' } }

const RESULTS: Readonly<Record<string, object>> = {
  initialize: ABOUT,
  'tools/list': { tools: [TOOL] },
  'tools/call': { content: [{ type: 'text', text: 'Nothing was found' }] },
}

function mcpReplyTo(body: string): Reply {
  const { id, method } = JSON.parse(body) as { readonly id?: number; readonly method: string }
  // A notification has no answer.
  if (id === undefined) return { status: 202, body: null }
  const result = RESULTS[method]
  const answer = result ? { result } : { error: { code: -32_601, message: 'No such method' } }
  return { status: 200, body: { jsonrpc: '2.0', id, ...answer } }
}
