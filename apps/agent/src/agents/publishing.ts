import { ExperimentId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'

/** How a version gets past the gate of its agent: by an experiment, or by force. */
export interface Publishing {
  /** Of the experiment that shows that the gate is met; absent: the newest one. */
  readonly experimentId?: ExperimentId | undefined
  /** Why it is published whether the gate is met or not. */
  readonly forceReason?: string | undefined
}

export const PublishingQuery = Type.Object({
  gate: Type.Optional(ExperimentId),
  force: Type.Boolean({
    default: false,
    description: 'Publishes whether the gate is met or not; needs a reason, and is on record',
  }),
  reason: Type.Optional(
    Type.String({ minLength: 3, maxLength: 1000, pattern: '^[^\\u0000]+$', examples: ['Outage'] }),
  ),
})

/** @throws InvalidInputError `agent.force-without-reason` */
export function publishingOf({
  gate: experimentId,
  force,
  reason,
}: Static<typeof PublishingQuery>): Publishing {
  if (force && reason === undefined) throw noReason()
  return { experimentId, forceReason: force ? reason : undefined }
}

function noReason(): InvalidInputError {
  return new InvalidInputError('agent.force-without-reason', 'Say why it is published by force', [
    { pointer: '#/reason', message: 'is missing' },
  ])
}
