import { createPoller, type Logger, type Poller, type Queryable } from '@dure/platform'
import { forgetExpired } from './store.ts'

const POLL_MS = 10_000
const BATCH = 500

/** Deletes what has expired, which nobody is shown any more. Time is PostgreSQL's. */
export function createMemorySweep({
  pool,
  log,
  pollMs = POLL_MS,
}: {
  /** Of every tenant. */
  readonly pool: Queryable
  readonly log: Logger
  readonly pollMs?: number
}): Poller {
  const pass = async () => (await forgetExpired(pool, BATCH)) === BATCH
  return createPoller({ name: 'memory', pass, pollMs, log })
}
