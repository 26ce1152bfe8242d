import type { PaidKind } from '@dure/contracts'
import { atMostTokens, NotFoundError } from '@dure/kernel'
import { withSpan } from '@dure/platform'
import { APICallError, type EmbeddingModel, embedMany, RetryError } from 'ai'
import type { Spending } from '../budgets/spending.ts'
import { costOf } from '../models/cost.ts'
import { badResponse, modelFailure, modelTimeout } from '../models/failure.ts'
import type { ChosenEmbeddingModel, Models } from '../models/index.ts'
import type { Payer } from '../models/model-call.ts'
import type { Pacing } from '../models/paced.ts'
import { reservationKeyOf } from '../models/reservation-key.ts'
import type { Embedded } from './embedding.ts'
import { pacedModel } from './paced-model.ts'

export interface Embedding {
  readonly texts: readonly string[]
  /** Absent: the one that is configured. */
  readonly model?: string | undefined
  readonly dimensions?: number | undefined
  readonly payer: Payer
  readonly kind: PaidKind
  readonly signal: AbortSignal
}

export interface EmbeddingService {
  /**
   * The vectors of some texts. After 429, 5xx and lost connections, the AI SDK tries again, twice.
   *
   * @throws NotFoundError `model.not-found`
   * @throws DureError for other failures of the provider; `signal.reason` when it is aborted
   */
  embed(embedding: Embedding): Promise<Embedded>
}

interface Parts {
  readonly models: Pick<Models, 'chooseEmbedding'>
  readonly pacing: Pacing
  /** Absent: nobody counts the money. */
  readonly spending?: Spending
  /** Of one request with all its retries. */
  readonly timeoutMs: number
}

const MAX_PARALLEL_CALLS = 4

export function createEmbeddingService(parts: Parts): EmbeddingService {
  const { models, timeoutMs, spending, pacing } = parts
  return {
    embed: async (embedding) => {
      const model = models.chooseEmbedding(embedding.model)
      const money = await reserve(embedding, model, spending)
      const timeout = AbortSignal.timeout(timeoutMs)
      return withSpan(`embeddings ${model.id}`, attributesOf(model), async (span) => {
        try {
          const signal = AbortSignal.any([embedding.signal, timeout])
          const untilMs = performance.now() + timeoutMs
          const asked = await pacedModel(pacing, { model, signal, untilMs })
          const embedded = await embed(embedding, model.id, { asked, signal })
          span.setAttribute('gen_ai.usage.input_tokens', embedded.tokens)
          const costMicroUsd = await money.settle(embedded.tokens)
          span.setAttribute('dure.cost_micro_usd', costMicroUsd)
          return { ...embedded, costMicroUsd }
        } catch (error) {
          // Whoever did not answer in time may have worked on it; whoever refused has not.
          const isOpen = timeout.aborted || embedding.signal.aborted
          await money.settle(isOpen ? money.atMost : 0)
          embedding.signal.throwIfAborted()
          if (timeout.aborted) throw modelTimeout(timeoutMs)
          throw failureOf(error, model)
        }
      })
    },
  }
}

/** As if each text took as much as it can: once settled, the rest is given back. */
async function reserve(
  { texts, payer, kind }: Embedding,
  model: ChosenEmbeddingModel,
  spending: Spending | undefined,
) {
  const { price } = model.priceAt(new Date())
  const costOfTokens = (tokens: number) => costOf(price, { inputTokens: tokens, outputTokens: 0 })
  const call = { key: reservationKeyOf('embedding'), payer, kind, model: model.id }
  const start = performance.now()
  const atMost = texts.reduce((sum, text) => sum + atMostTokens(text), 0)
  await spending?.reserve({ ...call, estimateMicroUsd: costOfTokens(atMost) })
  let isSettled = false
  return {
    atMost,
    /** @returns what it cost */
    async settle(tokens: number): Promise<number> {
      const costMicroUsd = costOfTokens(tokens)
      if (!isSettled) {
        await spending?.settle({
          ...{ ...call, costMicroUsd },
          ...(tokens > 0 && { used: { inputTokens: tokens, outputTokens: 0 } }),
          durationMs: Math.round(performance.now() - start),
        })
      }
      isSettled = true
      return costMicroUsd
    },
  }
}

async function embed(
  { texts, dimensions }: Embedding,
  id: string,
  { asked, signal }: { readonly asked: EmbeddingModel; readonly signal: AbortSignal },
): Promise<Omit<Embedded, 'costMicroUsd'>> {
  const { embeddings, usage } = await embedMany({
    model: asked,
    values: [...texts],
    ...(dimensions !== undefined && { dimensions }),
    maxParallelCalls: MAX_PARALLEL_CALLS,
    abortSignal: signal,
  })
  const whole = embeddings.length === texts.length && embeddings.every(isVector)
  if (!whole) throw badResponse(new TypeError('Not every text has a vector'))
  return {
    model: id,
    vectors: embeddings,
    tokens: usage.tokens || texts.reduce((sum, text) => sum + atMostTokens(text), 0),
  }
}

function isVector(embedding: unknown): boolean {
  return Array.isArray(embedding) && embedding.length > 0 && embedding.every(Number.isFinite)
}

function failureOf(error: unknown, { id }: ChosenEmbeddingModel): unknown {
  const last = RetryError.isInstance(error) ? error.lastError : error
  if (APICallError.isInstance(last) && last.statusCode === 404) {
    return new NotFoundError('model.not-found', `The model provider knows no model ${id}`)
  }
  return modelFailure(error) ?? error
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function attributesOf({ id, provider }: ChosenEmbeddingModel) {
  return {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': provider.telemetryName,
    'gen_ai.request.model': id,
  }
}
