import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { ServiceConfig } from '../config.ts'
import type { IdentityVerifier } from '../identity.ts'
import { AccessLog, accessLines } from './access-log.ts'
import { rememberMethods } from './allowed-methods.ts'
import { clientAddress } from './client-address.ts'
import { trackConnections } from './connections.ts'
import { watchDeadlines } from './deadline.ts'
import { handedOver } from './direct.ts'
import {
  type DirectLane,
  type DirectLaneParts,
  type DirectWay,
  directListener,
} from './direct-lane.ts'
import { ignoreTypesOfNothing } from './empty-body.ts'
import { answerNotModified } from './etag.ts'
import { type HealthCheck, healthRoutes } from './health.ts'
import { answerRepeats, pruneAnswers } from './idempotency.ts'
import { createIdempotencyStore } from './idempotency-store.ts'
import { acceptJsonBodies } from './json-body.ts'
import { metricsRoute } from './metrics.ts'
import { describeRoutes, openApiRoute } from './openapi.ts'
import type { WebhookDescription } from './openapi-webhook.ts'
import { enforcePolicies, type Identify, identifyBy } from './policy.ts'
import { problemDetails } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { RequestLog } from './request-log.ts'
import { createRequestTracer } from './request-tracer.ts'
import { rememberRoutes } from './route-of.ts'
import { traceRequests } from './server-span.ts'
import { refuseExpectation, refuseUnreadable, refuseUnrouted } from './unrouted.ts'
import { refuseUnusableUrls } from './unusable-text.ts'
import { typeboxValidator } from './validation.ts'

export type Service = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  TypeBoxTypeProvider
>

export interface ServiceOptions {
  readonly name: string
  readonly log: Logger
  /** Needed as soon as one route declares a scope: this, or `identify`. */
  readonly verifier?: IdentityVerifier
  /** Who asks, where it is not the gateway that says so. */
  readonly identify?: Identify
  /**
   * CIDRs of the proxies in front, whose `x-forwarded-for` is believed. Absent: nobody's, and the
   * address of a client is the one that its connection comes from.
   */
  readonly trustedProxies?: readonly string[]
  /** Has the table of `idempotency.sql`; needed as soon as one route has an `idempotency`. */
  readonly idempotencyPool?: pg.Pool
  readonly bodyLimitBytes?: number
  /** Whether it answers `/openapi.json` with its own description. True when absent. */
  readonly describesItself?: boolean
  /** What it sends to whoever wants to be told, by the type of the event. */
  readonly webhooks?: Readonly<Record<string, WebhookDescription>>
  /** Whether `signalOf` works. True when absent; whoever has clocks of its own needs no second one. */
  readonly watchesDeadlines?: boolean
  /** For what anybody may connect to: so many connections at once, and none of them slow. */
  readonly exposed?: { readonly maxConnections: number }
  /** `all` when absent. */
  readonly role?: ServiceConfig['ROLE']
  /** What every request needs: without one of these, `/readyz` says not ready. */
  readonly checks?: Readonly<Record<string, HealthCheck>>
  /**
   * What the work behind the requests needs: without one of these, a worker is not ready, and a
   * process that also serves requests is ready and degraded.
   */
  readonly work?: Readonly<Record<string, HealthCheck>>
}

const drains = new WeakMap<object, () => void>()

/** From now on not ready, and still serving: whoever asks readiness sends no new work. */
export function drain(service: Service): void {
  drains.get(service)?.()
}

const directParts = new WeakMap<object, DirectLaneParts>()

/** Lets requests that need no hook of the chassis be answered past Fastify: once, before it listens. */
export function answerDirectly<Way extends DirectWay>(
  service: Service,
  lane: DirectLane<Way>,
): void {
  const parts = directParts.get(service)
  const usual = service.server.listeners('request').at(-1)
  if (parts === undefined || usual === undefined) throw new TypeError('Not made by createService')
  service.server.removeListener('request', usual as () => void)
  service.server.on('request', directListener(lane, parts, usual as () => void))
}

/** A client has so long to send a head, and its connection is for so many requests. */
const LIMITS_OF_CONNECTIONS = {
  maxRequestsPerSocket: 10_000,
  http: {
    headersTimeout: 10_000,
    connectionsCheckingInterval: 2000,
    // What has no body needs no stream that ends: a tenth of all that Node does for such a request.
    optimizeEmptyRequests: true,
  },
}

/** The chassis of every service. What a service opens, it closes in its `onClose` hooks. */
export async function createService({
  name,
  log,
  verifier,
  identify = verifier && identifyBy(verifier),
  trustedProxies = [],
  idempotencyPool,
  bodyLimitBytes = 1_048_576,
  describesItself = true,
  webhooks = {},
  watchesDeadlines = true,
  exposed,
  role = 'all',
  checks = {},
  work = {},
}: ServiceOptions): Promise<Service> {
  const service = Fastify({
    loggerInstance: log,
    logController: new AccessLog(log),
    childLoggerFactory: (parent, bindings, options) =>
      new RequestLog(parent, bindings, options) as unknown as Logger,
    ...(exposed && LIMITS_OF_CONNECTIONS),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 60_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: (raw) => handedOver(raw)?.id ?? requestIdOf(raw.headers['x-request-id']),
    frameworkErrors: refuseUnrouted,
    clientErrorHandler: refuseUnreadable(() => requestIdOf(undefined)),
    // A token of a callback names a node inside of bodies inside of bodies.
    routerOptions: { maxParamLength: 1000 },
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(typeboxValidator)
    // Views are built field by field in `routes.ts`; a second schema walk would check nothing new.
    .setSerializerCompiler(() => (data) => JSON.stringify(data))

  const allowed = rememberMethods(service)
  rememberRoutes(service)
  traceRequests(service)
  // Before any other hook that may refuse: a refusal has them, too.
  service.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    // Nothing is upgraded here; but on a connection where that was asked for, Node no longer says when
    // it cannot read a request, and whoever sent it would wait in vain.
    if (request.headers.upgrade !== undefined) reply.header('connection', 'close')
    done()
  })
  ignoreTypesOfNothing(service)
  acceptJsonBodies(service)
  refuseUnusableUrls(service)
  enforcePolicies(service, identify)
  if (watchesDeadlines) watchDeadlines(service)
  const answers = idempotencyPool && createIdempotencyStore(idempotencyPool)
  answerRepeats(service, answers)
  if (answers) pruneAnswers(service, answers, log)
  await service.register(problemDetails, { allowed })
  await describeRoutes(service, name, webhooks)
  answerNotModified(service)
  if (describesItself) openApiRoute(service)
  const durations = metricsRoute(service, name)
  const health = healthRoutes(
    service,
    role === 'worker'
      ? { name, checks: { ...checks, ...work }, degrading: {} }
      : { name, checks, degrading: work },
  )
  const refuse = refuseExpectation(() => requestIdOf(undefined))
  service.server.on('checkExpectation', refuse)
  if (exposed) service.server.maxConnections = exposed.maxConnections
  const connections = trackConnections(service.server)
  const stopWork = () => {
    health.drain()
    connections.drain()
  }
  drains.set(service, stopWork)
  const addressOf = clientAddress(trustedProxies)
  const tracer = createRequestTracer()
  directParts.set(service, { log, durations, addressOf, tracer, record: accessLines(log) })
  service.addHook('preClose', async () => {
    stopWork()
    connections.endIdle()
  })
  return service
}
