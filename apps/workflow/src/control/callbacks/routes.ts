import { Problem } from '@dure/contracts'
import { IdempotencyHeaders } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { bodyIsOptional } from '../optional-body.ts'
import type { CallbackService } from './service.ts'

export interface CallbackRoutesOptions {
  readonly callbacks: CallbackService
}

export const callbackRoutes: FastifyPluginAsyncTypebox<CallbackRoutesOptions> = async (
  app,
  { callbacks },
) => {
  app.post(
    '/callbacks/:token',
    {
      config: { public: true },
      preValidation: bodyIsOptional,
      schema: {
        operationId: 'deliverCallback',
        summary: 'Deliver an event to the node of a run that waits for it; the body is its data',
        tags: ['runs'],
        security: [],
        params: Type.Object({ token: Type.String({ maxLength: 1000 }) }),
        headers: IdempotencyHeaders,
        body: Type.Unknown(),
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { token } = request.params
      const key = request.headers['idempotency-key']
      await callbacks.receive({ token, payload: request.body, key })
      return reply.code(204).header('cache-control', 'no-store').send(null)
    },
  )
}
