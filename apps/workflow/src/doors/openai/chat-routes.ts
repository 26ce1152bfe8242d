import { DeadlineExceededError } from '@dure/kernel'
import {
  type EventStreams,
  IdempotencyHeaders,
  identityOf,
  OpenAiError,
  patienceOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isOver } from '../../runs/run-row.ts'
import type { DoorRuns } from '../run-service.ts'
import { chunksOf, conversationOf, viewCompletion } from './chat.ts'
import { failureOf } from './outcome.ts'
import { ChatCompletion, ChatRequest } from './schema.ts'
import type { OpenAiService } from './service.ts'

export interface OpenAiRoutesOptions {
  readonly openAi: OpenAiService
  readonly doorRuns: DoorRuns
  readonly streams: EventStreams
}

const MAX_BUFFERED_BYTES = 65_536

export const chatRoutes: FastifyPluginAsyncTypebox<OpenAiRoutesOptions> = async (
  app,
  { openAi, doorRuns, streams },
) => {
  app.post(
    '/chat/completions',
    {
      config: { scope: 'runs:write' },
      schema: {
        operationId: 'createChatCompletion',
        summary: 'Ask a workflow or an agent as clients of OpenAI ask a model',
        description:
          'Starts a run and answers with what it says: what its `answer` nodes say, else its output. With `stream`, the answer comes as server-sent events, piece by piece while a model writes it, then `[DONE]`. The input of the run is `{ input, messages, settings }`, with the fields of `metadata` and `extra`; an agent is told the conversation, as text, and heeds none of the settings. A run that nobody waits for any more is cancelled, unless it has an `Idempotency-Key`.',
        tags: ['openai'],
        headers: IdempotencyHeaders,
        body: ChatRequest,
        response: { 200: ChatCompletion, '4xx': OpenAiError },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { body } = request
      const { model } = body
      const idempotencyKey = request.headers['idempotency-key']
      const conversation = conversationOf(body)
      const started = await openAi.ask({ identity, model, conversation, idempotencyKey })
      const { id } = started.run
      const leave = async () => {
        if (idempotencyKey === undefined) await doorRuns.giveUp(identity, id)
      }
      reply.header('location', `/v1/runs/${id}`)
      if (started.isRepeated) reply.header('idempotency-replayed', 'true')

      if (body.stream) {
        const includeUsage = body.stream_options?.include_usage ?? false
        const chunks = chunksOf(started.run, { model, includeUsage })
        const isBehind = () => reply.raw.writableLength > MAX_BUFFERED_BYTES
        return streams.streamText(request, reply, async function* (signal) {
          let isWhole = false
          try {
            yield eventOf(chunks.first())
            for await (const news of openAi.follow(started, { signal, isBehind })) {
              isWhole = 'outcome' in news
              if ('piece' in news) yield eventOf(chunks.piece(news.piece))
              else if ('failure' in news) yield eventOf({ error: news.failure.error })
              else if (news.outcome.text === undefined) {
                yield eventOf({ error: failureOf(news.outcome.run).error })
              } else {
                yield chunks.last(news.outcome.tokens).map(eventOf).join('') + DONE
              }
            }
          } finally {
            if (!isWhole) await leave()
          }
        })
      }

      const outcome = await openAi.outcome(started, patienceOf(request))
      if (outcome.text !== undefined) return viewCompletion(outcome, model)
      // A client that tries again by itself would start another run.
      reply.header('x-should-retry', 'false')
      if (!isOver(outcome.run)) {
        await leave()
        throw tooLate()
      }
      const { status, error } = failureOf(outcome.run)
      return reply.code(status).send({ error })
    },
  )
}

const DONE = 'data: [DONE]\n\n'

function eventOf(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

function tooLate(): DeadlineExceededError {
  return new DeadlineExceededError(
    'request.deadline-exceeded',
    'The run took longer than this request may wait: ask with `stream`, or for more time with `x-request-timeout`',
  )
}
