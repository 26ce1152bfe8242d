import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http, { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Identity,
  INTERNAL_HEADERS,
  type Problem,
  SERVICES,
  type ServiceName,
} from '@dure/contracts'
import { createIdentityVerifier, type Service } from '@dure/platform'
import { eventually, testDatabase, testIdentity, testQueues } from '@dure/platform/testing'
import { expect } from 'vitest'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { formatApiKey } from '../keys/api-key.ts'

export interface TestGateway {
  readonly app: Service
  readonly origin: string
  readonly config: Config
  /** Of the superuser: it sees the rows of every tenant. */
  readonly databaseUrl: string
  /** Has all scopes. */
  readonly key: string
  /** The other side of each route: real servers, which a test may stop and replace. */
  readonly peers: Readonly<Record<ServiceName, Peer>>
  /** Sends a request with the key; `init.headers` win. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** A request whose body and connection the test holds in its own hands. */
  open(path: string, options?: http.RequestOptions): http.ClientRequest
  /** Lets one peer answer in another way, for one test. */
  withPeer(name: ServiceName, listener: RequestListener, work: () => Promise<void>): Promise<void>
  /** What a service makes of the identity that reached it. */
  verify(audience: ServiceName, token: string | undefined): Promise<Identity>
  /** One more instance of the same installation; it ends with this one. */
  replica(changes?: Partial<Config>): Promise<Replica>
  close(): Promise<void>
}

export interface Replica {
  readonly app: Service
  readonly origin: string
}

export interface Peer {
  readonly origin: string
  /** Answers what clients ask. */
  listener: RequestListener
  /** Answers what the gateway itself asks, now and then: its description, its readiness. */
  own: RequestListener
  stop(): Promise<void>
}

/** A gateway as in production: own database, and four peers that answer with what they were sent. */
export async function startGateway(changes: Partial<Config> = {}): Promise<TestGateway> {
  const database = await testDatabase('gateway')
  const { privateKey, publicKey } = testIdentity()
  const key = formatApiKey('Bootstrap0', 's'.repeat(43))
  const peers = await startPeers()
  const { redisUrl, prefix } = testQueues()
  const config: Config = {
    HOST: '127.0.0.1',
    PORT: 0,
    LOG_LEVEL: 'silent',
    DRAIN_MS: 0,
    ROLE: 'all',
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    LIMITS: '{}',
    // On a busy machine Redis is late, which is not what most tests are about.
    LIMITS_TIMEOUT_MS: 5000,
    WORKFLOW_URL: peers.workflow.origin,
    AGENT_URL: peers.agent.origin,
    KNOWLEDGE_URL: peers.knowledge.origin,
    ANALYTICS_URL: peers.analytics.origin,
    CORS_ORIGINS: '',
    HSTS_MAX_AGE_S: 0,
    MAX_CONNECTIONS: 10_000,
    MAX_BODY_MB: 12,
    WORKFLOW_CANARY_WEIGHT: 0,
    AGENT_CANARY_WEIGHT: 0,
    KNOWLEDGE_CANARY_WEIGHT: 0,
    ANALYTICS_CANARY_WEIGHT: 0,
    IDENTITY_PRIVATE_KEY: privateKey,
    KEY_PEPPER: randomBytes(32).toString('base64'),
    TRUSTED_PROXIES: '127.0.0.0/8',
    BOOTSTRAP_API_KEY: key,
    ...changes,
  }
  const replicas: Replica[] = []
  const replica: TestGateway['replica'] = async (different = {}) => {
    const started = await startReplica({ ...config, ...different })
    replicas.push(started)
    return started
  }
  const { app, origin } = await replica()
  const withKey: TestGateway['fetch'] = (path, init = {}) =>
    fetch(origin + path, {
      ...init,
      headers: { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) },
    })
  // The first look-up and the first connection are slow on a busy machine: not what a test is about.
  await eventually(async () => expect((await withKey('/v1/models')).status).toBe(200), {
    timeoutMs: 50_000,
  })
  return {
    app,
    origin,
    config,
    databaseUrl: database.superuserUrl,
    key,
    peers,
    fetch: withKey,
    open(path, options = {}) {
      const headers = { authorization: `Bearer ${key}`, ...(options.headers as object) }
      const request = http.request(origin + path, { ...options, headers })
      // Tests end some of them on purpose.
      request.on('error', () => {})
      return request
    },
    async withPeer(name, listener, work) {
      const peer = peers[name]
      const usual = peer.listener
      peer.listener = listener
      try {
        await work()
      } finally {
        peer.listener = usual
      }
    },
    replica,
    verify: (audience, token) => createIdentityVerifier({ publicKey, audience }).verify(token),
    async close() {
      await Promise.all(replicas.map((one) => one.app.close()))
      await Promise.all(Object.values(peers).map((peer) => peer.stop()))
      await database.drop()
    },
  }
}

async function startReplica(config: Config): Promise<Replica> {
  const app = await createApp(config)
  return { app, origin: await app.listen({ host: '127.0.0.1', port: 0 }) }
}

export async function answerTo(request: http.ClientRequest): Promise<http.IncomingMessage> {
  const [response] = await once(request, 'response')
  return response
}

export async function echoIn(response: Response): Promise<Echo> {
  return (await response.json()) as Echo
}

/** Status and code: what a client branches on. */
export async function refusalIn(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as Problem).code]
}

async function startPeers() {
  const started = await Promise.all(
    SERVICES.map(async (name) => [name, await startPeer()] as const),
  )
  return Object.fromEntries(started) as Record<ServiceName, Peer>
}

export async function startPeer(): Promise<Peer> {
  const server = createServer((request, response) => {
    const isForwarded = INTERNAL_HEADERS.identity in request.headers
    return (isForwarded ? peer.listener : peer.own)(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const peer = {
    listener: echo as RequestListener,
    own: echo as RequestListener,
    origin: `http://127.0.0.1:${port}`,
    stop: () => stop(server),
  }
  return peer
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

export interface Echo {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const { method, url, headers } = request
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }))
  })
}
