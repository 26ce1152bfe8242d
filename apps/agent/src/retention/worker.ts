import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { RetentionStore } from './store.ts'

export interface RetentionOptions {
  readonly store: RetentionStore
  readonly log: Logger
  /** For which what was called, and what was reserved for it, is kept. */
  readonly days: number
}

const POLL_MS = 3_600_000
/** Of each kind: a statement takes no longer than a moment. */
const BATCH = 1000

/** It may rest for long: its check says nothing, and is not for `/readyz`. */
export function createRetention({ store, log, days }: RetentionOptions): Poller {
  async function pass(): Promise<boolean> {
    const dropped = await store.dropBefore(days, BATCH)
    const counts = Object.values(dropped)
    if (counts.some((count) => count > 0)) log.info(dropped, 'old calls dropped')
    return counts.includes(BATCH)
  }
  return createPoller({ name: 'retention', pass, pollMs: POLL_MS, log })
}
