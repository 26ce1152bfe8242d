import { type Identity, INTERNAL_HEADERS, type Scope } from '@dure/contracts'
import { ForbiddenError, UnauthenticatedError } from '@dure/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdentityVerifier } from '../identity.ts'
import { asTenant } from '../postgres/tenant.ts'
import { routeOf } from './route-of.ts'
import type { Service } from './service.ts'

/** Every route says in its `config` who may call it. */
type RoutePolicy = { readonly scope: Scope } | { readonly public: true }

/**
 * Says who sends a request, before its body is read. It may put headers on the answer.
 *
 * @throws UnauthenticatedError when nobody can be said to
 */
export type Identify = (
  request: FastifyRequest,
  reply: FastifyReply,
) => Identity | Promise<Identity>

const identities = new WeakMap<FastifyRequest, Identity>()

/** Who asks. Only routes with a scope have an answer. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request)
  if (!identity) throw new UnauthenticatedError('identity.missing', 'This route knows no caller')
  return identity
}

/**
 * Refuses to start with a route that declares no policy, and requests that do not meet theirs. What a request asks the
 * database, it asks in the name of its tenant: no route has to say so.
 */
export function enforcePolicies(app: Service, identify: Identify | undefined): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    const policy = policyOf(config)
    if (policy === undefined) {
      throw new TypeError(
        `${String(method)} ${url} has no policy: give it config: { scope } or { public: true }`,
      )
    }
    if ('scope' in policy && identify === undefined) {
      throw new TypeError(`${String(method)} ${url} needs a scope, but nothing says who asks`)
    }
  })

  // What is public does not even wait for a promise.
  app.addHook('onRequest', (request, reply, done) => {
    const policy = policyOf(routeOf(request).config)
    if (policy === undefined || !('scope' in policy) || identify === undefined) return done()
    admit(identify, { request, reply, scope: policy.scope }).then(
      () => inItsName(request, done),
      done,
    )
  })
  // A body that is read ends in the name of nobody: its last piece comes from the socket.
  app.addHook('preValidation', (request, _reply, done) => inItsName(request, done))
}

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly scope: Scope
}

/** @throws ForbiddenError `key.scope-missing` */
async function admit(identify: Identify, { request, reply, scope }: Asked): Promise<void> {
  const identity = await identify(request, reply)
  if (!identity.scopes.includes(scope)) {
    const message = `The key lacks the scope ${scope}: use one that has it`
    throw new ForbiddenError('key.scope-missing', message, { scope })
  }
  identities.set(request, identity)
}

function inItsName(request: FastifyRequest, work: () => void): void {
  const identity = identities.get(request)
  if (identity) asTenant(identity.tenant, work)
  else work()
}

/** As the gateway vouches for it, in a header that only the gateway can sign. */
export function identifyBy(verifier: IdentityVerifier): Identify {
  return async ({ headers }) => {
    const header = headers[INTERNAL_HEADERS.identity]
    return verifier.verify(typeof header === 'string' ? header : undefined)
  }
}

function policyOf(config: unknown): RoutePolicy | undefined {
  if (typeof config !== 'object' || config === null) return undefined
  if ('public' in config && config.public === true) return { public: true }
  if ('scope' in config) return { scope: config.scope as Scope }
  return undefined
}
