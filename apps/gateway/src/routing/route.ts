import type { ServiceName } from '@dure/contracts'
import { ROUTES, type Route } from './table.ts'

const BY_PREFIX: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [route.prefix, route]))

/**
 * What means another place than it says, or the same place in other words: a dot segment (also
 * percent-encoded), an empty segment, a fragment. A service that read it differently from here would
 * answer under the wrong policy.
 */
const AMBIGUOUS = /\/(?:\.|%2e){1,2}(?:\/|$)|\/\/|#/i

/**
 * The route that a path (without query) belongs to: the longest prefix of whole segments wins, in
 * exactly this spelling. `undefined` for what is not reachable from outside.
 */
export function routeOf(path: string): Route | undefined {
  if (AMBIGUOUS.test(path)) return undefined
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const route = BY_PREFIX.get(path.slice(0, end))
    if (route) return route
  }
  return undefined
}

/** The service that a path (without query) belongs to; `undefined` as for `routeOf`. */
export function serviceFor(path: string): ServiceName | undefined {
  return routeOf(path)?.service
}

/**
 * Whether a path is for callers without a key. Nobody is vouched for there, so that a service answers
 * on such a path only what it answers to everybody.
 */
export function isWithoutKey({ prefix, withoutKey }: Route, path: string): boolean {
  return withoutKey === true && path.length > prefix.length
}

/**
 * The one spelling of a path under which policies know it: what the routers of the services decode
 * before they compare is decoded, and a slash at the end is dropped.
 */
export function canonicalPath(path: string): string {
  const decoded = path.includes('%') ? decodedOf(path) : path
  return decoded.length > 1 && decoded.endsWith('/') ? decoded.slice(0, -1) : decoded
}

/** Reserved characters stay encoded, as RFC 3986 (2.2) wants it; so does what is not UTF-8. */
function decodedOf(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
