import { RunId, WebhookDeliveryId, WebhookEndpointId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import {
  DELIVERY_STATES,
  type Delivery,
  DISABLED_REASONS,
  type WebhookEndpoint,
} from './endpoint.ts'
import { WEBHOOK_EVENT_TYPES } from './message.ts'

const Time = Type.String({ format: 'date-time' })
const orNull = <Some extends Parameters<typeof Type.Union>[0][number]>(some: Some) =>
  Type.Union([some, Type.Null()])

const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'https, on the public Internet; redirects are not followed',
  examples: ['https://example.com/webhooks/dure'],
})
const Description = Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' })
const EventTypes = Type.Array(Type.Enum(WEBHOOK_EVENT_TYPES), {
  minItems: 1,
  maxItems: WEBHOOK_EVENT_TYPES.length,
  uniqueItems: true,
  examples: [['run.completed', 'run.failed']],
})

export const CreateWebhookEndpoint = Type.Object(
  {
    url: Url,
    eventTypes: EventTypes,
    description: Type.Optional(Description),
    enabled: Type.Boolean({ default: true }),
  },
  { additionalProperties: false, $id: 'CreateWebhookEndpoint' },
)

export const UpdateWebhookEndpoint = Type.Object(
  {
    url: Type.Optional(Url),
    eventTypes: Type.Optional(EventTypes),
    description: Type.Optional(Description),
    enabled: Type.Optional(
      Type.Boolean({ description: '`true`: what waits is delivered, and failures count anew' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, $id: 'UpdateWebhookEndpoint' },
)

export const RotateWebhookSecret = Type.Object(
  {
    overlapHours: Type.Integer({
      minimum: 0,
      maximum: 168,
      default: 24,
      description: 'For how long the secrets so far sign, too; 0 when one has leaked',
    }),
  },
  { additionalProperties: false, $id: 'RotateWebhookSecret' },
)

export const WebhookEndpointView = Type.Object(
  {
    id: WebhookEndpointId,
    url: Type.String(),
    description: Type.String(),
    eventTypes: Type.Array(Type.String()),
    enabled: Type.Boolean(),
    disabledReason: orNull(
      Type.Enum(DISABLED_REASONS, {
        description:
          '`gone`: it answered 410; `failing`: it took nothing for 5 days; `backlog-full`: 10,000 deliveries wait for it',
      }),
    ),
    failingSince: orNull(Time),
    createdAt: Time,
    updatedAt: Time,
  },
  { $id: 'WebhookEndpoint' },
)

const secret = Type.String({
  description: 'What signatures are checked with. It is never shown again',
  examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
})

export const CreatedWebhookEndpoint = Type.Object(
  { ...WebhookEndpointView.properties, secret },
  { $id: 'CreatedWebhookEndpoint' },
)

export const WebhookSecretView = Type.Object({ secret }, { $id: 'WebhookSecret' })

export const WebhookDeliveryView = Type.Object(
  {
    id: Type.Unsafe<string>({ ...WebhookDeliveryId, description: 'Also `webhook-id`, each time' }),
    eventType: Type.String({ examples: ['run.completed'] }),
    runId: orNull(RunId),
    status: Type.Enum(DELIVERY_STATES),
    attempts: Type.Integer({ minimum: 0 }),
    responseStatus: orNull(Type.Integer({ description: 'Of the last attempt' })),
    error: orNull(Type.String({ description: 'Code of why there was no answer' })),
    durationMs: orNull(Type.Integer()),
    attemptedAt: orNull(Time),
    nextAttemptAt: orNull(Time),
    createdAt: Time,
  },
  { $id: 'WebhookDelivery' },
)

export const WebhookDeliveryDetails = Type.Object(
  {
    ...WebhookDeliveryView.properties,
    payload: Type.String({ description: 'As it is sent and signed, to the byte' }),
  },
  { $id: 'WebhookDeliveryDetails' },
)

export function viewEndpoint(endpoint: WebhookEndpoint): Static<typeof WebhookEndpointView> {
  const { id, url, description, eventTypes, enabled, disabledReason } = endpoint
  return {
    ...{ id, url, description, eventTypes: [...eventTypes], enabled, disabledReason },
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  }
}

export function viewDelivery(delivery: Delivery): Static<typeof WebhookDeliveryView> {
  const { id, eventType, status, attempts, responseStatus, error, durationMs } = delivery
  return {
    ...{ id, eventType, status, attempts, responseStatus, error, durationMs },
    runId: delivery.runId as Static<typeof RunId> | null,
    attemptedAt: delivery.attemptedAt?.toISOString() ?? null,
    nextAttemptAt: delivery.dueAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
  }
}
