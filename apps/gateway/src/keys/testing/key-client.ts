import { expect } from 'vitest'
import type { TestGateway } from '../../testing/gateway.ts'

/** The answer that shows a key. */
export interface Shown {
  readonly id: string
  readonly key: string
  readonly last4: string
  readonly expiresAt: string | null
}

export interface KeyClient {
  ask(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Response>
  /** A key that may read runs and manage keys, or what `wanted` says. */
  created(wanted?: object, headers?: Record<string, string>): Promise<Shown>
}

/** Asks as the first key does, unless other headers are given. */
export function keyClient(gateway: () => TestGateway): KeyClient {
  const ask: KeyClient['ask'] = (method, path, body, headers = {}) =>
    gateway().fetch(path, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
  return {
    ask,
    async created(wanted = {}, headers = {}) {
      const scopes = ['runs:read', 'api-keys:read', 'api-keys:write']
      const body = { name: 'a key', scopes, ...wanted }
      const response = await ask('POST', '/v1/api-keys', body, headers)
      expect(response.status).toBe(201)
      return (await response.json()) as Shown
    },
  }
}

export const as = (key: string) => ({ authorization: `Bearer ${key}` })

export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}
