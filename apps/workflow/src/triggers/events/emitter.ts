import { hash, randomUUIDv7 } from 'node:crypto'
import type { RunId, Tenant } from '@dure/contracts'
import { ConflictError, DureError } from '@dure/kernel'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { HistoryEntry } from '../history.ts'
import type { HistoryStore } from '../history-store.ts'
import { type StartRuns, startFor } from '../trigger.ts'
import { type EmitEvent, type EmittedEvent, matches, type StoredEventTrigger } from './event.ts'
import type { EmittedStore, EventTriggerStore, LeftEvent } from './store.ts'

export interface Emission extends EmitEvent {
  /** Absent: an id of its own. */
  readonly id?: string | undefined
  /** Who tells it: a principal, or a run. */
  readonly emittedBy: string
}

export interface Emitted {
  readonly id: string
  /** Of triggers, as far as they are known now. */
  readonly runIds: readonly RunId[]
}

/** Events, on their way to the triggers and the runs that wait for them. */
export interface EventEmitter {
  /**
   * Once this resolves, the event arrives, however often a process dies on the way.
   *
   * @throws ConflictError `idempotency.key-reused` when another event has this id
   */
  emit(tenant: Tenant, emission: Emission): Promise<Emitted>
  /**
   * Starts one run for each trigger that the event matches; told again, it starts none. What a trigger
   * does wrong is written into its history, and keeps no other from starting.
   *
   * @throws what was thrown for reasons of ours: then it is to be told again
   */
  onEvent(tenant: Tenant, event: EmittedEvent): Promise<RunId[]>
  /** Deals with what was stored and not finished. */
  readonly poller: Poller
}

export interface EventEmitterOptions {
  readonly triggers: Pick<EventTriggerStore, 'ofName'>
  readonly emitted: EmittedStore
  readonly history: Pick<HistoryStore, 'record'>
  readonly starts: Pick<StartRuns, 'start'>
  /** Wakes runs that wait for the event; the same event may be told to it several times. */
  readonly deliver: (tenant: Tenant, event: EmittedEvent) => Promise<void>
  readonly log: Logger
  readonly pollMs: number
}

const BATCH = 20
const MAX_ATTEMPTS = 20
/** Runs of one event that are started at the same time. */
const AT_ONCE = 10

export function createEventEmitter(options: EventEmitterOptions): EventEmitter {
  const { triggers, emitted, history, starts, deliver, log, pollMs } = options

  async function fire(trigger: StoredEventTrigger, event: EmittedEvent) {
    const entry = await outcomeOf(trigger, event)
    if (entry === undefined) return undefined
    await history.record(trigger, { ...entry, occasion: event.id })
    return entry.runId
  }

  /** Undefined when the event is none of its business. */
  async function outcomeOf(
    trigger: StoredEventTrigger,
    event: EmittedEvent,
  ): Promise<HistoryEntry | undefined> {
    const idempotencyKey = `event:${trigger.id}:${event.id}`
    try {
      if (!matches(trigger.filter, event)) return undefined
      const runId = await startFor(starts, trigger, { input: event, idempotencyKey })
      return { outcome: 'fired', runId }
    } catch (error) {
      if (!(error instanceof DureError) || error.transient) throw error
      return { outcome: 'failed', reason: error.code }
    }
  }

  async function onEvent(tenant: Tenant, event: EmittedEvent): Promise<RunId[]> {
    const waiting = await triggers.ofName(tenant, event.name)
    const runIds: RunId[] = []
    const faults: unknown[] = []
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
      const some = waiting.slice(at, at + AT_ONCE).map((trigger) => fire(trigger, event))
      for (const result of await Promise.allSettled(some)) {
        if (result.status === 'rejected') faults.push(result.reason)
        else if (result.value !== undefined) runIds.push(result.value)
      }
    }
    if (faults.length > 0) throw faults[0]
    return runIds
  }

  async function finish(tenant: Tenant, event: EmittedEvent): Promise<RunId[]> {
    const [runIds] = await Promise.all([onEvent(tenant, event), deliver(tenant, event)])
    await emitted.finish(tenant, event.id, runIds)
    return runIds
  }

  async function finishLeft({ tenant, event, attempts }: LeftEvent): Promise<void> {
    await finish(tenant, event).catch(async (error) => {
      log.warn({ err: error, eventId: event.id, attempts }, 'event not dealt with')
      if (attempts >= MAX_ATTEMPTS) await emitted.finish(tenant, event.id, [])
    })
  }

  async function pass(): Promise<boolean> {
    const left = await emitted.claimLeft(BATCH)
    for (const one of left) await asTenant(one.tenant, () => finishLeft(one))
    return left.length === BATCH
  }

  async function emit(tenant: Tenant, emission: Emission): Promise<Emitted> {
    const { id = randomUUIDv7(), emittedBy, name, correlation = null, payload } = emission
    const event: EmittedEvent = { id, name, correlation, payload }
    const requestHash = hashOf(event)
    const stored = await emitted.add(tenant, event, { requestHash, emittedBy })
    if (stored.requestHash !== requestHash) throw keyReused()
    if (stored.isDone) return { id, runIds: stored.runIds }
    try {
      return { id, runIds: await finish(tenant, event) }
    } catch (error) {
      // It is stored: the poller goes on with it, here or in another process.
      log.warn({ err: error, eventId: id }, 'event not dealt with yet')
      return { id, runIds: [] }
    }
  }

  return {
    poller: createPoller({ name: 'events', pass, pollMs, log }),
    // Nodes of runs tell events, too: there is no request in whose name that would be.
    onEvent: (tenant, event) => asTenant(tenant, () => onEvent(tenant, event)),
    emit: (tenant, emission) => asTenant(tenant, () => emit(tenant, emission)),
  }
}

function hashOf({ name, correlation, payload }: EmittedEvent): string {
  const text = JSON.stringify([name, correlation, payload ?? null])
  return hash('sha256', text, 'base64url')
}

function keyReused(): ConflictError {
  return new ConflictError(
    'idempotency.key-reused',
    'This Idempotency-Key belongs to another event: use a new one',
  )
}
