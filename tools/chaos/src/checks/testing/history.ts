import type { History, StoredEvent } from '../history.ts'

/** An event without what follows from where it stands. */
export type Told = Pick<StoredEvent, 'type'> & Partial<StoredEvent>

interface Given extends Partial<Omit<History, 'events'>> {
  readonly events?: readonly Told[]
}

/** A run of one second per event. */
export function history({ events = [], ...more }: Given = {}): History {
  return {
    runId: 'run_1',
    marker: 'sequence-1',
    status: 'completed',
    version: events.length,
    createdAt: 0,
    endedAt: events.length * 1000,
    openTasks: 0,
    openCommands: 0,
    events: events.map((event, index) => ({
      version: index + 1,
      at: (index + 1) * 1000,
      data: {},
      ...event,
    })),
    ...more,
  }
}
