import type { Problem } from '@dure/contracts'
import { type EventStreams, identityOf, patienceOf, problemOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { type Static, Type } from 'typebox'
import { McpError, McpMessage, refuseMismatch, refuseOrigin } from './message.ts'
import { createMcpServer } from './server.ts'
import type { ToolService } from './service.ts'

export interface McpRoutesOptions {
  readonly tools: ToolService
  readonly streams: EventStreams
  /** Of pages that browsers may call tools from. */
  readonly origins: readonly string[]
}

type Request = Parameters<EventStreams['streamText']>[0]

/** How long a call may take whose client hears of it meanwhile. */
const MAX_CALL_MS = 600_000
const TAKEN = 'application/json, text/event-stream'
const config = { scope: 'runs:write' } as const
const tags = ['mcp']

export const mcpRoutes: FastifyPluginAsyncTypebox<McpRoutesOptions> = async (
  app,
  { tools, streams, origins },
) => {
  const allowed = new Set(origins)
  app.setErrorHandler((thrown, request, reply) => {
    const problem = problemOf(thrown, request, reply)
    return reply.code(problem.status).type('application/json').send(errorOf(problem))
  })

  app.post(
    '/mcp',
    {
      config,
      schema: {
        operationId: 'callMcp',
        summary: 'The Model Context Protocol: published workflows as tools',
        description:
          'Streamable HTTP without sessions: every request stands for itself. A call of a tool is a run; it is answered as JSON, or as server-sent events where the client wants to hear how far it is. When the client leaves, the run is cancelled.',
        tags,
        body: McpMessage,
        response: {
          200: Type.Unknown({ description: 'A message of JSON-RPC, or a stream of them' }),
          202: Type.Null({ description: 'A notification was taken' }),
          // By name, so that it is not described as the gateway's own refusal.
          403: McpError,
          '4xx': McpError,
          '5xx': McpError,
        },
      },
    },
    async (request, reply) => {
      refuseOrigin(request.headers, allowed)
      refuseMismatch(request.headers, request.body)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const response = await answer(request, request.body, gone.signal)
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
        reply.code(response.status).headers(Object.fromEntries(response.headers))
        return reply.send(await response.text())
      }
      return streams.streamText(request, reply, (signal) => {
        signal.addEventListener('abort', () => gone.abort(), { once: true })
        return textIn(response)
      })
    },
  )

  for (const method of ['GET', 'DELETE'] as const) {
    app.route({
      ...{ method, url: '/mcp', config },
      // Refused: there are no sessions, and so nothing to listen to or to end. No operation of the API.
      schema: { hide: true },
      handler: async (_request, reply) =>
        reply.code(405).header('allow', 'POST').send(methodNotAllowed()),
    })
  }

  function answer(request: Request, parsedBody: McpMessage, gone: AbortSignal): Promise<Response> {
    const onBug = (error: unknown) => request.log.error({ err: error }, 'tool failed')
    const caller = {
      identity: identityOf(request),
      idempotencyKey: keyIn(request.headers),
      signal: AbortSignal.any([gone, patienceWith(request, parsedBody)]),
      onBug,
    }
    const handler = createMcpHandler(() => createMcpServer(tools, caller), {
      // The streams of this service have their own, and nothing is ever announced.
      keepAliveMs: 0,
      maxSubscriptions: 0,
      onerror: (error) => request.log.info({ err: error }, 'message of MCP refused'),
    })
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    // Whoever does not say what they take, takes anything (RFC 9110 §12.5.1); the handler wants both named.
    if ((headers.get('accept') ?? '*/*') === '*/*') headers.set('accept', TAKEN)
    // Nobody is asked at this address: a request has to have one.
    const asked = new Request('http://dure.invalid/mcp', { method: 'POST', headers, signal: gone })
    return handler.fetch(asked, { parsedBody })
  }
}

/** As long as somebody hears how far it is; without that, until a moment before nobody waits. */
function patienceWith(request: Request, { params }: McpMessage): AbortSignal {
  const meta = params?._meta
  const hears = typeof meta === 'object' && meta !== null && 'progressToken' in meta
  return hears ? AbortSignal.timeout(MAX_CALL_MS) : patienceOf(request)
}

function keyIn({ 'idempotency-key': key }: Request['headers']): string | undefined {
  return typeof key === 'string' ? key : undefined
}

async function* textIn({ body }: Response): AsyncGenerator<string> {
  if (body) yield* body.pipeThrough(new TextDecoderStream())
}

/** https://www.jsonrpc.org/specification#error_object; -32020 as MCP has it for headers. */
function errorOf(problem: Problem): Static<typeof McpError> {
  const { code, detail, errors } = problem
  const number = code === 'mcp.header-mismatch' ? -32_020 : problem.status < 500 ? -32_600 : -32_603
  return {
    ...{ jsonrpc: '2.0', id: null },
    error: { code: number, message: detail, data: { code, ...(errors && { errors }) } },
  }
}

function methodNotAllowed(): Static<typeof McpError> {
  const message = 'Method not allowed: send POST, there are no sessions'
  return { jsonrpc: '2.0', id: null, error: { code: -32_000, message } }
}
