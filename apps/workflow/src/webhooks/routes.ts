import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { deliveryRoutes } from './delivery-routes.ts'
import { endpointRoutes } from './endpoint-routes.ts'
import type { EndpointService } from './endpoint-service.ts'

/** Under `/v2`. */
export const webhookRoutes: FastifyPluginAsyncTypebox<{
  readonly endpoints: EndpointService
}> = async (app, { endpoints }) => {
  await app.register(endpointRoutes, { endpoints })
  await app.register(deliveryRoutes, { endpoints })
}
