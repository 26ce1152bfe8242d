import {
  agentEventVersions,
  type EventSource,
  type RecordedEvent,
  runEventVersions,
} from '@dure/contracts'
import { createEventRegistry, type EventRegistry, NewerEventError } from '@dure/kernel'

export type Registries = Readonly<Record<EventSource, EventRegistry<{ readonly type: string }>>>

export const REGISTRIES: Registries = {
  workflow: createEventRegistry(runEventVersions),
  agent: createEventRegistry(agentEventVersions),
}

export interface CurrentEvents {
  readonly events: readonly RecordedEvent[]
  /**
   * What only a newer build can count. They are not taken in: so they are missing, and asked for again
   * until there is one.
   */
  readonly newer: readonly RecordedEvent[]
}

/** Events with their data as this build knows them. Of a type that is not counted, the form does not matter. */
export function currentEvents(
  all: readonly RecordedEvent[],
  counted: ReadonlySet<string>,
  registry: EventRegistry<{ readonly type: string }>,
): CurrentEvents {
  const events: RecordedEvent[] = []
  const newer: RecordedEvent[] = []
  for (const event of all) {
    const { type, schemaVersion = 1, data } = event
    try {
      const isCounted = counted.has(type)
      events.push(
        isCounted ? { ...event, data: registry.upcast(type, schemaVersion, data) } : event,
      )
    } catch (error) {
      if (!(error instanceof NewerEventError)) throw error
      newer.push(event)
    }
  }
  return { events, newer }
}
