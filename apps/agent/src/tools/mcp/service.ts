import { randomUUIDv7 } from 'node:crypto'
import type { Identity, McpServerId, Tenant } from '@dure/contracts'
import { ConflictError, DureError, NotFoundError, prefixedId } from '@dure/kernel'
import type { Egress } from '@dure/platform'
import type { McpClient } from './client.ts'
import type { McpServer, McpTool } from './mcp-tool.ts'
import type { McpServerStore, ServerDraft } from './store.ts'
import type { Approval, McpToolStore } from './tool-store.ts'

/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/**
 * MCP servers of a project. What names one throws NotFoundError `mcp.server-not-found`, what changes
 * one ConflictError `mcp.changed`.
 */
export interface McpService {
  /** @throws ConflictError `mcp.name-taken`, `mcp.too-many`; DureError `egress.*` for its URL */
  create(identity: Identity, draft: ServerDraft): Promise<McpServer>
  get(tenant: Tenant, id: string): Promise<McpServer>
  page: McpServerStore['page']
  /** @throws as `create` */
  replace(
    tenant: Tenant,
    id: string,
    change: { readonly draft: ServerDraft; readonly expected: Expected },
  ): Promise<McpServer>
  remove(tenant: Tenant, id: string, expected: Expected): Promise<void>
  /**
   * Asks the server what it offers.
   *
   * @throws ConflictError `mcp.not-answering` @throws DureError `mcp.*`, `egress.*`, `secret.*`
   */
  refresh(tenant: Tenant, id: string): Promise<McpServer>
  tools(
    tenant: Tenant,
    id: string,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<{ readonly server: McpServer; readonly tools: readonly McpTool[] }>
  /**
   * @throws NotFoundError `mcp.tool-not-found`
   * @throws ConflictError `mcp.tool-changed` when it is not what the hash is of
   */
  approve(
    identity: Identity,
    id: string,
    approval: Omit<Approval, 'by'>,
  ): Promise<{ readonly server: McpServer; readonly tool: McpTool }>
}

const MAX_SERVERS = 50
const REFRESH_TIMEOUT_MS = 20_000

export interface McpServiceDependencies {
  readonly servers: McpServerStore
  readonly tools: McpToolStore
  readonly client: Pick<McpClient, 'listTools'>
  readonly egress: Pick<Egress, 'check'>
}

export function createMcpService({
  servers,
  tools,
  client,
  egress,
}: McpServiceDependencies): McpService {
  const get = async (tenant: Tenant, id: string) => (await servers.find(tenant, id)) ?? notFound()

  return {
    get,
    page: servers.page,

    async create({ tenant, principalId: createdBy }, draft) {
      egress.check(draft.url)
      const id = prefixedId('mcp', randomUUIDv7()) as McpServerId
      const created = await servers.insert({ ...draft, id, tenant, createdBy, limit: MAX_SERVERS })
      if (created) return created
      if (await servers.findByName(tenant, draft.name)) throw nameTaken(draft.name)
      const detail = `A project has at most ${MAX_SERVERS} MCP servers: delete one`
      throw new ConflictError('mcp.too-many', detail)
    },

    async replace(tenant, id, { draft, expected }) {
      egress.check(draft.url)
      const before = expectedOne(await get(tenant, id), expected)
      const replaced = await servers.replace(before, draft)
      if (replaced === 'name-taken') throw nameTaken(draft.name)
      return replaced ?? lostUpdate()
    },

    async remove(tenant, id, expected) {
      const server = expectedOne(await get(tenant, id), expected)
      if (!(await servers.remove(server))) lostUpdate()
    },

    async refresh(tenant, id) {
      const server = await get(tenant, id)
      const timeoutMs = REFRESH_TIMEOUT_MS
      const signal = AbortSignal.timeout(timeoutMs)
      const offered = await client
        .listTools({ tenant, server, timeoutMs, signal })
        .catch((error: unknown) => notAnswering(error, signal))
      await tools.refresh(server, offered)
      return get(tenant, id)
    },

    async tools(tenant, id, page) {
      const server = await get(tenant, id)
      return { server, tools: await tools.page(server, page) }
    },

    async approve({ tenant, principalId: by }, id, approval) {
      const server = await get(tenant, id)
      const tool = await tools.approve(server, { ...approval, by })
      if (tool) return { server, tool }
      if (await tools.find(server, approval.name)) {
        const detail = 'The tool is not the one that the hash is of: look at what has changed'
        throw new ConflictError('mcp.tool-changed', detail)
      }
      throw new NotFoundError('mcp.tool-not-found', 'The server offers no such tool: refresh it')
    },
  }
}

function expectedOne(server: McpServer, expected: Expected): McpServer {
  return expected && !expected.includes(server.revision) ? lostUpdate() : server
}

function nameTaken(name: string): ConflictError {
  const detail = `The project has an MCP server ${name} already: choose another name`
  return new ConflictError('mcp.name-taken', detail)
}

function lostUpdate(): never {
  const detail = 'Somebody else has changed it meanwhile: get it again before you replace it'
  throw new ConflictError('mcp.changed', detail)
}

/** That somebody else's server is down is no failure of ours. */
function notAnswering(error: unknown, { aborted }: AbortSignal): never {
  const isDown = error instanceof DureError && DOWN.has(error.kind)
  if (!isDown && !aborted) throw error
  const why = isDown ? error.message : `it took longer than ${REFRESH_TIMEOUT_MS} ms`
  const detail = `The MCP server does not answer as it should, try again later: ${why}`
  throw new ConflictError('mcp.not-answering', detail, {}, { cause: error })
}

const DOWN: ReadonlySet<string> = new Set(['unavailable', 'timeout'])

function notFound(): never {
  throw new NotFoundError('mcp.server-not-found', 'There is no such MCP server')
}
