import type { Identity, ServiceName } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { activeTrace, openAiErrorHandler, pathOf, throwHandedOver } from '@dure/platform'
import { context, trace } from '@opentelemetry/api'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { recordRequest } from '../audit/record-routes.ts'
import type { AuditLog } from '../audit/service.ts'
import { passLimits } from '../limits/pass-service.ts'
import type { Limits } from '../limits/service.ts'
import { deprecationHeaders } from '../routing/deprecation.ts'
import { canonicalPath, isWithoutKey, routeOf } from '../routing/route.ts'
import type { Route } from '../routing/table.ts'
import type { Upstream } from '../upstream.ts'
import type { Forwarder } from './service.ts'

/** What Fastify knows of the routes of others. */
const FORWARDED = ['/v1/*', '/v2/*', '/openai/*', '/mcp', '/mcp/*', '/hooks/*']

export interface ForwardingRoutesOptions {
  readonly audit: AuditLog
  /** Checks the key or the token, and the limits of whoever has it. */
  readonly identify: (request: FastifyRequest, reply: FastifyReply) => Identity | Promise<Identity>
  readonly limits: Limits
  readonly forwarder: Forwarder
  readonly upstreams: Readonly<Record<ServiceName, Upstream>>
}

export const forwardingRoutes: FastifyPluginAsync<ForwardingRoutesOptions> = async (
  app,
  { identify, limits, audit, forwarder, upstreams },
) => {
  // A body is passed on as it comes: nothing here reads it, whatever its type.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.addHook('preClose', async () => forwarder.endStreams())
  // Clients of that API read errors in its own shape, from whoever they come.
  app.setErrorHandler((thrown, request, reply) => {
    if (request.url.startsWith('/openai/')) return openAiErrorHandler(thrown, request, reply)
    throw thrown
  })

  for (const url of FORWARDED) {
    app.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      // Not open: the key is checked in the handler, before the body is read. A scope cannot be
      // demanded here, since each operation behind it has its own; the service checks that.
      config: { public: true },
      schema: { hide: true },
      handler: (request, reply) => {
        throwHandedOver(request, reply)
        const path = pathOf(request.url)
        const route = targetOf(request, path)
        announceEnd(reply, route, path)
        const fail = failureTo(reply)

        function setOut(identity: Identity | undefined): void {
          const upstream = upstreams[route.service]
          forwarder.forward({
            ...{ request, reply, path, identity, upstream, fail },
            trace: activeTrace(),
            span: trace.getActiveSpan(),
          })
        }

        function admit(identity: Identity | undefined): void {
          const pending = identity
            ? recordRequest(audit, { request, reply, identity })
            : passLimits(limits, { request, reply, path, identity })
          if (pending === undefined) setOut(identity)
          else pending.then(() => setOut(identity)).catch(fail)
        }

        // On a path without a key, a key that is sent all the same vouches for nobody.
        const caller = isWithoutKey(route, path) ? undefined : identify(request, reply)
        // No promise where nothing is waited for: that is how most requests go.
        if (caller instanceof Promise) caller.then(admit).catch(fail)
        else admit(caller)
      },
    })
  }
}

/** Errors of later on are answered as those that a handler throws, and within the trace of their request. */
function failureTo(reply: FastifyReply): (error: unknown) => void {
  const active = context.active()
  return (error) => context.with(active, () => void reply.send(error))
}

/** @throws NotFoundError `route.not-found` */
function targetOf({ method }: FastifyRequest, path: string): Route {
  const route = routeOf(path)
  if (route) return route
  throw new NotFoundError('route.not-found', `There is no ${method} ${path}: see /docs`)
}

function announceEnd(reply: FastifyReply, { deprecated }: Route, path: string): void {
  if (deprecated === undefined) return
  const headers = deprecationHeaders(deprecated, reply.request.method, canonicalPath(path))
  if (headers) reply.headers(headers)
}
