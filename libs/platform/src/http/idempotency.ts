import type { FastifyRequest, RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { createPoller } from '../events/poller.ts'
import type { Logger } from '../logger.ts'
import { createGate } from './idempotency-gate.ts'
import { IdempotencyHeaders, keyedRequest } from './idempotency-key.ts'
import { createRepeats } from './idempotency-repeats.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { identityOf } from './policy.ts'
import type { Service } from './service.ts'

/**
 * What a route promises when its `config` has an `idempotency`:
 *
 * - `transaction`: what it does through the pool of the service, and its answer, are one transaction.
 *   What it does elsewhere waits for `afterCommit`.
 * - `effect`: done twice with one key, it is done once, and its answer is that of one time. For what
 *   cannot be one transaction.
 * - `private-transaction`: as `transaction`; what is answered is for whoever asked first alone, and not for
 *   others of the project that come with the same key.
 */
type Idempotency = 'transaction' | 'private-transaction' | 'effect'

const PRUNE_MS = 600_000

const digests = new WeakMap<FastifyRequest, () => string>()

/** For what the body of a request does not hold, such as a file: the same key means the same digest. */
export function addToFingerprint(request: FastifyRequest, digest: () => string): void {
  digests.set(request, digest)
}

/**
 * Answers a request that comes again with its `Idempotency-Key` as it was answered before. Requests
 * without a key cost nothing, those with one two round trips to the database.
 *
 * @param store absent: the service has no such routes, and does not start with one
 */
export function answerRepeats(app: Service, store: IdempotencyStore | undefined): void {
  const gate = createGate()
  app.addHook('onRoute', (route) => {
    const idempotency = idempotencyOf(route.config)
    if (!idempotency) return
    if (!store) throw new TypeError(`${route.url} is idempotent, and nobody keeps its answers`)
    describeHeader(route)
    const repeats = createRepeats({
      ...{ store, gate },
      isTransaction: idempotency !== 'effect',
      keyedOf: (request) => keyedOf(request, idempotency === 'private-transaction'),
    })
    route.preHandler = [repeats.begin, ...listOf(route.preHandler)]
    route.onSend = [...listOf(route.onSend), repeats.settle]
    const { handler } = route
    route.handler = function (request, reply) {
      return repeats.run(request, () => handler.call(this, request, reply))
    }
  })
}

/** Expired answers go, a bounded number at a time; whoever serves requests sees to it. */
export function pruneAnswers(app: Service, store: IdempotencyStore, log: Logger): void {
  const pass = async () => (await store.prune()) > 0
  const poller = createPoller({ name: 'idempotency', pass, pollMs: PRUNE_MS, log })
  app.addHook('onReady', async () => poller.start())
  // Before the service closes the pool.
  app.addHook('preClose', () => poller.close())
}

function keyedOf(request: FastifyRequest, isPrivate: boolean) {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  const { tenant, principalId } = identityOf(request)
  const { method, url, body } = request
  const digest = [digests.get(request)?.(), isPrivate && principalId].filter(Boolean).join('\n')
  return keyedRequest(key, tenant, { method, url, body, digest })
}

function describeHeader({ url, schema }: RouteOptions): void {
  if (!schema) throw new TypeError(`${url} is idempotent, and has no schema to say so`)
  const { properties = {} } = (schema.headers ?? {}) as { properties?: Record<string, never> }
  schema.headers = Type.Object({ ...properties, ...IdempotencyHeaders.properties })
}

function idempotencyOf(config: unknown): Idempotency | undefined {
  if (typeof config !== 'object' || config === null || !('idempotency' in config)) return undefined
  return config.idempotency as Idempotency
}

function listOf<Hook>(hooks: Hook | Hook[] | undefined): Hook[] {
  if (hooks === undefined) return []
  return Array.isArray(hooks) ? hooks : [hooks]
}
