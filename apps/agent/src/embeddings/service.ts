import { NotFoundError } from '@dure/kernel'
import { withSpan } from '@dure/platform'
import { APICallError, embedMany, RetryError } from 'ai'
import { badResponse, modelFailure, modelTimeout } from '../models/failure.ts'
import type { ChosenEmbeddingModel, Models } from '../models/index.ts'
import type { Embedded } from './embedding.ts'

export interface Embedding {
  readonly texts: readonly string[]
  /** Absent: the one that is configured. */
  readonly model?: string | undefined
  readonly dimensions?: number | undefined
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
  /** Of one request with all its retries. */
  readonly timeoutMs: number
}

const MAX_PARALLEL_CALLS = 4

export function createEmbeddingService({ models, timeoutMs }: Parts): EmbeddingService {
  return {
    embed: async (embedding) => {
      const model = models.chooseEmbedding(embedding.model)
      const timeout = AbortSignal.timeout(timeoutMs)
      return withSpan(`embeddings ${model.id}`, attributesOf(model), async (span) => {
        try {
          const embedded = await embed(embedding, model, timeout)
          span.setAttribute('gen_ai.usage.input_tokens', embedded.tokens)
          return embedded
        } catch (error) {
          embedding.signal.throwIfAborted()
          if (timeout.aborted) throw modelTimeout(timeoutMs)
          throw failureOf(error, model)
        }
      })
    },
  }
}

async function embed(
  { texts, dimensions, signal }: Embedding,
  { id, load }: ChosenEmbeddingModel,
  timeout: AbortSignal,
): Promise<Embedded> {
  const { embeddings, usage } = await embedMany({
    model: await load(),
    values: [...texts],
    ...(dimensions !== undefined && { dimensions }),
    maxParallelCalls: MAX_PARALLEL_CALLS,
    abortSignal: AbortSignal.any([signal, timeout]),
  })
  const whole = embeddings.length === texts.length && embeddings.every(isVector)
  if (!whole) throw badResponse(new TypeError('Not every text has a vector'))
  return { model: id, vectors: embeddings, tokens: usage.tokens || 0 }
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
