import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span } from '@opentelemetry/api'
import type { FastifyBaseLogger } from 'fastify'
import type { AccessRecord } from './access-log.ts'
import { DirectReply, DirectRequest, handOver, type OwnHeaders } from './direct.ts'
import type { Durations } from './durations.ts'
import { requestIdOf } from './request-id.ts'
import type { RequestTracer } from './server-span.ts'

/** Who answers requests without Fastify. */
export interface DirectLane {
  /**
   * The pattern of its route, from the head alone; undefined: it goes to Fastify. No body has been read and no hook has
   * run: only what needs none of them may go this way.
   */
  readonly patternOf: (raw: IncomingMessage) => string | undefined
  /**
   * Takes it, or leaves it as it is and returns false: then it goes to Fastify. So does what it throws, and
   * what is told to `fail` before an answer has begun: `throwHandedOver` answers it there.
   */
  readonly take: (taken: Taken) => boolean
  /** Of each of its answers. */
  readonly headers: OwnHeaders
}

export interface Taken {
  readonly request: DirectRequest
  readonly reply: DirectReply
  /** For whoever is asked next; undefined: without tracing. */
  readonly trace: OwnHeaders | undefined
  readonly fail: (error: unknown) => void
}

export interface DirectLaneParts {
  readonly log: FastifyBaseLogger
  readonly addressOf: (raw: IncomingMessage) => string
  /** Absent: without tracing. */
  readonly tracer: RequestTracer | undefined
  readonly record: (of: AccessRecord) => void
  readonly durations: Durations
}

type Listener = (raw: IncomingMessage, response: ServerResponse) => void

/**
 * What listens to requests: those of the lane are answered here, with the same span, line and figures as any other, without
 * the hooks of Fastify; all others by `usual`. A span that is recorded goes the usual way, too.
 */
export function directListener(
  lane: DirectLane,
  parts: DirectLaneParts,
  usual: Listener,
): Listener {
  return (raw, response) => {
    const pattern = lane.patternOf(raw)
    if (pattern === undefined) usual(raw, response)
    else new Direct({ lane, parts, usual }, raw, response).run(pattern)
  }
}

interface Around {
  readonly lane: DirectLane
  readonly parts: DirectLaneParts
  readonly usual: Listener
}

class Direct {
  readonly #around: Around
  readonly #response: ServerResponse
  readonly #request: DirectRequest
  readonly #reply: DirectReply
  readonly #beganAtMs = performance.now()
  #span: Span | undefined
  #isOver = false

  constructor(around: Around, raw: IncomingMessage, response: ServerResponse) {
    const { log, addressOf } = around.parts
    const id = requestIdOf(raw.headers['x-request-id'])
    this.#around = around
    this.#response = response
    this.#request = new DirectRequest(raw, { id, ip: addressOf(raw), log })
    this.#reply = new DirectReply(response, this.#request, {
      'x-request-id': id,
      'x-content-type-options': 'nosniff',
      ...around.lane.headers,
    })
  }

  run(pattern: string): void {
    const { lane, parts } = this.#around
    const traced = parts.tracer?.begin(this.#request, pattern)
    this.#span = traced?.span
    if (traced?.span.isRecording()) {
      this.#leave()
      return
    }
    this.#response.once('close', () => this.#record(pattern))
    try {
      const taken = lane.take({
        request: this.#request,
        reply: this.#reply,
        trace: traced?.headers,
        fail: (error) => this.#fail(error),
      })
      if (!taken) this.#leave()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#leave({ error, headers: this.#reply.getHeaders() })
  }

  #leave(failure?: { readonly error: unknown; readonly headers: OwnHeaders }): void {
    if (this.#isOver) return
    this.#isOver = true
    const { raw, id } = this.#request
    handOver(raw, { id, beganAtMs: this.#beganAtMs, span: this.#span, ...(failure && { failure }) })
    this.#around.usual(raw, this.#response)
  }

  /** Unless somebody else has. */
  #record(route: string): void {
    if (this.#isOver) return
    this.#isOver = true
    const { record, durations } = this.#around.parts
    const { method, url, id, ip } = this.#request
    const status = this.#response.statusCode
    const ms = performance.now() - this.#beganAtMs
    durations.observe(method, route, status, ms / 1000)
    record({ id, method, url, status, ms, ip, context: this.#span?.spanContext() })
  }
}
