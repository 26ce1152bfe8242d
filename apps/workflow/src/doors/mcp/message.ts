import { ForbiddenError, InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'

/** What a client may send: one message of JSON-RPC 2.0. Batches were taken out of MCP in 2025. */
export const McpMessage = Type.Object(
  {
    jsonrpc: Type.Literal('2.0'),
    id: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Integer()])),
    method: Type.String({ maxLength: 100, examples: ['tools/call'] }),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  {
    $id: 'McpMessage',
    examples: [{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }],
  },
)
export type McpMessage = Static<typeof McpMessage>

export const McpError = Type.Object(
  {
    jsonrpc: Type.Literal('2.0'),
    id: Type.Union([Type.String(), Type.Integer(), Type.Null()]),
    error: Type.Object({
      code: Type.Integer(),
      message: Type.String(),
      data: Type.Optional(Type.Unknown()),
    }),
  },
  { $id: 'McpError', description: 'An error of JSON-RPC 2.0' },
)

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Browsers say which page asks. One that nobody has allowed may have been led here by a name that
 * suddenly meant this address.
 *
 * @throws ForbiddenError `mcp.origin-refused`
 */
export function refuseOrigin({ origin }: Headers, allowed: ReadonlySet<string>): void {
  if (origin === undefined || allowed.has(String(origin))) return
  throw new ForbiddenError(
    'mcp.origin-refused',
    'Pages of this origin may not call tools: the operator names it in MCP_ORIGINS',
  )
}

/**
 * What stands between a client and us may go by the headers, so they must say what the body says.
 *
 * @throws InvalidInputError `mcp.header-mismatch`
 */
export function refuseMismatch(headers: Headers, { method, params }: McpMessage): void {
  const wanted = { 'mcp-method': method, 'mcp-name': params?.name ?? params?.uri }
  for (const [name, value] of Object.entries(wanted)) {
    const said = headers[name]
    if (said === undefined || said === value) continue
    throw new InvalidInputError(
      'mcp.header-mismatch',
      `${name} says something else than the body`,
      [{ pointer: `#/${name}`, message: 'is not what the body says' }],
    )
  }
}
