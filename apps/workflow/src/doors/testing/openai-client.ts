import type { AddressInfo } from 'node:net'
import type { Identity } from '@dure/contracts'
import OpenAI from 'openai'
import type { Harness } from '../../testing/harness.ts'

/** The client that OpenAI publishes, at the workflow service, vouched for as the gateway would. */
export function openAiClient(harness: Harness, as: Partial<Identity> = {}): OpenAI {
  return new OpenAI({
    apiKey: 'stays at the gateway',
    baseURL: `${originOf(harness)}/openai/v1`,
    maxRetries: 0,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      for (const [name, value] of Object.entries(await harness.caller.headers('workflow', as))) {
        headers.set(name, value)
      }
      return fetch(url, { ...init, headers })
    },
  })
}

export function originOf({ service }: Harness): string {
  return `http://127.0.0.1:${(service.server.address() as AddressInfo).port}`
}
