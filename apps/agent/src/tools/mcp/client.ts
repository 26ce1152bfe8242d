import type { Tenant } from '@dure/contracts'
import { DureError, InvalidInputError, UnavailableError } from '@dure/kernel'
import type { Egress } from '@dure/platform'
import {
  Client,
  type jsonSchemaValidator as JsonSchemas,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'
import { credentialsOf, disguisesOf } from '../../http-requests/credentials.ts'
import { redacted } from '../../http-requests/redact.ts'
import type { Vault } from '../../secrets/vault-service.ts'
import { cleanText } from '../clean-text.ts'
import { type McpServer, type OfferedMcpTool, offeredOf } from './mcp-tool.ts'

/** How a server of somebody else is spoken to: the official client, over the guarded way out. */
export interface McpClient {
  /** @throws DureError `mcp.*`, or as the guard and the vault do */
  listTools(of: Conversation): Promise<OfferedMcpTool[]>
  /**
   * @param accepts whether the tool is still what was approved, by what the server says now
   * @throws DureError `mcp.*`, or as the guard and the vault do
   */
  callTool(of: Conversation & ToolCalled): Promise<unknown>
}

interface Conversation {
  readonly tenant: Tenant
  readonly server: Pick<McpServer, 'url' | 'auth'>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

interface ToolCalled {
  readonly name: string
  readonly input: unknown
  /** @throws DureError when it is not what it was */
  readonly accepts: (now: OfferedMcpTool | undefined) => Promise<void>
  readonly onSent: () => void
  readonly onAnswered: () => void
}

const MAX_BYTES = 2_097_152
const MAX_PAGES = 20
const MAX_TOOLS = 500

/** The schemas of strangers are never compiled; what they answer is data, whatever its shape. */
const jsonSchemaValidator: JsonSchemas = {
  getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
}

export interface McpClientParts {
  readonly egress: Egress
  readonly vault: Vault
}

export function createMcpClient(parts: McpClientParts): McpClient {
  return {
    listTools: (of) => speaking(parts, of, ({ client }) => listed(client, of)),

    callTool: (of) =>
      speaking(parts, of, async ({ client, wire, secrets }) => {
        const { name, input, signal, timeoutMs } = of
        const now = (await listed(client, of)).find((tool) => tool.name === name)
        await of.accepts(now)
        wire.onSent = of.onSent
        const args = input as Record<string, unknown>
        const result = await client.callTool(
          { name, arguments: args },
          { signal, timeout: timeoutMs },
        )
        of.onAnswered()
        return resultOf(redacted(structuredClone(result), secrets))
      }),
  }
}

interface Wire {
  /** Called with each message of the client, where somebody wants to know. */
  onSent?: () => void
  /** Why the last message did not get through: the client does not always pass it on. */
  failure?: unknown
}

interface Spoken {
  readonly client: Client
  readonly wire: Wire
  readonly secrets: readonly string[]
}

async function speaking<Result>(
  { egress, vault }: McpClientParts,
  { tenant, server, timeoutMs, signal }: Conversation,
  work: (of: Spoken) => Promise<Result>,
): Promise<Result> {
  const { url } = egress.check(server.url)
  const value = server.auth && (await vault.reveal(tenant, server.auth.secret, url))
  const isSecret = server.auth !== null && value !== null
  const credentials = isSecret ? credentialsOf(server.auth, value) : {}
  const secrets = isSecret ? disguisesOf(server.auth, value) : []
  const wire: Wire = {}
  const fetch = guardedFetch({ egress, origin: url.origin, credentials, timeoutMs, signal, wire })
  const client = new Client(
    { name: 'dure', version: '1.0.0' },
    { jsonSchemaValidator, capabilities: {} },
  )
  const transport = new StreamableHTTPClientTransport(url, {
    fetch,
    reconnectionOptions: {
      ...{ maxRetries: 0, initialReconnectionDelay: 1, maxReconnectionDelay: 1 },
      reconnectionDelayGrowFactor: 1,
    },
  })
  try {
    await client.connect(transport, { signal, timeout: timeoutMs })
    return await work({ client, wire, secrets })
  } catch (error) {
    signal.throwIfAborted()
    throw failureOf(error, wire, secrets)
  } finally {
    // Whoever asked need not wait for it.
    void leave(client, transport)
  }
}

/** A server that keeps something for each conversation is told that this one is over. */
async function leave(client: Client, transport: StreamableHTTPClientTransport): Promise<void> {
  // It forgets by itself what it could not be told.
  await transport.terminateSession().catch(() => {})
  await client.close().catch(() => {})
}

interface FetchParts {
  readonly egress: Egress
  readonly origin: string
  readonly credentials: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly wire: Wire
}

/**
 * Answers are taken whole, up to a size; there is no stream that a server could keep open beside them: it is not asked for one,
 * which the protocol allows. A conversation is ended apart from what was said in it, also when that was given up.
 */
function guardedFetch({ egress, origin, credentials, timeoutMs, signal, wire }: FetchParts) {
  const isOver = (init: RequestInit) => init.method === 'DELETE'
  async function send(url: string | URL, init: RequestInit): Promise<Response> {
    const whole = isOver(init) ? AbortSignal.timeout(LEAVE_MS) : signal
    const { status, headers, body } = await egress.request({
      ...{ url: String(url), origins: [origin], credentials },
      headers: { 'user-agent': 'Dure', ...Object.fromEntries(new Headers(init.headers)) },
      ...(isOver(init)
        ? { method: 'DELETE', timeoutMs: LEAVE_MS }
        : { method: 'POST', timeoutMs, body: String(init.body ?? '') }),
      maxBytes: MAX_BYTES,
      signal: init.signal ? AbortSignal.any([whole, init.signal]) : whole,
      ...(wire.onSent && !isOver(init) && { onSent: wire.onSent }),
    })
    const { 'content-encoding': _unpacked, 'content-length': _length, ...rest } = headers
    return new Response(status < 200 || NO_BODY.has(status) ? null : new Uint8Array(body), {
      status,
      headers: rest,
    })
  }
  return async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    if (init.method !== 'POST' && !isOver(init)) return new Response(null, { status: 405 })
    try {
      return await send(url, init)
    } catch (error) {
      wire.failure = error
      throw error
    }
  }
}

/** So long is a server told that nobody comes back. */
const LEAVE_MS = 2000
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304])

async function listed(
  client: Client,
  { signal, timeoutMs }: Conversation,
): Promise<OfferedMcpTool[]> {
  const tools: OfferedMcpTool[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = cursor === undefined ? {} : { cursor }
    const answer = await client.listTools(request, { signal, timeout: timeoutMs })
    for (const raw of answer.tools) {
      const offered = offeredOf(raw)
      if (offered) tools.push(offered)
    }
    if (tools.length > MAX_TOOLS) break
    cursor = answer.nextCursor
    if (cursor === undefined) return tools
  }
  throw new InvalidInputError(
    'mcp.too-many-tools',
    `The server offers more than ${MAX_TOOLS} tools, or more than ${MAX_PAGES} pages of them`,
  )
}

interface RawResult {
  readonly content?: unknown
  readonly structuredContent?: unknown
  readonly isError?: unknown
}

const MAX_FAILURE = 1500

function resultOf({ content, structuredContent, isError }: RawResult): unknown {
  const parts = (Array.isArray(content) ? content : []).map(shownPart)
  if (isError === true) {
    const said = parts.map((part) => part.text ?? '').join('\n')
    const detail = `The tool says that it failed: ${cleanText(said, MAX_FAILURE)}`
    throw new InvalidInputError('mcp.tool-failed', detail)
  }
  if (structuredContent !== undefined) return { structuredContent }
  return { content: parts }
}

/** Of pictures and files a model gets to know that there are some. */
function shownPart(part: unknown): { type: string; text?: string } {
  const { type, text, mimeType } = (part ?? {}) as Readonly<Record<string, unknown>>
  if (type === 'text' && typeof text === 'string') return { type, text }
  return { type: 'text', text: `[${String(type)} ${String(mimeType ?? '')} left out]` }
}

function failureOf(error: unknown, { failure }: Wire, secrets: readonly string[]): DureError {
  if (error instanceof DureError) return error
  if (failure instanceof DureError) return failure
  const message = error instanceof Error ? error.message : String(error)
  const said = redacted({ text: cleanText(message, MAX_FAILURE) }, secrets).text
  const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
  // An error of JSON-RPC is an answer; everything else is no conversation.
  if (code <= -32_000) return new InvalidInputError('mcp.refused', `The server refused it: ${said}`)
  return new UnavailableError(
    'mcp.failed',
    `The server does not speak the protocol as it should: ${said}`,
  )
}
