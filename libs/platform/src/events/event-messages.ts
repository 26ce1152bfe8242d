import {
  analyticsQueue,
  EVENTS_PER_MESSAGE,
  type EventSource,
  type OutgoingMessage,
  outgoing,
} from '@dure/contracts'
import type { TraceHeaders } from '../trace.ts'
import type { SealedEvent } from './sealer.ts'

/** Consecutive events of one trace, in messages that go out together. */
export interface EventMessages {
  readonly trace: TraceHeaders
  readonly messages: readonly OutgoingMessage[]
  /** Of the last event in them. */
  readonly lastG: number
}

/** What Redis holds and a consumer parses at once; an event that is larger travels alone. */
const MESSAGE_BYTES = 256 * 1024

/** Says events on in their order: never two traces in one message, never more than one may carry. */
export function eventMessages(
  source: EventSource,
  events: readonly SealedEvent[],
): EventMessages[] {
  return runs(events, (run, next) => traceId(run[0]) === traceId(next)).map((ofTrace) => ({
    trace: ofTrace[0]?.trace ?? {},
    messages: runs(ofTrace, fits).map((part) =>
      outgoing(analyticsQueue, 'events.record', {
        source,
        events: part.map(({ event }) => event),
      }),
    ),
    lastG: ofTrace.at(-1)?.event.g ?? 0,
  }))
}

/** Cuts a list before each item that does not belong to those since the last cut. */
function runs<Item>(
  items: readonly Item[],
  belongs: (run: readonly Item[], next: Item) => boolean,
): Item[][] {
  const all: Item[][] = []
  for (const item of items) {
    const last = all.at(-1)
    if (last && belongs(last, item)) last.push(item)
    else all.push([item])
  }
  return all
}

/** `00-<trace id>-<span id>-<flags>`, https://www.w3.org/TR/trace-context/#traceparent-header */
function traceId(sealed: SealedEvent | undefined): string | undefined {
  return sealed?.trace.traceparent?.split('-')[1]
}

function fits(part: readonly SealedEvent[], next: SealedEvent): boolean {
  const bytes = part.reduce((sum, sealed) => sum + sealed.bytes, next.bytes)
  return part.length < EVENTS_PER_MESSAGE && bytes <= MESSAGE_BYTES
}
