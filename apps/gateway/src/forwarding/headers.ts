import { INTERNAL_HEADERS } from '@dure/contracts'

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** RFC 9110, 7.6.1: they speak of one connection, and must not travel further. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The key stays here; `host` and `expect` are answered here; the gateway has its own word for the rest. */
const NOT_FORWARDED = new Set([
  'authorization',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'x-api-key',
  'x-request-id',
  'x-request-timeout',
])

const TRACE = new Set(['traceparent', 'tracestate', 'baggage'])

export interface ForwardedContext {
  readonly requestId: string
  /** Absent where the caller needs no key. */
  readonly identityToken: string | undefined
  readonly remainingMs: number
  readonly hasBody: boolean
  /**
   * Whether the client of this process puts the active trace into what it sends. Two
   * `traceparent`s are none: the service would begin a new trace.
   */
  readonly traced: boolean
}

/** What a service gets to see of a request, and what the gateway vouches for. */
export function requestHeaders(
  received: Headers,
  context: ForwardedContext,
): Record<string, string> {
  const named = namedInConnection(received)
  const sent: Record<string, string> = {}
  for (const [name, value] of Object.entries(received)) {
    if (value === undefined || isStripped(name, context) || named.has(name)) continue
    sent[name] = typeof value === 'string' ? value : value.join(', ')
  }
  sent['x-request-id'] = context.requestId
  if (context.identityToken !== undefined) sent[INTERNAL_HEADERS.identity] = context.identityToken
  sent[INTERNAL_HEADERS.deadline] = String(Math.max(1, Math.floor(context.remainingMs)))
  return sent
}

/** What a client gets to see of an answer. */
export function responseHeaders(received: Headers): Record<string, string | string[]> {
  const named = namedInConnection(received)
  const sent: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(received)) {
    if (value === undefined || HOP_BY_HOP.has(name) || isInternal(name) || named.has(name)) continue
    sent[name] = typeof value === 'string' ? value : [...value]
  }
  return sent
}

function isStripped(name: string, { hasBody, traced }: ForwardedContext): boolean {
  return (
    HOP_BY_HOP.has(name) ||
    NOT_FORWARDED.has(name) ||
    isInternal(name) ||
    name.startsWith('x-forwarded-') ||
    (traced && TRACE.has(name)) ||
    (!hasBody && name === 'content-length')
  )
}

function isInternal(name: string): boolean {
  return name.startsWith('x-dure-')
}

function namedInConnection({ connection }: Headers): ReadonlySet<string> {
  const text = typeof connection === 'string' ? connection : (connection ?? []).join(',')
  return new Set(text.split(',').map((name) => name.trim().toLowerCase()))
}
