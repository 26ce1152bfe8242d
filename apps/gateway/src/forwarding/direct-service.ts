import type { IncomingMessage } from 'node:http'
import type { Identity, ServiceName } from '@dure/contracts'
import type { DirectLane, OwnHeaders, PlainRequest } from '@dure/platform'
import { isAudited } from '../audit/entry.ts'
import type { KeyService } from '../keys/service.ts'
import { passLimits } from '../limits/pass-service.ts'
import type { Limits } from '../limits/service.ts'
import { routeOf } from '../routing/route.ts'
import type { Upstream } from '../upstream.ts'
import type { Forwarder } from './service.ts'

export interface DirectForwardingOptions {
  /** Says at once who sends a request; undefined: it takes longer. */
  readonly known: (request: PlainRequest) => Identity | undefined
  readonly authentication: Pick<KeyService, 'expiresInMs'>
  readonly limits: Limits
  readonly forwarder: Forwarder
  readonly upstreams: Readonly<Record<ServiceName, Upstream>>
  /** Of every answer, whatever a service says. */
  readonly headers: OwnHeaders
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
/** Nothing in it is encoded, or could be read in two ways. */
const PLAIN = /^\/(v1|v2|openai)\/[\w.~:@!$&'()*+,;=/-]+(?:\?[^#%]*)?$/

/**
 * The way of most requests: somebody known asks a service for something that is not audited. It takes the steps of
 * `routes.ts` in the same order; whatever is out of the ordinary is left to that.
 */
export function directForwarding(options: DirectForwardingOptions): DirectLane {
  const { known, authentication, limits, forwarder, upstreams, headers } = options
  return {
    headers,
    patternOf,

    take({ request, reply, trace, fail }) {
      const path = pathOf(request.url)
      const service = routeOf(path)?.service
      const identity = known(request)
      if (service === undefined || identity === undefined) return false

      const setOut = () => {
        const upstream = upstreams[service]
        const expiresInMs = authentication.expiresInMs(identity)
        const exchange = { request, reply, path, identity, expiresInMs, upstream, trace, fail }
        forwarder.forward({ ...exchange, span: undefined })
      }

      const limited = passLimits(limits, { request, reply, identity })
      if (limited === undefined) setOut()
      else limited.then(setOut).catch(fail)
      return true
    },
  }
}

/** Browsers, upgrades, and what changes anything, have more to be done for them. */
function patternOf({ method = '', url = '', headers }: IncomingMessage): string | undefined {
  if (!METHODS.has(method) || headers.origin !== undefined || headers.upgrade !== undefined) {
    return undefined
  }
  const prefix = PLAIN.exec(url)?.[1]
  if (prefix === undefined) return undefined
  const path = pathOf(url)
  const route = routeOf(path)
  if (route === undefined || route.withoutKey || route.deprecated) return undefined
  return isAudited(method, path) ? undefined : `/${prefix}/*`
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}
