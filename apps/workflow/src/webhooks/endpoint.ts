import type { Tenant, WebhookEndpointId } from '@dure/contracts'
import type { WebhookEventType } from './message.ts'

/** Why an endpoint was disabled by nobody. */
export const DISABLED_REASONS = [
  /** It answered 410. */
  'gone',
  /** It took nothing for days. */
  'failing',
  /** Too much waits for it. */
  'backlog-full',
] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

export interface WebhookEndpoint {
  readonly id: WebhookEndpointId
  readonly tenant: Tenant
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly enabled: boolean
  readonly disabledReason: DisabledReason | null
  /** Of the first of the failures that no success came after. */
  readonly failingSince: Date | null
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a project says of an endpoint. */
export type EndpointSetting = Pick<
  WebhookEndpoint,
  'url' | 'description' | 'eventTypes' | 'enabled'
>

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export interface Delivery {
  readonly id: string
  readonly eventType: string
  readonly runId: string | null
  readonly status: DeliveryState
  readonly attempts: number
  readonly responseStatus: number | null
  readonly error: string | null
  readonly durationMs: number | null
  readonly attemptedAt: Date | null
  /** Of the next attempt; null when there is none. */
  readonly dueAt: Date | null
  readonly createdAt: Date
}
