import type { Identity } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAudited, isForced } from './entry.ts'
import type { AuditLog } from './service.ts'

/**
 * Writes down what is asked for before it is done, and what became of it when the answer ends.
 *
 * @returns nothing to wait for when it is not one that the audit log tells of
 * @throws UnavailableError `audit.unavailable`
 */
export function recordRequest(audit: AuditLog, recorded: Recorded): undefined | Promise<void> {
  const { method, url } = recorded.request
  const path = url.split('?', 1)[0] ?? ''
  return isAudited(method, path) ? record(audit, recorded, path) : undefined
}

async function record(
  audit: AuditLog,
  { request, reply, identity }: Recorded,
  path: string,
): Promise<void> {
  const { method, url, id: requestId, ip, headers } = request
  const asked = {
    method,
    path,
    isForced: isForced(url),
    requestId,
    ip,
    userAgent: headers['user-agent'],
  }
  const answered = await audit.begin(asked, identity)
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
