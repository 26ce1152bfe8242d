import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { UpkeepStore } from './upkeep-store.ts'

export interface UpkeepOptions {
  readonly store: UpkeepStore
  readonly log: Logger
  /** Milliseconds between two looks; what is looked for is days old. */
  readonly pollMs: number
}

/**
 * Forgets deliveries and events that nobody sends again any more. It may rest for long: its check says
 * nothing, and is not for `/readyz`.
 */
export function createUpkeep({ store, log, pollMs }: UpkeepOptions): Poller {
  async function pass(): Promise<boolean> {
    const forgotten = await store.forgetOld()
    if (forgotten > 0) log.info({ forgotten }, 'old deliveries and events forgotten')
    return forgotten > 0
  }
  return createPoller({ name: 'trigger-upkeep', pass, pollMs, log })
}
