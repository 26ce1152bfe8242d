import type { ServiceName } from '@dure/contracts'

/** THE table of what is reachable from outside: a path prefix, and the service that answers. */
const ROUTES: Readonly<Record<string, ServiceName>> = {
  '/v1/workflows': 'workflow',
  '/v1/runs': 'workflow',
  '/v1/node-types': 'workflow',
  '/v1/models': 'agent',
  '/v1/knowledge-bases': 'knowledge',
  '/v1/usage': 'analytics',
  '/v1/costs': 'analytics',
}

/** A segment that means another place, also when it is percent-encoded. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * The service that a path (without query) belongs to: the longest prefix of whole segments wins.
 * `undefined` for what is not reachable from outside.
 */
export function serviceFor(path: string): ServiceName | undefined {
  if (DOT_SEGMENT.test(path)) return undefined
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const prefix = path.slice(0, end)
    if (Object.hasOwn(ROUTES, prefix)) return ROUTES[prefix]
  }
  return undefined
}
