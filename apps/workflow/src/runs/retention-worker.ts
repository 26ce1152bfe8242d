import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { RetentionStore } from './retention-store.ts'

export interface RetentionOptions {
  readonly store: RetentionStore
  readonly log: Logger
  /** Days after their end for which runs are kept. */
  readonly days: number
  /** Milliseconds between two looks. */
  readonly pollMs: number
}

/**
 * Makes the partitions of the coming days, and drops runs that are too old. It may rest for long: its
 * check says nothing, and is not for `/readyz`.
 */
export function createRetention({ store, log, days, pollMs }: RetentionOptions): Poller {
  async function pass(): Promise<boolean> {
    await store.makePartitions()
    const dropped = await store.dropRunsBefore(days)
    if (dropped.runs + dropped.days > 0) log.info(dropped, 'old runs dropped')
    return dropped.more
  }
  return createPoller({ name: 'retention', pass, pollMs, log })
}
