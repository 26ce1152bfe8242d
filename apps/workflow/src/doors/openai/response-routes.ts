import {
  type EventStreams,
  IdempotencyHeaders,
  identityOf,
  OpenAiError,
  patienceOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'

import { isOver } from '../../runs/run-row.ts'
import type { StartedRun } from '../../runs/start-service.ts'
import type { DoorRuns } from '../run-service.ts'
import { NO_TOKENS } from './answer.ts'
import {
  type AskedAs,
  conversationIn,
  eventsOf,
  type ResponseEvent,
  viewResponse,
} from './response.ts'
import { ResponseRequest, ResponseView } from './response-schema.ts'
import type { ResponseService } from './response-service.ts'
import type { OpenAiService } from './service.ts'

export interface ResponseRoutesOptions {
  readonly openAi: OpenAiService
  readonly responses: ResponseService
  readonly doorRuns: DoorRuns
  readonly streams: EventStreams
}

type Request = Parameters<EventStreams['streamText']>[0]
type Reply = Parameters<EventStreams['streamText']>[1]

const OfResponse = Type.Object({ id: Type.String({ maxLength: 100, 'x-dure-ref': 'resp' }) })
const tags = ['openai']
const MAX_BUFFERED_BYTES = 65_536

export const responseRoutes: FastifyPluginAsyncTypebox<ResponseRoutesOptions> = async (
  app,
  { openAi, responses, doorRuns, streams },
) => {
  interface Answering {
    readonly started: StartedRun
    readonly asked: AskedAs
    /** What becomes of the run when nobody reads on. */
    readonly leave: () => Promise<void>
  }

  function stream(request: Request, reply: Reply, { started, asked, leave }: Answering) {
    const events = eventsOf(asked, started.run.id)
    const isBehind = () => reply.raw.writableLength > MAX_BUFFERED_BYTES
    return streams.streamText(request, reply, async function* (signal) {
      let isWhole = false
      try {
        yield textOf(events.created(started.run))
        for await (const news of openAi.follow(started, { signal, isBehind })) {
          isWhole = 'outcome' in news
          if ('piece' in news) yield textOf(events.piece(news.piece))
          else if ('outcome' in news) yield textOf(events.ended(news.outcome))
          else yield textOf(events.failed(news.failure))
        }
      } finally {
        if (!isWhole) await leave()
      }
    })
  }

  app.post(
    '/responses',
    {
      config: { scope: 'runs:write' },
      schema: {
        operationId: 'createResponse',
        summary: 'Ask a workflow or an agent by the Responses API of OpenAI',
        description:
          'Starts a run, as `createChatCompletion` does, and answers with what it says. A run that takes longer than the request may wait goes on, and so does one with `background`: get the response by its id. With `stream`, the answer comes as typed events.',
        tags,
        headers: IdempotencyHeaders,
        body: ResponseRequest,
        response: { 200: ResponseView, '4xx': OpenAiError },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { body } = request
      const asked = askedAs(body)
      const idempotencyKey = request.headers['idempotency-key']
      const conversation = conversationIn(body)
      const started = await responses.ask(
        { identity, model: body.model, conversation, idempotencyKey },
        asked,
      )
      const { run } = started
      const leave = async () => {
        if (asked.background || idempotencyKey !== undefined) return
        await doorRuns.giveUp(identity, run.id)
      }
      reply.header('location', `/v1/runs/${run.id}`)
      if (started.isRepeated) reply.header('idempotency-replayed', 'true')
      if (body.stream) return stream(request, reply, { started, asked, leave })
      if (asked.background && !isOver(run)) return viewResponse({ run, tokens: NO_TOKENS }, asked)
      const outcome = await openAi.outcome(started, patienceOf(request))
      if (!isOver(outcome.run) && reply.raw.destroyed) await leave()
      return viewResponse(outcome, asked)
    },
  )

  app.get(
    '/responses/:id',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'getResponse',
        summary: 'Get a response: how far its run is, and what it has said when it has ended',
        tags,
        params: OfResponse,
        querystring: Type.Object({
          stream: Type.Optional(
            Type.Literal(false, { description: 'Only a new response is streamed' }),
          ),
        }),
        response: { 200: ResponseView, '4xx': OpenAiError },
      },
    },
    async (request) => responses.get(identityOf(request).tenant, request.params.id),
  )

  app.post(
    '/responses/:id/cancel',
    {
      config: { scope: 'runs:write' },
      schema: {
        operationId: 'cancelResponse',
        summary: 'End the run of a response; one that has ended stays as it is',
        tags,
        params: OfResponse,
        response: { 200: ResponseView, '4xx': OpenAiError },
      },
    },
    async (request) => responses.cancel(identityOf(request), request.params.id),
  )
}

function askedAs({ model, background, metadata = {} }: Static<typeof ResponseRequest>): AskedAs {
  return { model, background: background ?? false, metadata }
}

function textOf(events: readonly ResponseEvent[]): string {
  return events.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`).join('')
}
