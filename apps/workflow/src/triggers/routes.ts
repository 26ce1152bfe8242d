import { answerLostUpdates } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { registerTriggerRoutes } from './crud-routes.ts'
import { emitRoutes } from './events/emit-routes.ts'
import { eventKind } from './events/routes.ts'
import { scheduleKind } from './schedules/routes.ts'
import type { Triggers } from './service.ts'
import { hookRoutes } from './webhooks/hook-routes.ts'
import { webhookKind } from './webhooks/routes.ts'

export interface TriggerRoutesOptions {
  readonly triggers: Triggers
}

/** Everything under `/v1`, `/v2` and `/hooks` that triggers answer: to be registered without a prefix. */
export const triggerRoutes: FastifyPluginAsyncTypebox<TriggerRoutesOptions> = async (
  app,
  { triggers },
) => {
  await app.register(
    async (v1) => {
      answerLostUpdates(v1)
      registerTriggerRoutes(v1, scheduleKind(triggers.schedules))
      registerTriggerRoutes(v1, webhookKind(triggers.webhooks))
      registerTriggerRoutes(v1, eventKind(triggers.eventTriggers))
    },
    { prefix: '/v1' },
  )
  await app.register(emitRoutes, { prefix: '/v2', events: triggers.events })
  await app.register(hookRoutes, { receiver: triggers.receiver })
}
