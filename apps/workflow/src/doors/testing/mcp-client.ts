import type { Identity } from '@dure/contracts'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Harness } from '../../testing/harness.ts'
import { originOf } from './openai-client.ts'

export type Era = 'legacy' | '2026-07-28'

/** The official client, at the workflow service, vouched for as the gateway would. */
export async function mcpClient(
  harness: Harness,
  era: Era,
  as: Partial<Identity> = {},
): Promise<Client> {
  const mode = era === 'legacy' ? era : { pin: era }
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } })
  const transport = new StreamableHTTPClientTransport(new URL(`${originOf(harness)}/mcp`), {
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      for (const [name, value] of Object.entries(await harness.caller.headers('workflow', as))) {
        headers.set(name, value)
      }
      return fetch(url, { ...init, headers })
    },
  })
  await client.connect(transport)
  return client
}
