import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { writerOfLines } from '../logger.ts'
import { routeOf } from './route-of.ts'

/**
 * One line per request, when its answer has ended. Put together here: a logger that goes through the
 * fields of an object would cost more than all limits of a request do.
 */
export class AccessLog extends Fastify.LogController {
  readonly #write: (fields: string) => void

  constructor(log: Logger) {
    super()
    this.#write = writerOfLines(log)
  }

  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (routeOf(request).logLevel === 'silent') return
    const path = request.url.split('?', 1)[0]
    const ms = Math.round(reply.elapsedTime * 100) / 100
    // Neither an id nor a method that was let in has anything to escape.
    const asked = `"reqId":"${request.id}","method":"${request.method}","url":${JSON.stringify(path)}`
    // Of a client that has left, nobody knows the address any more.
    const ip = JSON.stringify(request.ip ?? null)
    const answered = `"status":${reply.statusCode},"ms":${ms},"ip":${ip}`
    const fault = error ? `"error":${JSON.stringify(error.message)},` : ''
    this.#write(`${asked},${answered},${fault}"msg":"request"`)
  }
}
