import type { RouteOptions } from 'fastify'
import findMyWay, { type HTTPMethod } from 'find-my-way'
import type { Service } from './service.ts'

/** Which methods there are at a path. */
export type AllowedMethods = (path: string) => readonly string[]

/**
 * Keeps the routes of a service once more, since its own router says only that a method is not there, not
 * which ones are. To be called before the first route.
 */
export function rememberMethods(app: Service): AllowedMethods {
  const router = findMyWay({ maxParamLength: 1000 })
  const methods = new Set<HTTPMethod>()
  app.addHook('onRoute', ({ method, url }: RouteOptions) => {
    for (const one of [method].flat() as HTTPMethod[]) {
      methods.add(one)
      if (!router.hasRoute(one, url)) router.on(one, url, () => {})
    }
  })
  return (path) => [...methods].filter((method) => router.find(method, path) !== null).sort()
}
