import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { HealthService } from './service.ts'

const SystemHealth = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  services: Type.Record(
    Type.String(),
    Type.Object({
      status: Type.Enum(['ready', 'not-ready', 'unreachable']),
      latencyMs: Type.Number({ description: 'Milliseconds until the service answered' }),
    }),
  ),
})

export interface HealthRoutesOptions {
  readonly health: HealthService
}

export const healthRoutes: FastifyPluginAsyncTypebox<HealthRoutesOptions> = async (
  app,
  { health },
) => {
  app.get(
    '/health',
    {
      // For people and dashboards; whoever balances load asks /readyz of each service.
      config: { public: true },
      logLevel: 'silent',
      schema: { hide: true, response: { 200: SystemHealth } },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return health.check()
    },
  )
}
