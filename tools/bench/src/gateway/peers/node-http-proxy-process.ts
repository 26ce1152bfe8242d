// A server of Node with http-proxy. Started by libraries.ts.
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface HttpProxy {
  createProxyServer(options: { readonly target: string | undefined; readonly agent: Agent }): {
    web(request: IncomingMessage, response: ServerResponse): void
  }
}

const { PEER_FOLDER = '', PORT, UPSTREAM_URL } = process.env
const load = createRequire(join(PEER_FOLDER, 'package.json'))
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const proxy = (load('http-proxy') as HttpProxy).createProxyServer({ target: UPSTREAM_URL, agent })
createServer((request, response) => proxy.web(request, response)).listen(Number(PORT), '127.0.0.1')
