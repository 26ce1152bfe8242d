import { type TSchema, Type } from 'typebox'
import {
  messageSchema,
  TEST_EVENT,
  TestMessage,
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
} from './message.ts'

const SUMMARIES: Readonly<Record<WebhookEventType, string>> = {
  'run.started': 'A run has begun',
  'run.completed': 'A run has come to its end',
  'run.failed': 'A run has failed',
  'run.cancelled': 'A run was cancelled',
  'run.timed_out': 'A run has taken longer than it may',
  'run.paused': 'A run was paused',
  'run.resumed': 'A paused run goes on',
  'run.retried': 'A failed run is tried again',
  'approval.requested': 'A run asks for an approval',
  'approval.decided': 'Somebody has decided an approval',
  'approval.escalated': 'An approval is put before others, too',
  'node.needs-review': 'Nobody knows whether a write has happened: somebody has to say',
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const Headers = Type.Object({
  'webhook-id': Type.String({
    description: 'The same each time that the event is sent: do it once',
    examples: ['whd_0198c0de4a7b7c3e9f10223344556677'],
  }),
  'webhook-timestamp': Type.String({
    pattern: '^[0-9]{10}$',
    description: 'Seconds since 1970: refuse what is older than five minutes',
    examples: ['1767322984'],
  }),
  'webhook-signature': Type.String({
    description:
      'One or more of `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body` with the secret, with spaces in between: one has to fit',
    examples: ['v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4='],
  }),
})

const RESPONSES = {
  '2XX': 'Taken; to be answered within 15 s',
  '410': 'There is nobody any more: the endpoint is disabled',
  default: 'Sent again, up to ten times in 75 hours, or when `Retry-After` says',
}

function describe(type: string, summary: string, body: TSchema) {
  const words = type.split(/[._-]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return {
    ...{ operationId: `on${words.join('')}`, summary, tag: 'webhooks' },
    ...{ headers: Headers, body, responses: RESPONSES },
  }
}

/** What is sent to webhook endpoints, by the type of its event. */
export const webhookDescriptions: Readonly<Record<string, ReturnType<typeof describe>>> = {
  ...Object.fromEntries(
    WEBHOOK_EVENT_TYPES.map((type) => [type, describe(type, SUMMARIES[type], messageSchema(type))]),
  ),
  [TEST_EVENT]: describe(TEST_EVENT, 'Somebody tries an endpoint', TestMessage),
}
