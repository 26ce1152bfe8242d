import { InvalidInputError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { ToolDefinition, ToolSource } from '../definition.ts'
import type { McpClient } from './client.ts'
import { type McpServer, type McpTool, nameForModel, type OfferedMcpTool } from './mcp-tool.ts'
import type { McpServerStore } from './store.ts'
import type { McpToolStore } from './tool-store.ts'

export interface McpToolsParts {
  readonly servers: Pick<McpServerStore, 'findByName'>
  readonly tools: Pick<McpToolStore, 'find' | 'noticed'>
  readonly client: Pick<McpClient, 'callTool'>
}

const GRANT = /^mcp:([a-z][a-z0-9_-]{0,31})\/(.{1,100})$/

/** Tools of MCP servers, as they were approved. Before each call the server is asked whether they still are. */
export function createMcpTools(parts: McpToolsParts): ToolSource {
  return {
    async find(tenant, { tool: wanted, config }) {
      const [, serverName, toolName] = GRANT.exec(wanted) ?? []
      if (serverName === undefined || toolName === undefined) return undefined
      const found = await asTenant(tenant, async () => {
        const server = await parts.servers.findByName(tenant, serverName)
        const tool = server && (await parts.tools.find(server, toolName))
        return server && tool && { server, tool }
      })
      if (!found || !isAllowed(found.server, toolName)) return undefined
      if (config && Object.keys(config).length > 0) throw noConfig(wanted)
      return definitionOf(parts, found.server, found.tool)
    },
  }
}

function isAllowed({ allowedTools }: McpServer, name: string): boolean {
  return allowedTools === null || allowedTools.includes(name)
}

/** @throws InvalidInputError `tool.not-approved`, `tool.changed` */
function definitionOf(parts: McpToolsParts, server: McpServer, tool: McpTool): ToolDefinition {
  const { approved, name } = tool
  if (!approved) throw notApproved(server, name)
  if (approved.hash !== tool.hash) throw changed(server, name)
  return {
    ...approved.definition,
    name: nameForModel(server.name, name),
    // What a server says of its own effects counts for nothing: this is what a person has said.
    effect: approved.effect,
    ...{ idempotent: false, reach: 'fixed', trust: 'untrusted' },
    execute: ({ tenant, input, timeoutMs, signal, onSent, onAnswered }) =>
      parts.client.callTool({
        ...{ tenant, server, name, input, timeoutMs, signal, onSent, onAnswered },
        accepts: (now) => stillApproved(parts, { server, name, approved: approved.hash, now }),
      }),
  }
}

interface Compared {
  readonly server: McpServer
  readonly name: string
  readonly approved: string
  readonly now: OfferedMcpTool | undefined
}

async function stillApproved(parts: McpToolsParts, { server, name, approved, now }: Compared) {
  if (now?.hash === approved) return
  if (now) await asTenant(server.tenant, () => parts.tools.noticed(server, now))
  throw now ? changed(server, name) : gone(server, name)
}

function notApproved({ name }: McpServer, tool: string): InvalidInputError {
  const detail = `Nobody has approved ${tool} of ${name}: look at it, and approve it`
  return new InvalidInputError('tool.not-approved', detail)
}

function changed({ name }: McpServer, tool: string): InvalidInputError {
  const detail = `${tool} of ${name} is not what was approved: look at what has changed, and approve it again`
  return new InvalidInputError('tool.changed', detail)
}

function gone({ name }: McpServer, tool: string): InvalidInputError {
  return new InvalidInputError('tool.not-found', `${name} does not offer ${tool} any more`)
}

function noConfig(tool: string): InvalidInputError {
  return new InvalidInputError('tool.invalid-config', `${tool} takes no \`config\``)
}
