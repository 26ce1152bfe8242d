import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Identity } from '@dure/contracts'
import { createEgress, createEnvelope, createPool } from '@dure/platform'
import { silentLog } from '@dure/platform/testing'
import { createSandbox } from '@dure/sandbox'
import { expect } from 'vitest'
import { createMemorySlice } from '../../memory/slice-service.ts'
import { createSecretStore } from '../../secrets/store.ts'
import { createVault } from '../../secrets/vault-service.ts'
import { type AgentUnderTest, startAgent } from '../../tasks/testing/agent.ts'
import { createToolSlice } from '../index.ts'
import type { ToolResult } from '../tool.ts'

/** As much of an answer as tests look at. */
interface Answer {
  readonly statusCode: number
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
  json(): ReturnType<typeof JSON.parse>
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: Identity['tenant']
  readonly scopes?: readonly string[]
}

/** The API of the agent service, and a server outside that its tools may reach. */
export interface ToolsApi {
  readonly agent: AgentUnderTest
  /** Of the server: `http://127.0.0.1:port`. */
  readonly url: string
  readonly received: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[]
  /** What the server says from now on. */
  listener: RequestListener
  answer(json: (request: IncomingMessage) => unknown): void
  /** No answer ever shows the canary. */
  call(of?: Call): Promise<Answer>
  /** As an agent calls a tool. @throws DureError when it cannot be bound */
  execute(of: {
    readonly tenant: Identity['tenant']
    readonly tool: string
    readonly input: unknown
    readonly timeoutMs?: number
  }): Promise<ToolResult>
  close(): Promise<void>
}

/** A secret that nobody may ever see. */
export const CANARY = 'canary-9d41c07e5f'

export async function startToolsApi(): Promise<ToolsApi> {
  const received: ToolsApi['received'] = []
  const server = createServer((request, response) => {
    const { method, url, headers } = request
    received.push({ method, url, headers })
    api.listener(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const agent = await startAgent({ ROLE: 'api', EGRESS_ALLOW: host })
  const { DATABASE_URL = '', SECRETS_KEYS = '' } = agent.env
  const log = silentLog()
  const pool = createPool({ DATABASE_URL }, { max: 2 })
  const egress = createEgress({ allow: [host], log })
  const sandbox = createSandbox({ threads: 1 })
  const vault = createVault({
    store: createSecretStore(pool),
    envelope: createEnvelope(SECRETS_KEYS),
  })
  const { tools } = createToolSlice({
    ...{ pool, everyTenant: agent.pool, egress, vault, sandbox, leaseMs: 60_000, log },
    queues: { send: async () => {}, sendAll: async () => {} },
    memory: createMemorySlice({ pool, everyTenant: agent.pool, log }).forTools,
  })
  const api: ToolsApi = {
    ...{ agent, received, url: `http://${host}` },
    listener: (_request, response) => response.end('{}'),
    answer(json) {
      api.listener = (request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(json(request)))
    },
    async call({ method = 'GET', path = '/tools', body, headers, tenant, scopes } = {}) {
      const as = { ...(tenant && { tenant }), ...(scopes && { scopes: [...scopes] as never[] }) }
      const response = await agent.app.inject({
        ...{ method, url: `/v1${path}` },
        headers: { ...(await agent.identity.headers('agent', as)), ...headers },
        ...(body !== undefined && { payload: body as object }),
      })
      expect(response.body).not.toContain(CANARY)
      return response
    },
    async execute({ tenant, tool: name, input, timeoutMs = 5000 }) {
      const [tool] = await tools.bind(tenant, [{ tool: name }])
      if (!tool) throw new Error('there is no such tool')
      return tools.execute({
        ...{ callKey: `exe_${randomUUID()}/1/0`, tenant, caller: undefined, payer: { tenant } },
        ...{ tool, input, timeoutMs, signal: new AbortController().signal },
      })
    },
    async close() {
      await Promise.all([egress.close(), sandbox.close(), pool.end()])
      await agent.close()
      server.closeAllConnections()
      server.close()
    },
  }
  return api
}
