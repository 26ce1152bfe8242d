import type { IncomingMessage } from 'node:http'
import type { Identity, ServiceName } from '@dure/contracts'
import {
  type DirectLane,
  type DirectWay,
  type OwnHeaders,
  type PlainRequest,
  pathOf,
} from '@dure/platform'
import { isAudited } from '../audit/entry.ts'
import { passLimits } from '../limits/pass-service.ts'
import type { Limits } from '../limits/service.ts'
import { routeOf } from '../routing/route.ts'
import type { Upstream } from '../upstream.ts'
import type { Forwarder } from './service.ts'

export interface DirectForwardingOptions {
  /** Says at once who sends a request; undefined: it takes longer. */
  readonly known: (request: PlainRequest) => Identity | undefined
  readonly limits: Limits
  readonly forwarder: Forwarder
  readonly upstreams: Readonly<Record<ServiceName, Upstream>>
  /** Of every answer, whatever a service says. */
  readonly headers: OwnHeaders
}

/** Where a request goes, worked out once. */
interface Way extends DirectWay {
  /** Without query. */
  readonly path: string
  readonly service: ServiceName
}

const PATTERNS = new Map([
  ['v1', '/v1/*'],
  ['v2', '/v2/*'],
  ['openai', '/openai/*'],
])
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
/** Nothing in it is encoded, or could be read in two ways. */
const PLAIN = /^\/(?:v1|v2|openai)\/[\w.~:@!$&'()*+,;=/-]+(?:\?[^#%]*)?$/

/**
 * The way of most requests: somebody known asks a service for something that is not audited. It takes the steps of
 * `routes.ts` in the same order; whatever is out of the ordinary is left to that.
 */
export function directForwarding(options: DirectForwardingOptions): DirectLane<Way> {
  const { known, limits, forwarder, upstreams, headers } = options
  return {
    headers,
    wayOf,

    take({ way, request, reply, trace, fail }) {
      const { path, service } = way
      const identity = known(request)
      if (identity === undefined) return false

      const setOut = () => {
        const upstream = upstreams[service]
        const span = undefined
        forwarder.forward({ request, reply, path, identity, upstream, trace, span, fail })
      }

      const limited = passLimits(limits, { request, reply, path, identity })
      if (limited === undefined) setOut()
      else limited.then(setOut).catch(fail)
      return true
    },
  }
}

/** Browsers, upgrades, and what changes anything, have more to be done for them. */
function wayOf({ method = '', url = '', headers }: IncomingMessage): Way | undefined {
  if (!METHODS.has(method) || headers.origin !== undefined || headers.upgrade !== undefined) {
    return undefined
  }
  if (!PLAIN.test(url)) return undefined
  const path = pathOf(url)
  const route = routeOf(path)
  if (route === undefined || route.withoutKey || route.deprecated) return undefined
  const pattern = PATTERNS.get(path.slice(1, path.indexOf('/', 1)))
  if (pattern === undefined || isAudited(method, path)) return undefined
  return { pattern, path, service: route.service }
}
