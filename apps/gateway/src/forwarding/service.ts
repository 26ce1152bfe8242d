import type { Identity } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { activeTrace } from '@dure/platform'
import { trace } from '@opentelemetry/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
   * is buffered.
   *
   * @throws InvalidInputError `request.invalid-timeout`, `request.malformed`
   * @throws TooLargeError `request.too-large`
   * @throws ConflictError `key.changed`
   * @throws DeadlineExceededError `request.deadline-exceeded`
   * @throws UnavailableError `service.unavailable`, `service.overloaded`, `gateway.overloaded`
   */
  forward(exchange: Exchange): Promise<void>
  /** Ends every stream: its reader resumes it, at another instance. */
  endStreams(): void
  /** The same for the streams of these keys and principals. */
  endStreamsOf(subjects: readonly string[] | 'all'): void
}

export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Of the request, without query. */
  readonly path: string
  /** Absent: nobody is vouched for, and the service answers as it would answer anybody. */
  readonly identity: Identity | undefined
  /** Milliseconds that the identity is still good for; undefined: no end is known. */
  readonly expiresInMs: number | undefined
  readonly upstream: Upstream
}

export interface ForwarderDependencies {
  readonly tokens: IdentityTokens
  readonly metrics: ForwardingMetrics
  /** Whether there is no room for such requests at the moment. */
  readonly sheds: (priority: Priority) => boolean
}

/** Streams of events below these are resumed by `Last-Event-ID`. */
const RESUMABLE = /^\/v\d+\//

export function createForwarder({ tokens, metrics, sheds }: ForwarderDependencies): Forwarder {
  const streams = new Streams()

  return {
    async forward({ request, reply, path, identity, expiresInMs, upstream }) {
      const beganAtMs = performance.now()
      const timeoutMs = timeoutMsOf(request.headers['x-request-timeout'])
      const body = kindOfBody(request.raw)
      const priority = priorityOf(request.method, path)
      if (sheds(priority)) {
        metrics.shed(upstream, priority)
        throw busy()
      }
      const token = identity && tokens.tokenFor(identity, upstream.name)
      const identityToken = typeof token === 'string' ? token : await token
      // It may have left while its key was looked up.
      if (reply.raw.destroyed) return void reply.hijack()
      const passage = new Passage({
        ...{ request, reply, upstream, priority, timeoutMs, body },
        arm: armFor(upstream, {
          asked: request.headers['dure-canary'],
          stickyBy: identity?.principalId ?? path,
        }),
        headers: requestHeaders(request.headers, {
          requestId: request.id,
          identityToken,
          hasBody: body !== 'none',
          trace: activeTrace(),
        }),
        openStream: (stream) =>
          streams.begin({
            ...{ identity, expiresInMs, beganAtMs },
            end: () => stream.endStream(RESUMABLE.test(path)),
          }),
      })
      try {
        await passage.run()
      } finally {
        const status = reply.raw.headersSent ? reply.raw.statusCode : 0
        metrics.finished(upstream, { priority, arm: passage.arm, status })
        describeSpan(upstream, passage.arm, priority)
      }
    },

    endStreams: () => streams.endAll(),
    endStreamsOf: (subjects) => streams.endOf(subjects),
  }
}

function describeSpan(upstream: Upstream, arm: string, priority: Priority): void {
  const span = trace.getActiveSpan()
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
