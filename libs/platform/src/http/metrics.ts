import { collectDefaultMetrics, Registry } from 'prom-client'
import { elapsedMs } from './access-log.ts'
import { Durations } from './durations.ts'
import { routeOf } from './route-of.ts'
import type { Service } from './service.ts'

const registries = new WeakMap<object, Registry>()

/** Where a service puts metrics of its own, beside those of every service. */
export function registryOf(service: Service): Registry {
  const registry = registries.get(service)
  if (!registry) throw new TypeError('registryOf is for what createService made')
  return registry
}

/**
 * Prometheus metrics of the process and of its requests, by route pattern and never by URL.
 *
 * @returns for whoever answers requests past Fastify
 */
export function metricsRoute(service: Service, name: string): Durations {
  const registry = new Registry()
  registries.set(service, registry)
  registry.setDefaultLabels({ service: name })
  collectDefaultMetrics({ register: registry })
  const durations = new Durations()
  durations.register(registry)

  service.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request).url ?? 'unknown'
    durations.observe(request.method, route, reply.statusCode, elapsedMs(request, reply) / 1000)
    done()
  })
  service.get(
    '/metrics',
    { config: { public: true }, logLevel: 'silent', schema: { hide: true } },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  )
  return durations
}
