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
  '/v1/schedules': 'workflow',
  '/v1/webhook-triggers': 'workflow',
  '/v1/event-triggers': 'workflow',
  '/v1/approvals': 'workflow',
  '/v2/runs': 'workflow',
  '/v2/runs:batch': 'workflow',
  '/v2/events': 'workflow',
  '/v2/aliases': 'workflow',
  '/v2/effects': 'workflow',
  '/v2/dead-letters': 'workflow',
  '/v2/dead-letters:redrive': 'workflow',
  '/v2/callbacks': 'workflow',
  '/hooks': 'workflow',
}

/** Whoever calls these has no key: what follows the prefix is the secret. */
const WITHOUT_KEY = ['/hooks/', '/v2/callbacks/']

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

/**
 * Whether a path is for callers without a key. Nobody is vouched for there, so that a service answers
 * on such a path only what it answers to everybody.
 */
export function isWithoutKey(path: string): boolean {
  return WITHOUT_KEY.some((prefix) => path.startsWith(prefix))
}
