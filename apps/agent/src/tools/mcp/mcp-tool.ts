import type { HttpAuth, McpServerId, Tenant } from '@dure/contracts'
import { cleanText } from '../clean-text.ts'
import { sha256Of } from '../definition.ts'
import { type JsonSchema, normalised } from '../json-schema.ts'

/** A server of somebody else that offers tools by the Model Context Protocol. */
export interface McpServer {
  readonly id: McpServerId
  readonly tenant: Tenant
  readonly name: string
  readonly url: string
  readonly auth: HttpAuth | null
  /** Names of those of its tools that agents may have; null: all that are approved. */
  readonly allowedTools: readonly string[] | null
  readonly revision: number
  readonly refreshedAt: Date | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a server says of one of its tools, made harmless. */
export interface McpDefinition {
  readonly description: string
  readonly inputSchema: JsonSchema
}

export interface OfferedMcpTool {
  readonly name: string
  readonly definition: McpDefinition
  /** SHA-256 of all that the server says of it, as it says it. */
  readonly hash: string
}

export interface McpTool extends OfferedMcpTool {
  readonly serverId: McpServerId
  /** What somebody has looked at and allowed; null: nothing yet. */
  readonly approved: {
    readonly hash: string
    readonly definition: McpDefinition
    readonly effect: 'read' | 'write'
    readonly by: string
    readonly at: Date
  } | null
}

const NAME = /^[A-Za-z0-9_./-]{1,100}$/
const MAX_DESCRIPTION = 2000
const MAX_SCHEMA_CHARACTERS = 65_536

interface RawTool {
  readonly name: string
  readonly title?: unknown
  readonly description?: unknown
  readonly inputSchema?: unknown
  readonly annotations?: unknown
}

/**
 * What may be shown to people and models of what a server says: short, without characters that nobody
 * sees, and with a schema that is cheap to check. The hash is of what the server said, so that nothing
 * changes unseen.
 *
 * @returns undefined for a tool that cannot be offered
 */
export function offeredOf(raw: RawTool): OfferedMcpTool | undefined {
  const { name, title, description, inputSchema = {}, annotations } = raw
  if (!NAME.test(name)) return undefined
  const said = { name, title, description, inputSchema, annotations }
  if (JSON.stringify(said).length > MAX_SCHEMA_CHARACTERS) return undefined
  const text = cleanText(typeof description === 'string' ? description : '', MAX_DESCRIPTION)
  const { schema } = normalised(inputSchema)
  const definition = {
    description: text || name,
    inputSchema: { ...schema, type: 'object' },
  }
  return { name, definition, hash: sha256Of(said) }
}

const MAX_NAME = 64

/** As models know it: providers take few characters, and no more than 64 of them. */
export function nameForModel(server: string, tool: string): string {
  const plain = `${server}__${tool.replace(/[^A-Za-z0-9_-]/g, '_')}`
  if (plain.length <= MAX_NAME) return plain
  return `${plain.slice(0, MAX_NAME - 9)}_${sha256Of(tool).slice(0, 8)}`
}
