// The usual plugins put together, with their defaults. Started by libraries.ts.
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Request {
  readonly headers: Readonly<Record<string, string | undefined>>
}
interface Reply {
  code(status: number): { send(body: object): unknown }
}
/** The parts of the packages of PEER_FOLDER that are used here. */
interface Server {
  register(plugin: unknown, options: object): Server
  addHook(name: 'onRequest', hook: (request: Request, reply: Reply) => Promise<unknown>): void
  listen(options: { readonly port: number; readonly host: string }): Promise<string>
}

const { PEER_FOLDER = '', PORT, UPSTREAM_URL, REDIS_URL, KEYS = '', PEPPER = '' } = process.env
const load = createRequire(join(PEER_FOLDER, 'package.json'))
const tracing = load('@opentelemetry/sdk-node') as {
  NodeSDK: new (options: object) => { start(): void }
}
const { HttpInstrumentation } = load('@opentelemetry/instrumentation-http') as {
  HttpInstrumentation: new () => object
}
const { UndiciInstrumentation } = load('@opentelemetry/instrumentation-undici') as {
  UndiciInstrumentation: new () => object
}
process.env.OTEL_TRACES_SAMPLER = 'parentbased_traceidratio'
process.env.OTEL_TRACES_SAMPLER_ARG = '0.01'
process.env.OTEL_METRICS_EXPORTER = 'none'
process.env.OTEL_LOGS_EXPORTER = 'none'
new tracing.NodeSDK({
  instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
}).start()

const hashOf = (key: string) =>
  createHmac('sha256', Buffer.from(PEPPER, 'base64')).update(key).digest('hex')
const known = new Set(KEYS.split(',').map(hashOf))
const Redis = load('ioredis').Redis as new (url: string | undefined) => object
const server = (load('fastify') as (options: object) => Server)({ logger: { level: 'info' } })
server.addHook('onRequest', async ({ headers }, reply) => {
  const key = headers.authorization?.slice('Bearer '.length) ?? ''
  return known.has(hashOf(key)) ? undefined : reply.code(401).send({ code: 'key.unknown' })
})
await server.register(load('@fastify/rate-limit'), {
  max: 1_000_000,
  timeWindow: '1 minute',
  redis: new Redis(REDIS_URL),
  keyGenerator: ({ headers }: Request) => headers.authorization,
})
server.register(load('@fastify/http-proxy'), { upstream: UPSTREAM_URL })
await server.listen({ port: Number(PORT), host: '127.0.0.1' })
