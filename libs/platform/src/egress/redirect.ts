import { InvalidInputError } from '@dure/kernel'
import { headersForStrangers, headersWithoutBody } from './headers.ts'
import type { EgressRequest } from './request.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status)
}

interface Redirect {
  readonly from: URL
  readonly location: string
  readonly statusCode: number
}

/** RFC 9110, 15.4: 303, and by long custom 301 and 302 after a POST, ask again with GET. */
export function redirected(
  request: EgressRequest,
  { from, location, statusCode }: Redirect,
): EgressRequest {
  const to = URL.parse(location, from.href)
  if (to === null) {
    throw new InvalidInputError('egress.invalid-url', 'It redirects to what is not a URL')
  }
  const { body, credentials, ...rest } = request
  const toGet =
    (statusCode === 303 && request.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && request.method === 'POST')
  const headers = request.headers ?? {}
  const isKnown = to.origin === from.origin
  const known = isKnown ? headers : headersForStrangers(headers)
  return {
    ...rest,
    url: to.href,
    method: toGet ? ('GET' as const) : request.method,
    headers: toGet ? headersWithoutBody(known) : known,
    ...(isKnown && credentials && { credentials }),
    ...(body !== undefined && !toGet && { body }),
  }
}
