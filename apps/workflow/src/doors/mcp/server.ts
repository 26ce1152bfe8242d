import type { Identity } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import {
  type CallToolResult,
  type ListToolsResult,
  ProtocolError,
  ProtocolErrorCode,
  Server,
} from '@modelcontextprotocol/server'
import type { Progress, ToolService } from './service.ts'

/** Who speaks to a server, and until when: a server lives for one request. */
export interface Caller {
  readonly identity: Identity
  readonly idempotencyKey: string | undefined
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Told of whatever is a bug of ours: the client learns nothing of it. */
  readonly onBug: (error: unknown) => void
}

const SERVER = { name: 'dure', title: 'Dure', version: '1.0.0' }

/** Nothing is ever asked of a client, so there is no answer of one to validate. */
const jsonSchemaValidator = {
  getValidator: () => () => {
    throw new TypeError('No client is asked for anything')
  },
}

export function createMcpServer(tools: ToolService, caller: Caller): Server {
  const options = { capabilities: { tools: {} }, jsonSchemaValidator }
  const server = new Server(SERVER, options)
  const { identity } = caller

  server.setRequestHandler('tools/list', ({ params }) =>
    guarded(caller, async () => {
      const { tools: some, nextCursor } = await tools.list(identity.tenant, params?.cursor)
      const page = { tools: some, ...(nextCursor !== null && { nextCursor }) }
      // The schemas are JSON: they were checked when their workflows were saved.
      return page as unknown as ListToolsResult
    }),
  )

  server.setRequestHandler('tools/call', ({ params }, { mcpReq }) =>
    guarded(caller, async () => {
      const { name, arguments: args = {}, _meta: meta } = params
      const progressToken = meta?.progressToken
      const onProgress = async (progress: Progress) =>
        mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, ...progress },
        })
      const result = await tools.call({
        ...{ identity, name, args, idempotencyKey: caller.idempotencyKey },
        signal: AbortSignal.any([caller.signal, mcpReq.signal]),
        ...(progressToken !== undefined && { onProgress }),
      })
      if (!result) throw unknownTool(name)
      return result as CallToolResult
    }),
  )
  return server
}

function unknownTool(name: string): ProtocolError {
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Unknown tool ${name.slice(0, 100)}: list the tools again, one may have been renamed`,
  )
}

/** So that no more of a failure is told than any other route would tell. */
async function guarded<Result>({ onBug }: Caller, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProtocolError) throw error
    if (error instanceof DureError) {
      const isInput = error.kind === 'invalid'
      const code = isInput ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError
      throw new ProtocolError(code, `${error.code}: ${error.message}`)
    }
    onBug(error)
    const message = 'Something went wrong on our side: report it with the request id'
    throw new ProtocolError(ProtocolErrorCode.InternalError, message)
  }
}
