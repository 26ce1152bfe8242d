import { Problem, RunId } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { EventEmitter } from './emitter.ts'
import { EmitEvent } from './event.ts'
import { MAX_TRIGGERS } from './store.ts'

export interface EmitRoutesOptions {
  readonly events: Pick<EventEmitter, 'emit'>
}

const Emitted = Type.Object(
  {
    id: Type.String(),
    runIds: Type.Array(RunId, {
      maxItems: MAX_TRIGGERS,
      description: 'Of triggers, as far as they have started by now',
    }),
  },
  { $id: 'EmittedEvent' },
)

export const emitRoutes: FastifyPluginAsyncTypebox<EmitRoutesOptions> = async (app, { events }) => {
  app.post(
    '/events',
    {
      config: { scope: 'runs:write', idempotency: 'effect' },
      schema: {
        operationId: 'emitEvent',
        summary: 'Tell an event to the triggers and the runs that wait for it',
        description: 'An `Idempotency-Key` is the id of the event: told twice, it is still one.',
        tags: ['triggers'],
        body: EmitEvent,
        response: { 202: Emitted, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant, principalId: emittedBy } = identityOf(request)
      const key = request.headers['idempotency-key']
      const id = typeof key === 'string' ? key : undefined
      const { runIds, ...emitted } = await events.emit(tenant, { ...request.body, id, emittedBy })
      return reply.code(202).send({ ...emitted, runIds: [...runIds] })
    },
  )
}
