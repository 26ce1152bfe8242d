import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createEgress, type Egress, type EgressOptions } from '../egress.ts'
import type { EgressRequest } from '../request.ts'

/** A server of the running test on this machine; `host` is `127.0.0.1:port`. */
export async function serve(listener: RequestListener): Promise<{ host: string; server: Server }> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

export function testEgress(options: Omit<EgressOptions, 'log'>): Egress {
  const egress = createEgress({ ...options, log: pino({ level: 'silent' }) })
  onTestFinished(() => egress.close())
  return egress
}

export const get = (url: string, changes: Partial<EgressRequest> = {}): EgressRequest => ({
  method: 'GET',
  url,
  signal: new AbortController().signal,
  maxBytes: 1000,
  timeoutMs: 10_000,
  ...changes,
})
