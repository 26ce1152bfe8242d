// A Fastify server with nothing but @fastify/http-proxy. Started by libraries.ts.
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The part of Fastify that is used here, from the packages of PEER_FOLDER. */
interface Server {
  register(plugin: unknown, options: object): Server
  listen(options: { readonly port: number; readonly host: string }): Promise<string>
}

const { PEER_FOLDER = '', PORT, UPSTREAM_URL } = process.env
const load = createRequire(join(PEER_FOLDER, 'package.json'))
const server = (load('fastify') as (options: object) => Server)({ logger: false })
server.register(load('@fastify/http-proxy'), { upstream: UPSTREAM_URL })
await server.listen({ port: Number(PORT), host: '127.0.0.1' })
