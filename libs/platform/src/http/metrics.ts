import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Service } from './service.ts'

const registries = new WeakMap<object, Registry>()

/** Where a service puts metrics of its own, beside those of every service. */
export function registryOf(service: Service): Registry {
  const registry = registries.get(service)
  if (!registry) throw new TypeError('registryOf is for what createService made')
  return registry
}

/** Prometheus metrics of the process and of its requests, by route pattern and never by URL. */
export function metricsRoute(service: Service, name: string): void {
  const registry = new Registry()
  registries.set(service, registry)
  registry.setDefaultLabels({ service: name })
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  })

  service.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    duration.observe(
      { method, route: routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  service.get(
    '/metrics',
    { config: { public: true }, logLevel: 'silent', schema: { hide: true } },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  )
}
