import type { ServiceName } from '@dure/contracts'
import { NotFoundError, UnauthenticatedError } from '@dure/kernel'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { KeyService } from '../keys/service.ts'
import { serviceFor } from '../routing/route.ts'
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

  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/v1/*',
    // Not open: the key is checked in the handler, before the body is read. A scope cannot be
    // demanded here, since each operation behind it has its own; the service checks that.
    config: { public: true },
    schema: { hide: true },
    handler: async (request, reply) => {
      const upstream = upstreams[targetOf(request)]
      const identity = await authenticate(request, reply)
      await forwarder.forward({ request, reply, identity, upstream })
    },
  })

  async function authenticate(request: FastifyRequest, reply: FastifyReply) {
    try {
      return await keys.authenticate(request.headers)
    } catch (error) {
      if (error instanceof UnauthenticatedError) reply.header('www-authenticate', 'Bearer')
      throw error
    }
  }
}

function targetOf({ method, url }: FastifyRequest): ServiceName {
  const path = url.split('?', 1)[0] ?? url
  const service = serviceFor(path)
  if (!service)
    throw new NotFoundError('route.not-found', `There is no ${method} ${path}: see /docs`)
  return service
}
