import { EVENT_SOURCES, type EventSource, type RecordedEvent } from '@dure/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { createLane } from './lane.ts'
import type { IngestStore } from './store.ts'

export interface IngestService {
  /** Resolves when the events count. Any of them may have been recorded before. */
  record(source: EventSource, events: readonly RecordedEvent[]): Promise<void>
}

/** Messages are often small; those that arrive while others are being stored go in together. */
export function createIngestService(store: IngestStore, log: FastifyBaseLogger): IngestService {
  async function record(source: EventSource, messages: readonly (readonly RecordedEvent[])[]) {
    const { unreadable, newer } = await store.record(source, messages.flat())
    warn(source, unreadable, 'events of unknown form: not counted')
    warn(source, newer, 'events of a newer form: counted when this service is as new')
  }

  function warn(source: EventSource, events: readonly RecordedEvent[], message: string): void {
    const [first] = events
    if (!first) return
    const { g, stream, type, schemaVersion } = first
    log.warn({ source, count: events.length, first: { g, stream, type, schemaVersion } }, message)
  }

  const lanes = Object.fromEntries(
    EVENT_SOURCES.map((source) => [
      source,
      createLane((messages: readonly (readonly RecordedEvent[])[]) => record(source, messages)),
    ]),
  ) as Record<EventSource, (events: readonly RecordedEvent[]) => Promise<void>>

  return { record: (source, events) => lanes[source](events) }
}
