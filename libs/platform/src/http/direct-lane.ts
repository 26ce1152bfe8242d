import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span } from '@opentelemetry/api'
import type { FastifyBaseLogger } from 'fastify'
import type { AccessRecord } from './access-log.ts'
import { DirectReply, DirectRequest, handOver, type OwnHeaders } from './direct.ts'
import type { Durations } from './durations.ts'
import { requestIdOf } from './request-id.ts'
import type { RequestTracer } from './request-tracer.ts'

/** Where a request goes, as its head says. */
export interface DirectWay {
  /** Of its route, for the figures. */
  readonly pattern: string
}

/** Who answers requests without Fastify. */
export interface DirectLane<Way extends DirectWay> {
  /**
   * From the head alone; undefined: it goes to Fastify. No body has been read and no hook has run: only what
   * needs none of them may go this way.
   */
  readonly wayOf: (raw: IncomingMessage) => Way | undefined
  /**
   * Takes it, or leaves it as it is and returns false: then it goes to Fastify. So does what it throws, and
   * what is told to `fail` before an answer has begun: `throwHandedOver` answers it there.
   */
  readonly take: (taken: Taken<Way>) => boolean
  /** Of each of its answers. */
  readonly headers: OwnHeaders
}

export interface Taken<Way extends DirectWay> {
  readonly way: Way
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
export function directListener<Way extends DirectWay>(
  lane: DirectLane<Way>,
  parts: DirectLaneParts,
  usual: Listener,
): Listener {
  const headers = { 'x-content-type-options': 'nosniff', ...lane.headers }
  const around = { lane, parts, usual, headers }
  return (raw, response) => {
    const way = lane.wayOf(raw)
    if (way === undefined) usual(raw, response)
    else new Direct(around, raw, response).run(way)
  }
}

interface Around<Way extends DirectWay> {
  readonly lane: DirectLane<Way>
  readonly parts: DirectLaneParts
  readonly usual: Listener
  /** Of every answer. */
  readonly headers: OwnHeaders
}

class Direct<Way extends DirectWay> {
  readonly #around: Around<Way>
  readonly #response: ServerResponse
  readonly #request: DirectRequest
  readonly #reply: DirectReply
  readonly #beganAtMs = performance.now()
  #span: Span | undefined
  #isOver = false

  constructor(around: Around<Way>, raw: IncomingMessage, response: ServerResponse) {
    const { log, addressOf } = around.parts
    const id = requestIdOf(raw.headers['x-request-id'])
    this.#around = around
    this.#response = response
    this.#request = new DirectRequest(raw, { id, ip: addressOf(raw), log })
    // What is copied comes first: then it is copied as a whole.
    this.#reply = new DirectReply(response, this.#request, {
      ...around.headers,
      'x-request-id': id,
    })
  }

  run(way: Way): void {
    const { lane, parts } = this.#around
    const traced = parts.tracer?.begin(this.#request, way.pattern)
    this.#span = traced?.span
    if (traced?.span.isRecording()) {
      this.#leave()
      return
    }
    // It comes once: `once` would only make it dearer.
    this.#response.on('close', () => {
      this.#reply.closed()
      this.#record(way.pattern)
    })
    try {
      const taken = lane.take({
        way,
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
