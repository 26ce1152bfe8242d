import type { Identity } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { OwnHeaders, PlainReply, PlainRequest } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import type { IdentityTokens } from '../identity/service.ts'
import { type Priority, priorityOf } from '../routing/priority.ts'
import type { Upstream } from '../upstream.ts'
import { armFor } from './canary.ts'
import { requestHeaders } from './headers.ts'
import type { ForwardingMetrics } from './metrics.ts'
import { Streams } from './streams.ts'
import { timeoutMsOf } from './timeout.ts'
import { kindOfBody } from './transport/body.ts'
import { Passage } from './transport/passage.ts'

export interface Forwarder {
  /**
   * Answers a request with what a service answers to it. Small bodies are taken in first; nothing else
   * is buffered. What goes wrong before an answer has begun is thrown, or told to `fail` later:
   *
   * @throws InvalidInputError `request.invalid-timeout`, `request.malformed`
   * @throws TooLargeError `request.too-large`
   * @throws ConflictError `key.changed`
   * @throws DeadlineExceededError `request.deadline-exceeded`
   * @throws UnavailableError `service.unavailable`, `service.overloaded`, `gateway.overloaded`
   */
  forward(exchange: Exchange): void
  /** Ends every stream: its reader resumes it, at another instance. */
  endStreams(): void
  /** The same for the streams of these keys and principals. */
  endStreamsOf(subjects: readonly string[] | 'all'): void
}

export interface Exchange {
  readonly request: PlainRequest
  readonly reply: PlainReply
  /** Of the request, without query. */
  readonly path: string
  /** Absent: nobody is vouched for, and the service answers as it would answer anybody. */
  readonly identity: Identity | undefined
  readonly upstream: Upstream
  /** For the service; undefined: without tracing. */
  readonly trace: OwnHeaders | undefined
  /** Absent where nobody records it. */
  readonly span: Span | undefined
  readonly fail: (error: unknown) => void
}

export interface ForwarderDependencies {
  /** Milliseconds that an identity is still good for; undefined: no end is known. */
  readonly expiresInMs: (identity: Identity) => number | undefined
  readonly tokens: IdentityTokens
  readonly metrics: ForwardingMetrics
  readonly maxBodyBytes: number
  /** Whether there is no room for such requests at the moment. */
  readonly sheds: (priority: Priority) => boolean
}

interface Way {
  readonly upstream: Upstream
  readonly arm: string
  readonly priority: Priority
}

/** Streams of events below these are resumed by `Last-Event-ID`. */
const RESUMABLE = /^\/v\d+\//

export function createForwarder({
  expiresInMs,
  tokens,
  metrics,
  maxBodyBytes,
  sheds,
}: ForwarderDependencies): Forwarder {
  const streams = new Streams()

  return {
    forward({ request, reply, path, identity, upstream, trace, span, fail }) {
      const beganAtMs = performance.now()
      const timeoutMs = timeoutMsOf(request.headers['x-request-timeout'])
      const body = kindOfBody(request.raw, maxBodyBytes)
      const priority = priorityOf(request.method, path)
      if (sheds(priority)) {
        metrics.shed(upstream, priority)
        throw busy()
      }

      function depart(identityToken: string | undefined): void {
        // It may have left while its key was looked up.
        if (reply.raw.destroyed) return void reply.hijack()
        const passage = new Passage({
          request,
          reply,
          upstream,
          priority,
          beganAtMs,
          timeoutMs,
          body,
          maxBodyBytes,
          arm: armFor(upstream, {
            asked: request.headers['dure-canary'],
            stickyBy: identity?.principalId ?? path,
          }),
          headers: requestHeaders(request.headers, {
            requestId: request.id,
            identityToken,
            hasBody: body !== 'none',
            trace,
          }),
          openStream: (stream) =>
            streams.begin({
              ...{ identity, beganAtMs },
              expiresInMs: identity && expiresInMs(identity),
              end: () => stream.endStream(RESUMABLE.test(path)),
            }),
          onEnd(arm, error) {
            const status = reply.raw.headersSent ? reply.raw.statusCode : 0
            metrics.finished(upstream, { priority, arm, status })
            describe(span, { upstream, arm, priority })
            if (error !== undefined) fail(error)
          },
        })
        passage.run()
      }

      const token = identity && tokens.tokenFor(identity, upstream.name)
      if (token instanceof Promise) token.then(depart).catch(fail)
      else depart(token)
    },

    endStreams: () => streams.endAll(),
    endStreamsOf: (subjects) => streams.endOf(subjects),
  }
}

function describe(span: Span | undefined, { upstream, arm, priority }: Way): void {
  if (!span?.isRecording()) return
  span.setAttributes({
    'dure.service': upstream.name,
    'dure.arm': arm,
    'dure.priority': priority,
  })
}

function busy(): UnavailableError {
  return new UnavailableError(
    'gateway.overloaded',
    'There are more requests than can be taken at the moment: try again',
    {},
    { retryAfterS: 2 },
  )
}
