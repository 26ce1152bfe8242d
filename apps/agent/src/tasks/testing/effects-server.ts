import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody else's server, which writes down what is done to it. */
export interface EffectsServer {
  /** `host:port`, for `EGRESS_ALLOW`. */
  readonly host: string
  readonly origin: string
  /** Paths, in the order in which something was done there. */
  readonly effects: string[]
  /** The `Idempotency-Key` of each request that was no GET, as it came. */
  readonly keys: string[]
  close(): void
}

/** @param honoursKeys whether it does once what is asked for under one key */
export async function startEffectsServer({ honoursKeys = false } = {}): Promise<EffectsServer> {
  const effects: string[] = []
  const keys: string[] = []
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'])
    const isRepeated = honoursKeys && request.method !== 'GET' && keys.includes(key)
    if (!isRepeated) effects.push(request.url ?? '')
    if (request.method !== 'GET') keys.push(key)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"counted":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ host, origin: `http://${host}`, effects, keys },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
