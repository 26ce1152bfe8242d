import type { OwnHeaders, Service } from '@dure/platform'
import { corsHeaders, corsOriginsOf, PREFLIGHT_HEADERS } from './cors.ts'
import { securityHeaders } from './security.ts'

export interface EdgeOptions {
  /** Empty, `*`, or origins with commas between them. */
  readonly corsOrigins: string
  readonly hstsMaxAgeS: number
}

/** What every answer says, also to whoever is not a page of another origin. */
export function headersForBrowsers({ corsOrigins, hstsMaxAgeS }: EdgeOptions): OwnHeaders {
  const origins = corsOriginsOf(corsOrigins)
  const varies = origins !== 'any' && origins.size > 0
  return { ...securityHeaders(hstsMaxAgeS), ...(varies && { vary: 'origin' }) }
}

/** What browsers are told with every answer; questions of theirs are answered here, without a key. */
export function guardBrowsers(app: Service, options: EdgeOptions): void {
  const origins = corsOriginsOf(options.corsOrigins)
  const always = headersForBrowsers(options)

  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(always)
    const { origin, 'access-control-request-method': asked } = request.headers
    const headers = origin === undefined ? undefined : corsHeaders(origins, origin)
    if (headers === undefined) {
      done()
    } else if (request.method === 'OPTIONS' && asked !== undefined) {
      void reply
        .code(204)
        .headers({ ...headers, ...PREFLIGHT_HEADERS })
        .send()
    } else {
      reply.headers(headers)
      done()
    }
  })
}
