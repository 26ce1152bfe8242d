import { compileExpression } from '@dure/engine'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { type StoredTrigger, TRIGGER_FIELDS } from '../trigger.ts'

/** As the nodes that wait for events and tell them have it. */
const EventName = Type.String({ pattern: '^[a-z][a-z0-9_.-]{0,99}$', examples: ['order.paid'] })

export const SaveEventTrigger = Type.Object(
  {
    ...TRIGGER_FIELDS,
    eventName: EventName,
    filter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description:
          'CEL over `input`, which has the `id`, `name`, `correlation` and `payload` of the event: only where it is true does a run start',
        examples: ['input.payload.amount > 100'],
      }),
    ),
  },
  { additionalProperties: false, $id: 'SaveEventTrigger' },
)
export type SaveEventTrigger = Static<typeof SaveEventTrigger>

export interface StoredEventTrigger extends StoredTrigger {
  readonly eventName: string
  readonly filter: string | null
}

export const EmitEvent = Type.Object(
  {
    name: EventName,
    correlation: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'Which of the runs that wait for this event it is for',
      }),
    ),
    payload: Type.Unknown({ default: {} }),
  },
  { additionalProperties: false, $id: 'EmitEvent' },
)
export type EmitEvent = Static<typeof EmitEvent>

/** Something that happened, once: its id tells it from all others of the tenant. */
export interface EmittedEvent {
  readonly id: string
  readonly name: string
  readonly correlation: string | null
  readonly payload: unknown
}

/** @throws InvalidInputError `event-trigger.invalid-filter` */
export function refuseFilter(filter: string | undefined): void {
  if (filter === undefined) return
  try {
    const { references } = compileExpression(filter)
    if (references.size === 0) return
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    throw invalidFilter(error.message)
  }
  throw invalidFilter('names nodes, of which there are none: only `input` is there')
}

/**
 * Whether a run is to start.
 *
 * @throws InvalidInputError `expression.failed` when the event is not what the filter expects,
 *   `event-trigger.filter-not-boolean`
 */
export function matches(filter: string | null, event: EmittedEvent): boolean {
  if (filter === null) return true
  const result = compileExpression(filter).evaluate({ input: event, nodes: {} })
  if (typeof result === 'boolean') return result
  throw new InvalidInputError(
    'event-trigger.filter-not-boolean',
    'The filter gives something other than true or false',
  )
}

function invalidFilter(message: string): InvalidInputError {
  return new InvalidInputError('event-trigger.invalid-filter', 'Correct the filter: see errors', [
    { pointer: '#/filter', message },
  ])
}
