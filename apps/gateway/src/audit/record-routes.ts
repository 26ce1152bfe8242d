import type { Identity } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditLog } from './service.ts'

/**
 * Writes down what is asked for before it is done, and what became of it when the answer ends.
 *
 * @throws UnavailableError `audit.unavailable`
 */
export async function recordRequest(
  audit: AuditLog,
  { request, reply, identity }: Recorded,
): Promise<void> {
  const answered = await audit.begin(
    {
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      requestId: request.id,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
    },
    identity,
  )
  reply.raw.once('close', () => answered(reply.raw.statusCode))
}

export interface Recorded {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly identity: Identity
}

/** For routes that the gateway answers itself, all of which have a scope. */
export function recordOwnRoutes(app: FastifyInstance, audit: AuditLog): void {
  app.addHook('preHandler', async (request, reply) =>
    recordRequest(audit, { request, reply, identity: identityOf(request) }),
  )
}
