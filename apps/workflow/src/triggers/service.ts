import type { Tenant } from '@dure/contracts'
import type { Logger, Poller } from '@dure/platform'
import type pg from 'pg'
import { createEventEmitter, type EventEmitter } from './events/emitter.ts'
import type { EmittedEvent } from './events/event.ts'
import { createEventTriggerService, type EventTriggerService } from './events/service.ts'
import { createEmittedStore, createEventTriggerStore } from './events/store.ts'
import { createHistoryStore } from './history-store.ts'
import { createScheduleService, type ScheduleService } from './schedules/service.ts'
import { createScheduleStore } from './schedules/store.ts'
import { createScheduler } from './schedules/worker.ts'
import type { StartRuns } from './trigger.ts'
import { createUpkeepStore } from './upkeep-store.ts'
import { createWebhookReceiver, type WebhookReceiver } from './webhooks/receiver.ts'
import { createWebhookService, type WebhookService } from './webhooks/service.ts'
import { createWebhookStore } from './webhooks/store.ts'
import { createUpkeep } from './worker.ts'

/** All that starts runs without anybody asking for a run. */
export interface Triggers {
  readonly schedules: ScheduleService
  readonly webhooks: WebhookService
  readonly receiver: WebhookReceiver
  readonly eventTriggers: EventTriggerService
  readonly events: EventEmitter
  /** For a process that works: to be started, and closed before the pool is. */
  readonly scheduler: Poller
  readonly upkeep: Poller
}

export interface TriggersOptions {
  /** For triggers as a project edits them, and for its events. */
  readonly pool: pg.Pool
  /** For what is due, whoever's it is, and for what comes with a token instead of a key. */
  readonly everyTenant: pg.Pool
  readonly starts: StartRuns
  /** Wakes runs that wait for an event; the same event may be told to it several times. */
  readonly deliver: (tenant: Tenant, event: EmittedEvent) => Promise<void>
  readonly log: Logger
  /** Milliseconds between two looks for what is due. */
  readonly pollMs: number
}

const UPKEEP_MS = 600_000

export function createTriggers(options: TriggersOptions): Triggers {
  const { pool, everyTenant, starts, deliver, log, pollMs } = options
  const history = createHistoryStore(pool)
  const triggers = createEventTriggerStore(pool)
  const { claimLeft } = createEmittedStore(everyTenant)
  const emitted = { ...createEmittedStore(pool), claimLeft }
  const emitter = { triggers, emitted, history, starts, deliver, log, pollMs }
  return {
    schedules: createScheduleService({ store: createScheduleStore(pool), history }),
    scheduler: createScheduler({
      ...{ store: createScheduleStore(everyTenant), starts, log, pollMs },
    }),
    webhooks: createWebhookService({ store: createWebhookStore(pool), history }),
    receiver: createWebhookReceiver({
      store: createWebhookStore(everyTenant),
      history: createHistoryStore(everyTenant),
      starts,
    }),
    eventTriggers: createEventTriggerService({ store: triggers, history }),
    events: createEventEmitter(emitter),
    upkeep: createUpkeep({ store: createUpkeepStore(everyTenant), log, pollMs: UPKEEP_MS }),
  }
}
