import type { FastifyBaseLogger } from 'fastify'
import type { KeyService } from './service.ts'

const INTERVAL_MS = 10_000

/**
 * Writes down now and then which keys were used, so that no request has to. What could not be
 * written is forgotten: `lastUsedAt` is for people who tidy up, not for decisions.
 *
 * @returns writes the last time, and stops
 */
export function recordUseRegularly(keys: KeyService, log: FastifyBaseLogger): () => Promise<void> {
  const record = () =>
    keys.recordUse().catch((error) => log.warn({ err: error }, 'use of keys not recorded'))
  const timer = setInterval(() => void record(), INTERVAL_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await record()
  }
}
