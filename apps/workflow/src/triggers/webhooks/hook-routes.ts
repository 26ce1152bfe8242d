import { Problem, RunId } from '@dure/contracts'
import { signalOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { answerOf } from './answer.ts'
import type { WebhookReceiver } from './receiver.ts'

export interface HookRoutesOptions {
  readonly receiver: WebhookReceiver
}

const MAX_BODY_BYTES = 1_048_576

const Accepted = Type.Object({ runId: RunId }, { $id: 'HookAccepted' })
const Answer = Type.Unknown({
  description: 'Of a trigger that waits: what the `respond` node of the run answers',
})

/** Where senders without a key deliver: the token in the path is the secret. */
export const hookRoutes: FastifyPluginAsyncTypebox<HookRoutesOptions> = async (
  app,
  { receiver },
) => {
  const bodies = new WeakMap<object, Buffer[]>()

  // A signature is over the bytes that were sent, and JSON that was parsed has lost them. Not async:
  // whoever parses must listen from the first chunk on, too.
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const chunks: Buffer[] = []
    let bytes = 0
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
    })
    bodies.set(request, chunks)
    done(null, payload)
  })
  for (const type of [/^text\//, 'application/x-www-form-urlencoded']) {
    app.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
  }

  app.post(
    '/hooks/:token',
    {
      config: { public: true },
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        operationId: 'receiveHook',
        summary: 'Deliver to a webhook trigger: JSON or text, at most 1 MiB',
        description:
          'A delivery that is sent again is answered with the same run. Signed as the trigger demands it.',
        tags: ['hooks'],
        security: [],
        params: Type.Object({ token: Type.String({ maxLength: 200 }) }),
        body: Type.Unknown(),
        response: { 200: Answer, 202: Accepted, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { runId, response } = await receiver.receive(
        request.params.token,
        {
          headers: request.headers,
          query: request.query as Record<string, unknown>,
          body: request.body ?? null,
          raw: Buffer.concat(bodies.get(request) ?? []),
        },
        signalOf(request),
      )
      reply.header('cache-control', 'no-store')
      if (response === undefined) return reply.code(202).send({ runId })
      const { status, headers, text } = answerOf(response)
      // Any status, and not always JSON: more than the description of this route says.
      const anyReply: { code(status: number): unknown } = reply
      anyReply.code(status)
      return reply.headers(headers).send(text)
    },
  )
}
