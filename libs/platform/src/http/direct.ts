import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span } from '@opentelemetry/api'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { RequestLog } from './request-log.ts'

/** What there is of a request on either way: that of Fastify, or past it. */
export type PlainRequest = Pick<
  FastifyRequest,
  'id' | 'ip' | 'method' | 'url' | 'headers' | 'raw'
> & {
  readonly log: Pick<FastifyBaseLogger, 'info' | 'error'>
}

/** What there is of a reply on either way. */
export interface PlainReply {
  readonly raw: ServerResponse
  readonly request: PlainRequest
  header(name: string, value: string): unknown
  headers(values: Readonly<Record<string, string>>): unknown
  getHeaders(): ReturnType<FastifyReply['getHeaders']>
  /** Whoever writes to `raw` says so before. */
  hijack(): unknown
}

export type OwnHeaders = Readonly<Record<string, string>>

/** A request that goes past Fastify. */
export class DirectRequest implements PlainRequest {
  readonly raw: IncomingMessage
  readonly id: string
  readonly ip: string
  readonly #log: FastifyBaseLogger
  #ownLog: RequestLog | undefined

  constructor(
    raw: IncomingMessage,
    { id, ip, log }: { id: string; ip: string; log: FastifyBaseLogger },
  ) {
    this.raw = raw
    this.id = id
    this.ip = ip
    this.#log = log
  }

  get log(): RequestLog {
    this.#ownLog ??= new RequestLog(this.#log, { reqId: this.id })
    return this.#ownLog
  }

  get method(): string {
    return this.raw.method ?? ''
  }

  get url(): string {
    return this.raw.url ?? '/'
  }

  get headers(): IncomingMessage['headers'] {
    return this.raw.headers
  }
}

/** Keeps headers until somebody writes the head. Names are lower case. */
export class DirectReply implements PlainReply {
  readonly raw: ServerResponse
  readonly request: DirectRequest
  readonly #headers: Record<string, string>
  readonly #closers: (() => void)[] = []

  constructor(raw: ServerResponse, request: DirectRequest, headers: Record<string, string>) {
    this.raw = raw
    this.request = request
    this.#headers = headers
  }

  header(name: string, value: string): void {
    this.#headers[name] = value
  }

  headers(values: OwnHeaders): void {
    Object.assign(this.#headers, values)
  }

  getHeaders(): Record<string, string> {
    return this.#headers
  }

  hijack(): void {}

  whenClosed(closer: () => void): void {
    this.#closers.push(closer)
  }

  closed(): void {
    for (const closer of this.#closers) closer()
  }
}

/**
 * Calls when an answer has ended, or nobody is left to read it. In a list of its own where there is one: an emitter
 * copies its listeners for each event.
 */
export function whenClosed(reply: PlainReply, closer: () => void): void {
  if (reply instanceof DirectReply) reply.whenClosed(closer)
  else reply.raw.on('close', closer)
}

/** What was found out of a request before it was left to Fastify. */
export interface HandedOver {
  readonly id: string
  /** Of `performance.now()`. */
  readonly beganAtMs: number
  readonly span: Span | undefined
  /** What is to be answered with, and nothing else done. */
  readonly failure?: { readonly error: unknown; readonly headers: OwnHeaders }
}

const HANDED_OVER = Symbol('handed over')
type Marked = IncomingMessage & { [HANDED_OVER]?: HandedOver }

export function handOver(raw: IncomingMessage, found: HandedOver): void {
  ;(raw as Marked)[HANDED_OVER] = found
}

export function handedOver(raw: IncomingMessage): HandedOver | undefined {
  return (raw as Marked)[HANDED_OVER]
}

/** Of a request that has already failed: its headers are set, and the error is thrown. */
export function throwHandedOver({ raw }: FastifyRequest, reply: FastifyReply): void {
  const failure = handedOver(raw)?.failure
  if (failure === undefined) return
  reply.headers(failure.headers)
  throw failure.error
}
