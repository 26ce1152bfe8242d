import type { ServiceName } from '@dure/contracts'
import { NotFoundError, UnauthenticatedError } from '@dure/kernel'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { KeyService } from '../keys/service.ts'
import { isWithoutKey, serviceFor } from '../routing/route.ts'
import type { Upstream } from '../upstream.ts'
import type { Forwarder } from './service.ts'

export interface ForwardingRoutesOptions {
  readonly keys: KeyService
  readonly forwarder: Forwarder
  readonly upstreams: Readonly<Record<ServiceName, Upstream>>
}

export const forwardingRoutes: FastifyPluginAsync<ForwardingRoutesOptions> = async (
  app,
  { keys, forwarder, upstreams },
) => {
  // A body is passed on as it comes: nothing here reads it, whatever its type.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.addHook('preClose', async () => forwarder.endStreams())

  for (const url of ['/v1/*', '/v2/*', '/hooks/*']) {
    app.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      // Not open: the key is checked in the handler, before the body is read. A scope cannot be
      // demanded here, since each operation behind it has its own; the service checks that.
      config: { public: true },
      schema: { hide: true },
      handler: async (request, reply) => {
        const upstream = upstreams[targetOf(request)]
        // On a path without a key, a key that is sent all the same vouches for nobody.
        const identity = isWithoutKey(pathOf(request))
          ? undefined
          : await authenticate(request, reply)
        await forwarder.forward({ request, reply, identity, upstream })
      },
    })
  }

  async function authenticate(request: FastifyRequest, reply: FastifyReply) {
    try {
      return await keys.authenticate(request.headers)
    } catch (error) {
      if (error instanceof UnauthenticatedError) reply.header('www-authenticate', 'Bearer')
      throw error
    }
  }
}

function targetOf(request: FastifyRequest): ServiceName {
  const path = pathOf(request)
  const service = serviceFor(path)
  if (service) return service
  throw new NotFoundError('route.not-found', `There is no ${request.method} ${path}: see /docs`)
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url
}
