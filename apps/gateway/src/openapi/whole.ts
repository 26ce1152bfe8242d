import { isWithoutKey, routeOf } from '../routing/route.ts'
import { describeEdge } from './edge.ts'
import type { Source } from './exposed.ts'
import type { JsonObject } from './json.ts'
import { type MergeOptions, mergeParts, partsOf } from './merge.ts'
import { faultInMerge } from './proof.ts'

const OWN = 'gateway'

const FRAME = {
  openapi: '3.1.0',
  info: {
    title: 'Dure',
    version: '1.0.0',
    summary: 'Build, run and observe AI agents and workflows',
    description:
      'Every list is read page by page with `cursor`; every error is an RFC 9457 problem with a stable `code`; ' +
      'every request has an `x-request-id`. What an operation needs a key for is in its `x-dure-scopes`.',
    contact: { name: 'Dure', url: 'https://dure.dev' },
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'Where this description was read' }],
  security: [{ apiKey: [] }, { apiKeyHeader: [] }, { oidc: [] }],
} satisfies JsonObject

const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `dure_live_…`' },
  apiKeyHeader: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same key, for clients that cannot set `authorization`',
  },
  oidc: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of the OpenID provider that the operator has configured, if any. ' +
      'The header `Dure-Project` says for which project: needed by who has several',
  },
} satisfies JsonObject

const EXPOSURE = {
  isExposed: (path: string, service: string) =>
    service === OWN || routeOf(path)?.service === service,
  isKeyless: ({ security }: JsonObject, path: string, service: string) => {
    if (service === OWN) return Array.isArray(security) && security.length === 0
    const route = routeOf(path)
    return route !== undefined && isWithoutKey(route, path)
  },
}

export interface Whole {
  /** What the gateway says of its own routes, if it is to be a part. */
  readonly own?: JsonObject
  /** Services of which only an older description is known, or none. */
  readonly stale: readonly string[]
}

/**
 * One description of all that can be reached, proven to say what its parts say.
 *
 * @throws Error when it does not
 */
export function describeWhole(services: readonly Source[], { own, stale }: Whole): JsonObject {
  const options: MergeOptions = {
    ...EXPOSURE,
    frame: stale.length > 0 ? { ...FRAME, 'x-dure-stale': [...stale] } : FRAME,
    securitySchemes: SECURITY_SCHEMES,
    complete: describeEdge,
  }
  const sources = own ? [...services, { service: OWN, document: own }] : services
  const parts = partsOf(sources, options)
  const merged = mergeParts(parts, options)
  const fault = faultInMerge(parts, merged)
  if (fault) throw new Error(fault)
  return merged
}
