/** Whose pages may call the API from a browser: nobody's, anybody's, or those of these origins. */
export type CorsOrigins = ReadonlySet<string> | 'any'

export type CorsHeaders = Readonly<Record<string, string>>

/** What clients send; all else makes a browser refuse the request. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'dure-canary',
  'dure-project',
  'dure-version',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'mcp-protocol-version',
  'mcp-session-id',
  'prefer',
  'traceparent',
  'tracestate',
  'x-api-key',
  'x-request-id',
  'x-request-timeout',
].join(', ')
/** What a page may read of an answer. */
const ANSWER_HEADERS = [
  'deprecation',
  'dure-upstream',
  'etag',
  'idempotency-replayed',
  'link',
  'location',
  'mcp-session-id',
  'preference-applied',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'sunset',
  'x-request-id',
].join(', ')
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
/** Two hours, the most that a browser believes. */
const MAX_AGE_S = '7200'

/** @param text of the configuration: empty, `*`, or origins with commas between them */
export function corsOriginsOf(text: string): CorsOrigins {
  const origins = text.split(',').map((origin) => origin.trim())
  return origins.includes('*') ? 'any' : new Set(origins.filter(Boolean))
}

/**
 * What makes a browser hand an answer to a page. Never with credentials: a key is sent by a page that
 * knows it, and no cookie means anything here.
 */
export function corsHeaders(origins: CorsOrigins, origin: string): CorsHeaders | undefined {
  if (origins === 'any') {
    return { 'access-control-allow-origin': '*', 'access-control-expose-headers': ANSWER_HEADERS }
  }
  if (!origins.has(origin)) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': ANSWER_HEADERS,
    vary: 'origin',
  }
}

/** What a browser wants to know before it sends a request for a page that may. */
export const PREFLIGHT_HEADERS: CorsHeaders = {
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': REQUEST_HEADERS,
  'access-control-max-age': MAX_AGE_S,
}
