import type { SpanContext } from '@opentelemetry/api'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { writerOfLines } from '../logger.ts'
import { handedOver } from './direct.ts'
import { pathOf } from './path-of.ts'
import { routeOf } from './route-of.ts'

export interface AccessRecord {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly status: number
  readonly ms: number
  /** Of a client that has left, nobody knows the address any more. */
  readonly ip: string | undefined
  /** The trace that it belongs to; absent: the active one. */
  readonly context: SpanContext | undefined
  readonly error?: Error | null | undefined
}

/**
 * One line per request, when its answer has ended. Put together here: a logger that goes through the
 * fields of an object would cost more than all limits of a request do.
 */
export function accessLines(log: Logger): (of: AccessRecord) => void {
  const write = writerOfLines(log)
  return ({ id, method, url, status, ms, ip, context, error }) => {
    // Neither an id nor a method that was let in has anything to escape.
    const asked = `"reqId":"${id}","method":"${method}","url":${quoted(pathOf(url))}`
    const from = ip === undefined ? 'null' : quoted(ip)
    const answered = `"status":${status},"ms":${toHundredths(ms)},"ip":${from}`
    const fault = error ? `"error":${JSON.stringify(error.message)},` : ''
    write(`${asked},${answered},${fault}"msg":"request"`, context)
  }
}

/** Nothing in it has to be escaped. */
const PLAIN = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** By whole numbers: to find the shortest text of a fraction costs as much as the rest of the line. */
function toHundredths(value: number): string {
  const hundredths = Math.round(value * 100)
  const rest = hundredths % 100
  return `${(hundredths - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}

/** How long a request has taken up to now, in milliseconds. */
export function elapsedMs(request: FastifyRequest, reply: FastifyReply): number {
  const found = handedOver(request.raw)
  return found === undefined ? reply.elapsedTime : performance.now() - found.beganAtMs
}

export class AccessLog extends Fastify.LogController {
  readonly #record: (of: AccessRecord) => void

  constructor(log: Logger) {
    super()
    this.#record = accessLines(log)
  }

  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (routeOf(request).logLevel === 'silent') return
    const { id, method, url, ip } = request
    const ms = elapsedMs(request, reply)
    this.#record({ id, method, url, status: reply.statusCode, ms, ip, context: undefined, error })
  }
}
