import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { PaidUse } from '@dure/contracts'
import { atMostTokens } from '@dure/kernel'
import { boundedFetch, withSpan } from '@dure/platform'
import { embedMany } from 'ai'
import type { OnPaid, Payer } from '../money/money.ts'
import { badVectors, embeddingFailure, embeddingTimeout } from './failure.ts'

export interface EmbeddingRequest {
  readonly model: string
  /** Absent: as many as the model gives. */
  readonly dimensions?: number | undefined
  readonly texts: readonly string[]
  /** Of this request with all that it tries again. */
  readonly timeoutMs: number
  /** After 429, 5xx and lost connections, as `Retry-After` says. */
  readonly maxRetries: number
  readonly signal: AbortSignal
  readonly payer: Payer
  readonly onPaid?: OnPaid | undefined
  /** Somebody waits for it. */
  readonly isHurried: boolean
  /** For the trace. */
  readonly costOf?: (used: PaidUse) => number
}

export interface Embedded {
  /** As many as texts, in their order, all of the same length. */
  readonly vectors: Float32Array[]
  readonly used: PaidUse
}

/** Makes vectors of texts. To add another kind of provider: something with this one function. */
export interface EmbeddingProvider {
  /** @throws DureError `embedding.*`, `budget.*`; `signal.reason` when it is aborted */
  embed(request: EmbeddingRequest): Promise<Embedded>
}

export interface ProviderConfig {
  readonly EMBEDDING_BASE_URL: string
  readonly EMBEDDING_API_KEY: string
  readonly EMBEDDING_PROVIDER: string
}

/** Any OpenAI-compatible API. */
export function createEmbeddingProvider(config: ProviderConfig): EmbeddingProvider {
  const { EMBEDDING_BASE_URL: baseURL, EMBEDDING_API_KEY: apiKey, EMBEDDING_PROVIDER } = config
  const name = 'embedding'
  const provider = createOpenAICompatible({
    ...{ name, baseURL, fetch: boundedFetch },
    ...(apiKey && { apiKey }),
  })
  return {
    async embed({ model, dimensions, texts, timeoutMs, maxRetries, signal, costOf }) {
      const timeout = AbortSignal.timeout(timeoutMs)
      return withSpan(
        `embeddings ${model}`,
        attributesOf(model, EMBEDDING_PROVIDER),
        async (span) => {
          try {
            const { embeddings, usage } = await embedMany({
              model: provider.embeddingModel(model),
              values: [...texts],
              ...(dimensions !== undefined && { dimensions }),
              maxRetries,
              abortSignal: AbortSignal.any([signal, timeout]),
            })
            const used = { tokens: usage.tokens || tokensOf(texts), searches: 0 }
            span.setAttribute('gen_ai.usage.input_tokens', used.tokens)
            if (costOf) span.setAttribute('dure.cost_micro_usd', costOf(used))
            return { vectors: vectorsOf(embeddings, texts.length), used }
          } catch (error) {
            signal.throwIfAborted()
            if (timeout.aborted) throw embeddingTimeout(timeoutMs)
            throw embeddingFailure(error) ?? error
          }
        },
      )
    },
  }
}

function vectorsOf(embeddings: readonly unknown[], count: number): Float32Array[] {
  const [first] = embeddings
  const length = Array.isArray(first) ? first.length : 0
  const isVector = (value: unknown): value is number[] =>
    Array.isArray(value) && value.length === length && value.every(Number.isFinite)
  if (embeddings.length !== count || length === 0 || !embeddings.every(isVector)) throw badVectors()
  return embeddings.map((vector) => Float32Array.from(vector))
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function attributesOf(model: string, provider: string) {
  return {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': model,
  }
}

/** At the most. */
export function tokensOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + atMostTokens(text), 0)
}
