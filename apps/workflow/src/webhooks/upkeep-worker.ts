import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { WebhookUpkeepStore } from './upkeep-store.ts'

export interface WebhookUpkeepOptions {
  readonly store: WebhookUpkeepStore
  readonly log: Logger
  /** Milliseconds between two looks. */
  readonly pollMs: number
}

/**
 * Keeps deliveries bounded: old ones go, and an endpoint that more waits for than it could ever take is
 * disabled. It may rest for long: its check says nothing, and is not for `/readyz`.
 */
export function createWebhookUpkeep({ store, log, pollMs }: WebhookUpkeepOptions): Poller {
  async function pass(): Promise<boolean> {
    for (const endpointId of await store.disableFull()) {
      log.warn({ endpointId }, 'webhook endpoint disabled: too much waits for it')
    }
    const forgotten = await store.forgetOld()
    if (forgotten > 0) log.info({ forgotten }, 'old webhook deliveries forgotten')
    return forgotten > 0
  }
  return createPoller({ name: 'webhook-upkeep', pass, pollMs, log })
}
