import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { FanOutStore } from './fan-out-store.ts'

export interface FanOutOptions {
  readonly store: FanOutStore
  /** Told when there may be something to deliver. */
  readonly kick: () => void
  readonly log: Logger
  /** Milliseconds between two looks. */
  readonly pollMs: number
}

/** Reads what has happened, and writes down who is to be told of it. */
export function createFanOut({ store, kick, log, pollMs }: FanOutOptions): Poller {
  async function pass(): Promise<boolean> {
    const { more, told } = await store.advance()
    if (told > 0) kick()
    return more
  }
  return createPoller({ name: 'webhook-fan-out', pass, pollMs, log })
}
