import type { Service } from '@dure/platform'
import { corsHeaders, corsOriginsOf, PREFLIGHT_HEADERS } from './cors.ts'
import { securityHeaders } from './security.ts'

export interface EdgeOptions {
  /** Empty, `*`, or origins with commas between them. */
  readonly corsOrigins: string
  readonly hstsMaxAgeS: number
}

/** What browsers are told with every answer; questions of theirs are answered here, without a key. */
export function guardBrowsers(app: Service, { corsOrigins, hstsMaxAgeS }: EdgeOptions): void {
  const origins = corsOriginsOf(corsOrigins)
  const varies = origins !== 'any' && origins.size > 0
  const security = securityHeaders(hstsMaxAgeS)

  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(security)
    if (varies) reply.header('vary', 'origin')
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
