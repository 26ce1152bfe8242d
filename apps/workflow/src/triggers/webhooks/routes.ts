import { WebhookTriggerId } from '@dure/contracts'
import { Type } from 'typebox'
import type { TriggerKind } from '../crud-routes.ts'
import { TRIGGER_VIEW, viewTrigger } from '../view.ts'
import type { WebhookService } from './service.ts'
import {
  type CreatedWebhookTrigger,
  Debounce,
  Dedupe,
  RESPOND,
  SaveWebhookTrigger,
  type StoredWebhookTrigger,
  WebhookAuth,
} from './webhook.ts'

const VIEW = {
  id: WebhookTriggerId,
  ...TRIGGER_VIEW,
  auth: WebhookAuth,
  dedupe: Dedupe,
  debounce: Type.Union([Debounce, Type.Null()]),
  respond: Type.Enum(RESPOND),
  headers: Type.Array(Type.String()),
}
const WebhookTrigger = Type.Object(VIEW, { $id: 'WebhookTrigger' })

const SavedWebhookTrigger = Type.Object(
  {
    ...VIEW,
    url: Type.Optional(
      Type.String({
        description: 'Of a new trigger: where to send to. It is secret, and shown only now',
        examples: ['/hooks/dure_live_hook_…'],
      }),
    ),
    secret: Type.Optional(Type.String({ description: 'When one was made: it is shown only now' })),
  },
  { $id: 'SavedWebhookTrigger' },
)

export function webhookKind(
  service: WebhookService,
): TriggerKind<StoredWebhookTrigger, SaveWebhookTrigger, CreatedWebhookTrigger> {
  return {
    noun: 'webhook trigger',
    path: '/webhook-triggers',
    idPrefix: 'whk',
    id: WebhookTriggerId,
    save: SaveWebhookTrigger,
    view: WebhookTrigger,
    viewOf: viewWebhook,
    created: { view: SavedWebhookTrigger, viewOf: viewSaved },
    service,
  }
}

function viewWebhook(trigger: StoredWebhookTrigger) {
  const { id, auth, dedupe, debounce, respond, headers } = trigger
  return { id, ...viewTrigger(trigger), auth, dedupe, debounce, respond, headers }
}

function viewSaved({ token, newSecret, ...trigger }: CreatedWebhookTrigger) {
  return {
    ...viewWebhook(trigger),
    ...(token !== undefined && { url: `/hooks/${token}` }),
    ...(newSecret !== undefined && { secret: newSecret }),
  }
}
