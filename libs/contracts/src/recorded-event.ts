import { type Static, Type } from 'typebox'
import { message } from './define.ts'
import { Tenant } from './identity.ts'

/** The services that record events, each in its own store with its own dense sequence. */
export const EVENT_SOURCES = ['workflow', 'agent'] as const
export const EventSource = Type.Enum(EVENT_SOURCES)
export type EventSource = Static<typeof EventSource>

/** A fact as it leaves the service that recorded it. */
export const RecordedEvent = Type.Object({
  g: Type.Integer({
    minimum: 1,
    description: 'Position in the sealed sequence of its source: dense, never reused',
  }),
  stream: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  type: Type.String({ examples: ['run.completed'] }),
  /** Of the form of its data, as it was recorded: its reader brings it up to date. Absent: 1. */
  schemaVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  at: Type.String({ format: 'date-time' }),
  tenant: Tenant,
  data: Type.Record(Type.String(), Type.Unknown()),
})
export type RecordedEvent = Static<typeof RecordedEvent>

/** A consumer that misses a part of the sequence asks its source to send it again. */
export const resendEvents = message(
  Type.Object({ fromG: Type.Integer({ minimum: 1 }), toG: Type.Integer({ minimum: 1 }) }),
  ({ fromG, toG }) => `${fromG}-${toG}`,
)
