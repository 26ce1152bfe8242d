import type { FastifyBaseLogger } from 'fastify'
import type { AuditLog } from './service.ts'

const INTERVAL_MS = 60_000

/**
 * Vouches for what was recorded, every minute: what is cut off later than that is noticed.
 *
 * @returns writes what is outstanding, vouches the last time, and stops
 */
export function signRegularly(audit: AuditLog, log: FastifyBaseLogger): () => Promise<void> {
  const sign = () =>
    audit.sign().catch((error) => log.error({ err: error }, 'audit heads not signed'))
  const timer = setInterval(() => void sign(), INTERVAL_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await audit.settle()
    await sign()
  }
}
