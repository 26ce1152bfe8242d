import type { RunEvent } from '@dure/contracts'
import { isPayloadRef, type PayloadRef } from '../run/decision.ts'

/** One fact of a run, as it was stored. */
export interface HistoryEvent {
  readonly version: number
  readonly at: Date
  readonly event: RunEvent
}

/**
 * The events commit by commit. What was committed within the same millisecond counts as one commit: its
 * last version is the end of one all the same.
 */
export function commitsOf(history: readonly HistoryEvent[]): HistoryEvent[][] {
  const commits: HistoryEvent[][] = []
  for (const one of history) {
    const current = commits.at(-1)
    if (current?.[0]?.at.getTime() === one.at.getTime()) current.push(one)
    else commits.push([one])
  }
  return commits
}

/** References to all large data that the events hold, each once. */
export function payloadsIn(events: readonly RunEvent[]): PayloadRef[] {
  const found = new Map<string, PayloadRef>()
  for (const event of events) {
    for (const field of ['data', 'input', 'output', 'items', 'payload'] as const) {
      const value = (event as Readonly<Record<string, unknown>>)[field]
      if (isPayloadRef(value)) found.set(value.$payload, value)
    }
  }
  return [...found.values()]
}
