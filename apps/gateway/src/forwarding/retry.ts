/** A request is sent so often at most. */
export const MAX_ATTEMPTS = 3

/** Longer waits are the client's own: it has better things to do meanwhile. */
const MAX_RETRY_AFTER_MS = 1000
const BASE_DELAY_MS = 50
const MAX_DELAY_MS = 1000

/** RFC 9110, 9.2.2. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])
/** The service is busy or away, or somebody between says so. */
const TRANSIENT_STATUS = new Set([502, 503, 504])
/** No byte of the request has left: no method minds. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** Whether a request has the same effect however often it arrives: services see to it by the key. */
export function isIdempotent(method: string, idempotencyKey: unknown): boolean {
  return IDEMPOTENT.has(method) || (typeof idempotencyKey === 'string' && idempotencyKey !== '')
}

export function isTransientStatus(status: number): boolean {
  return TRANSIENT_STATUS.has(status)
}

/** How a connection failed: `never-sent`, or `cut` when the request may have arrived. */
export function connectionFault(error: unknown): 'never-sent' | 'cut' | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (NEVER_SENT.has(code)) return 'never-sent'
  return CLOSED.has(code) ? 'cut' : undefined
}

/**
 * How long to wait before the next attempt: full jitter over a doubling range, so that those who
 * failed together do not come back together (M. Brooker, "Exponential Backoff And Jitter", AWS), but
 * not before the service said.
 *
 * @param attempts how often the request was sent
 * @param retryAfter the header; a date counts as too long
 * @param random 0 to 1
 * @returns milliseconds; `undefined` when that is longer than anybody should wait here
 */
export function retryDelayMs(
  attempts: number,
  retryAfter: string | undefined,
  random: number,
): number | undefined {
  const askedMs = retryAfter === undefined ? 0 : Number(retryAfter) * 1000
  if (!(askedMs <= MAX_RETRY_AFTER_MS)) return undefined
  const rangeMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempts)
  return Math.max(askedMs, random * rangeMs)
}
