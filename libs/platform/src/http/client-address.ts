import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'

/**
 * The address that a request comes from, as `request.ip` of Fastify says it: of the connection, or the last one that a
 * trusted proxy has named.
 *
 * @param trustedProxies CIDRs
 */
export function clientAddress(trustedProxies: readonly string[]): (raw: IncomingMessage) => string {
  const own = ({ socket }: IncomingMessage) => socket.remoteAddress ?? ''
  if (trustedProxies.length === 0) return own
  const trust = proxyAddress.compile([...trustedProxies])
  return (raw) =>
    raw.headers['x-forwarded-for'] === undefined ? own(raw) : proxyAddress(raw, trust)
}
