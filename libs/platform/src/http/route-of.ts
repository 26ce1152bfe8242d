import type { FastifyRequest } from 'fastify'
import type { Service } from './service.ts'

type RouteOptions = FastifyRequest['routeOptions']

const ROUTE = Symbol('route')
type Routed = FastifyRequest & { [ROUTE]?: RouteOptions | undefined }

/** Needed once per server, so that all its requests have one shape. */
export function rememberRoutes(service: Service): void {
  service.decorateRequest(ROUTE, undefined)
}

/** The route of a request. Fastify puts it together anew whenever it is asked. */
export function routeOf(request: FastifyRequest): RouteOptions {
  const routed = request as Routed
  routed[ROUTE] ??= request.routeOptions
  return routed[ROUTE]
}
