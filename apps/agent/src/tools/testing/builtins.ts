import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Identity } from '@dure/contracts'
import { asTenant, createEgress, createEnvelope, createPool } from '@dure/platform'
import { silentLog, testDatabase, testSecretsKeys, testTenant } from '@dure/platform/testing'
import { createSandbox } from '@dure/sandbox'
import { createMemorySlice } from '../../memory/slice-service.ts'
import { createSecretService } from '../../secrets/service.ts'
import { createSecretStore } from '../../secrets/store.ts'
import { createVault } from '../../secrets/vault-service.ts'
import { createBuiltins } from '../builtins/index.ts'
import { createCallLedger } from '../ledger-store.ts'
import { createTools } from '../service.ts'
import type { ToolGrant, ToolResult } from '../tool.ts'

export interface Received extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: string
}

/** The built-in tools with all that they need, and a server that they may reach. */
export interface BuiltinsUnderTest {
  /** Of the server: `127.0.0.1:port`, which the operator has allowed. */
  readonly host: string
  readonly received: Received[]
  /** What the server answers from now on. */
  answer: RequestListener
  call(grant: ToolGrant, input: unknown, timeoutMs?: number): Promise<ToolResult>
  keepSecret(name: string, value: string, hosts: string[]): Promise<unknown>
  close(): Promise<void>
}

export async function startBuiltins({
  allow = [],
  mailAuthorities,
}: {
  readonly allow?: readonly string[]
  readonly mailAuthorities?: string
} = {}): Promise<BuiltinsUnderTest> {
  const { databaseUrl, drop } = await testDatabase('agent')
  const tenant = testTenant()
  const log = silentLog()
  const pool = createPool({ DATABASE_URL: databaseUrl }, { max: 2 })
  const everyTenant = createPool({ DATABASE_URL: databaseUrl }, { max: 2, rows: 'of every tenant' })
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    received.push({ method, url, headers, body: await text(request) })
    under.answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const egress = createEgress({ allow: [host, ...allow], log })
  const sandbox = createSandbox({ threads: 1 })
  const store = createSecretStore(pool)
  const envelope = createEnvelope(testSecretsKeys())
  const secrets = createSecretService({ store, envelope })
  const vault = createVault({ store, envelope })
  const memory = createMemorySlice({ pool, everyTenant, log }).forTools
  const parts = {
    egress,
    vault,
    sandbox,
    memory,
    mailAuthorities,
    send: async () => {},
    now: () => 0,
  }
  const tools = createTools({
    sources: [createBuiltins(parts)],
    ledger: createCallLedger({ pool: everyTenant, leaseMs: 60_000 }),
    leaseMs: 60_000,
    log,
  })

  const under: BuiltinsUnderTest = {
    host,
    received,
    answer: (_request, response) => response.end('ok'),
    async call(grant, input, timeoutMs = 5000) {
      const [tool] = await tools.bind(tenant, [grant])
      if (!tool) throw new Error('there is no such tool')
      return tools.execute({
        ...{ callKey: `exe_${randomUUID()}/1/0`, tenant, caller: undefined, payer: { tenant } },
        ...{ tool, input, timeoutMs, signal: new AbortController().signal },
      })
    },
    keepSecret: (name, value, hosts) =>
      asTenant(tenant, () =>
        secrets.create({ principalId: 'key_test', tenant, scopes: [] } as Identity, {
          ...{ name, value, hosts },
        }),
      ),
    async close() {
      server.closeAllConnections()
      server.close()
      await Promise.all([egress.close(), sandbox.close(), pool.end(), everyTenant.end()])
      await drop()
    },
  }
  return under
}
