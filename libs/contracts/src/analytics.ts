import { Type } from 'typebox'
import { message, queue } from './define.ts'
import { EventSource, RecordedEvent } from './recorded-event.ts'

/** How many events one message carries at the most. */
export const EVENTS_PER_MESSAGE = 100

export const analyticsQueue = queue('analytics', {
  'events.record': message(
    Type.Object({
      source: EventSource,
      events: Type.Array(RecordedEvent, { minItems: 1, maxItems: EVENTS_PER_MESSAGE }),
    }),
    ({ source, events }) => `${source}-${events.map(({ g }) => g).join('-')}`,
  ),
  /** How far a source has come: whoever has less knows that something is missing at the end. */
  'events.report-head': message(
    Type.Object({ source: EventSource, g: Type.Integer({ minimum: 0 }) }),
    ({ source, g }) => `${source}-${g}`,
  ),
})
