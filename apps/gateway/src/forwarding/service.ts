import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Identity } from '@dure/contracts'
import { DureError, InvalidInputError, TooLargeError, UnavailableError } from '@dure/kernel'
import { trace } from '@opentelemetry/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdentityTokens } from '../identity/service.ts'
import type { Upstream } from '../upstream.ts'
import { requestHeaders, responseHeaders } from './headers.ts'
import { type Lifetime, startLifetime } from './lifetime.ts'
import { relay, type Sink } from './relay.ts'
import { Streams } from './streams.ts'
import { timeoutMsOf } from './timeout.ts'

export interface Forwarder {
  /**
   * Answers a request with what a service answers to it, without buffering either.
   *
   * @throws InvalidInputError `request.invalid-timeout`, `request.malformed`
   * @throws TooLargeError `request.too-large`
   * @throws DeadlineExceededError `request.deadline-exceeded`
   * @throws UnavailableError `service.unavailable`, `service.overloaded`
   */
  forward(exchange: Exchange): Promise<void>
  /** Cuts every stream off: its reader resumes it, at another instance. */
  endStreams(): void
  /** The same for the streams of these keys and principals. */
  endStreamsOf(subjects: readonly string[] | 'all'): void
}

export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Absent: nobody is vouched for, and the service answers as it would answer anybody. */
  readonly identity: Identity | undefined
  /** Milliseconds that the identity is still good for; undefined: no end is known. */
  readonly expiresInMs: number | undefined
  readonly upstream: Upstream
}

const MAX_BODY_BYTES = 12 * 1_048_576
/** Of a client that left: no status of HTTP, but the one that logs know. */
const CLIENT_CLOSED_REQUEST = 499
const CLIENT_LEFT = new Error('The client left')

export function createForwarder(tokens: IdentityTokens): Forwarder {
  const streams = new Streams()

  async function exchangeWithin(lifetime: Lifetime, exchange: Exchange): Promise<void> {
    const { request, reply, identity, upstream } = exchange
    const leave = await upstream.requests.enter(lifetime.signal)
    if (!leave) throw overloaded(upstream)
    let endStream: (() => void) | undefined
    try {
      const body = bodyOf(request.raw)
      const headers = requestHeaders(request.headers, {
        requestId: request.id,
        identityToken: identity && (await tokens.tokenFor(identity, upstream.name)),
        remainingMs: lifetime.remainingMs(),
        hasBody: body !== null,
        traced: trace.getActiveSpan() !== undefined,
      })
      const onStream = () => {
        endStream = beginStream(lifetime, exchange)
        leave()
      }
      const attempt = () =>
        relay({
          dispatcher: upstream.pool,
          request: { method: request.method, path: request.raw.url ?? '/', headers, body },
          sink: sinkOf(reply, onStream),
          signal: lifetime.signal,
        })
      await attempt().catch((error) => {
        if (reply.sent || !isSafe(request) || !isClosedConnection(error)) throw error
        return attempt()
      })
    } finally {
      leave()
      endStream?.()
    }
  }

  /** A stream has no deadline: it ends when a side leaves, its key dies, or the gateway stops. */
  function beginStream(
    lifetime: Lifetime,
    { upstream, identity, expiresInMs }: Exchange,
  ): () => void {
    const end = streams.begin({ lifetime, identity, expiresInMs })
    const leave = upstream.streams.tryEnter()
    if (!leave) {
      end()
      throw overloaded(upstream)
    }
    lifetime.lift()
    return () => {
      leave()
      end()
    }
  }

  return {
    async forward(exchange) {
      const { request, reply, upstream } = exchange
      const lifetime = startLifetime(timeoutMsOf(request.headers['x-request-timeout']))
      reply.raw.once('close', () => lifetime.end(CLIENT_LEFT))
      // It may have left while its key was looked up.
      if (reply.raw.destroyed) lifetime.end(CLIENT_LEFT)
      try {
        refuseDeclaredSize(request)
        await exchangeWithin(lifetime, exchange)
      } catch (error) {
        const mayAnswer = !reply.sent && lifetime.signal.reason !== CLIENT_LEFT
        if (mayAnswer) throw failureOf(error, upstream, reply)
        giveUp(exchange, error)
      } finally {
        lifetime.lift()
      }
    },

    endStreams: () => streams.endAll(),
    endStreamsOf: (subjects) => streams.endOf(subjects),
  }
}

/** @throws TooLargeError `request.too-large`, before a byte of it is read */
function refuseDeclaredSize({ headers }: FastifyRequest): void {
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
}

function bodyOf(raw: IncomingMessage): Readable | null {
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers
  const isEmpty = encoding === undefined && Number(length ?? 0) === 0
  if (isEmpty || raw.method === 'GET' || raw.method === 'HEAD') return null
  const body = Readable.from(bounded(raw), { objectMode: false })
  // undici reports it to the relay; a report that comes later must not end the process.
  body.on('error', () => {})
  return body
}

/** The chunks of a body, up to the limit. The connection stays usable when nobody wants the rest. */
async function* bounded(raw: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > MAX_BODY_BYTES) throw tooLarge()
      yield chunk
    }
  } finally {
    raw.resume()
  }
}

/** Writes to the client what comes back, under the headers that the gateway itself answers for. */
function sinkOf(reply: FastifyReply, onStream: () => void): Sink {
  const { raw } = reply
  return {
    writeHead(status, headers) {
      const isStream = String(headers['content-type']).startsWith('text/event-stream')
      if (isStream) onStream()
      const own = reply.getHeaders() as OutgoingHttpHeaders
      reply.hijack()
      if (own.link && headers.link)
        own.link = [own.link, headers.link].flat().map(String).join(', ')
      raw.writeHead(status, { ...responseHeaders(headers), ...own })
      // The reader waits for the head, however long the first event takes.
      if (isStream) raw.flushHeaders()
    },
    write: (chunk) => raw.write(chunk),
    onceDrained: (listener) => raw.once('drain', listener),
    end: () => raw.end(),
    cut: () => raw.destroy(),
  }
}

/** What may be asked twice: it changes nothing, and has no body that was partly sent. */
function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A service closes connections that it finds idle, sometimes at the moment when one is used again. */
function isClosedConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE'
}

/** What the client is told when the service gave no answer. Never an address: only its name. */
function failureOf(error: unknown, { name }: Upstream, reply: FastifyReply): DureError {
  // The rest of a refused body may still be on its way: nothing else can follow it.
  if (error instanceof TooLargeError) reply.header('connection', 'close')
  if (error instanceof DureError) return error
  if (error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG') {
    const message = 'The path or a header has characters that HTTP does not allow'
    return new InvalidInputError('request.malformed', message)
  }
  return new UnavailableError(
    'service.unavailable',
    `The ${name} service does not answer at the moment: try again`,
    { service: name },
    { cause: error, retryAfterS: 5 },
  )
}

function overloaded({ name }: Upstream): UnavailableError {
  return new UnavailableError(
    'service.overloaded',
    `The ${name} service has more requests than it can take: try again`,
    { service: name },
    { retryAfterS: 1 },
  )
}

function tooLarge(): TooLargeError {
  return new TooLargeError('request.too-large', 'A body has at most 12 MiB')
}

/** Nobody can be told any more: the head is sent, or the client is gone. */
function giveUp({ request, reply, upstream }: Exchange, error: unknown): void {
  if (!reply.sent) {
    reply.hijack()
    reply.raw.statusCode = CLIENT_CLOSED_REQUEST
  }
  reply.raw.destroy()
  request.log.info({ err: error, service: upstream.name }, 'answer cut off')
}
