import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'

/**
 * One line per request, when its answer has ended. Through a logger that does not look for secrets in
 * each line: what is in these is named here, and a key in a path is taken out of every line.
 */
export class AccessLog extends Fastify.LogController {
  readonly #log: Logger

  constructor(log: Logger) {
    super()
    this.#log = log
  }

  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (request.routeOptions.logLevel === 'silent') return
    this.#log.info(
      {
        reqId: request.id,
        method: request.method,
        url: request.url.split('?', 1)[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 100) / 100,
        ip: request.ip,
        ...(error && { error: error.message }),
      },
      'request',
    )
  }
}
