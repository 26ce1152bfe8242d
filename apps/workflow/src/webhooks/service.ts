import type { Logger, Poller } from '@dure/platform'
import { afterCommit, createRewrapper, type Egress, type Envelope } from '@dure/platform'
import type pg from 'pg'
import type { SealedSequence } from '../runs/sealed-store.ts'
import { createAttemptStore } from './attempt-store.ts'
import { createDeliveryStore } from './delivery-store.ts'
import { createDeliverer } from './delivery-worker.ts'
import { createEndpointService, type EndpointService } from './endpoint-service.ts'
import { createEndpointStore } from './endpoint-store.ts'
import { createFanOutStore } from './fan-out-store.ts'
import { createFanOut } from './fan-out-worker.ts'
import { createSigning, resourceOf } from './signing-service.ts'
import { createWebhookUpkeepStore } from './upkeep-store.ts'
import { createWebhookUpkeep } from './upkeep-worker.ts'

/** All that tells others what happens in runs. */
export interface Webhooks {
  readonly endpoints: EndpointService
  /** For a process that works: to be started, and closed before the pool is. */
  readonly pollers: readonly Poller[]
  /** For `/readyz`. */
  readonly checks: { readonly webhooks: Poller['check']; readonly webhookFanOut: Poller['check'] }
}

export interface WebhooksOptions {
  /** For endpoints as a project edits them. */
  readonly pool: pg.Pool
  /** For what is delivered to all of them. */
  readonly everyTenant: pg.Pool
  readonly sequence: SealedSequence
  readonly envelope: Envelope
  readonly egress: Egress
  readonly log: Logger
  /** Milliseconds between two looks for what has happened, and for what is due. */
  readonly pollMs: number
}

const UPKEEP_MS = 60_000

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { pool, everyTenant, sequence, envelope, egress, log, pollMs } = options
  const signing = createSigning(envelope)
  const store = createAttemptStore(everyTenant)
  const deliverer = createDeliverer({ store, signing, egress, log, pollMs })
  const fanOut = createFanOut({
    ...{ store: createFanOutStore(everyTenant, sequence), log, pollMs },
    kick: deliverer.kick,
  })
  return {
    endpoints: createEndpointService({
      store: createEndpointStore(pool),
      deliveries: createDeliveryStore(pool),
      ...{ signing, egress },
      kick: () => afterCommit(deliverer.kick),
    }),
    checks: { webhooks: deliverer.check, webhookFanOut: fanOut.check },
    pollers: [
      fanOut,
      deliverer,
      createWebhookUpkeep({
        ...{ store: createWebhookUpkeepStore(everyTenant), log, pollMs: UPKEEP_MS },
      }),
      createRewrapper({
        ...{ pool: everyTenant, envelope },
        ...{ table: 'webhook_secret', resourceOf, log },
      }),
    ],
  }
}
