import { INTERNAL_HEADERS } from '@dure/contracts'

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** RFC 9110, 7.6.1: they speak of one connection, and must not travel further. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** The key stays here; `host` and `expect` are answered here; the gateway has its own word for the rest. */
const NOT_IN_REQUESTS = new Set([
  ...HOP_BY_HOP,
  'authorization',
  'cookie',
  'dure-canary',
  'dure-project',
  'expect',
  'forwarded',
  'host',
  'x-api-key',
  'x-request-id',
  'x-request-timeout',
  // Answers are encoded here, once, for what the client takes.
  'accept-encoding',
])
const NOT_IN_ANSWERS = new Set(HOP_BY_HOP)
const TRACE = new Set(['traceparent', 'tracestate', 'baggage'])

export interface ForwardedContext {
  readonly requestId: string
  /** Absent where the caller needs no key. */
  readonly identityToken: string | undefined
  readonly hasBody: boolean
  /** The trace to go on with; absent: what the client sent stands. */
  readonly trace: Readonly<Record<string, string>> | undefined
}

/**
 * What a service gets to see of a request, and what the gateway vouches for, as names and values in
 * turn. The deadline is not among it: each attempt has its own.
 */
export function requestHeaders(received: Headers, context: ForwardedContext): string[] {
  const { requestId, identityToken, hasBody, trace } = context
  const named = namedInConnection(received.connection)
  const sent = ['x-request-id', requestId]
  if (identityToken !== undefined) sent.push(INTERNAL_HEADERS.identity, identityToken)
  for (const name in received) {
    const value = received[name]
    if (value === undefined || NOT_IN_REQUESTS.has(name) || isOurs(name)) continue
    if (named?.has(name) || (trace && TRACE.has(name))) continue
    if (!hasBody && name === 'content-length') continue
    sent.push(name, typeof value === 'string' ? value : value.join(', '))
  }
  if (trace) for (const name in trace) sent.push(name, trace[name] ?? '')
  return sent
}

/** Whether a client gets to see this header of an answer. */
export function isForClients(name: string, named: ReadonlySet<string> | undefined): boolean {
  return !NOT_IN_ANSWERS.has(name) && !name.startsWith('x-dure-') && !named?.has(name)
}

/** Names that are for this connection only; `undefined` when the header names none. */
export function namedInConnection(
  connection: string | readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') {
    return undefined
  }
  const text = typeof connection === 'string' ? connection : connection.join(',')
  return new Set(text.split(',').map((name) => name.trim().toLowerCase()))
}

/** What only we say, to services and about where a request came from. */
function isOurs(name: string): boolean {
  return name.startsWith('x-') && (name.startsWith('x-dure-') || name.startsWith('x-forwarded-'))
}

export function isEventStream(headers: Headers): boolean {
  return String(headers['content-type']).startsWith('text/event-stream')
}

/** It is the service that says so, not whoever stands before it. */
export function isProblem(headers: Headers): boolean {
  return String(headers['content-type']).startsWith('application/problem+json')
}
