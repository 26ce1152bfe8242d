import type { Spender, Tenant } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import { createBreaker } from '../breaker.ts'
import type { OnPaid } from '../money/money.ts'
import { batchesOf } from './batches.ts'
import { cacheKeyOf, type EmbeddingCache, type VectorModel } from './cache-store.ts'
import { embeddingsLeftAlone } from './failure.ts'
import { createGate } from './gate.ts'
import { createPace, type Pace } from './pace-store.ts'
import type { EmbeddingProvider } from './provider.ts'

export interface EmbeddingService {
  /**
   * The vectors of passages, in their order: from the cache, the others from the provider, in batches. Waits for its turn,
   * so it may take long.
   *
   * @throws DureError `embedding.*`, `budget.*`; `signal.reason` when it is aborted
   */
  ofPassages(
    tenant: Tenant,
    model: VectorModel,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<Float32Array[]>
  /**
   * The vector of a question, for somebody who waits. Does not wait for a turn; once the provider has failed some times
   * in a row, it is left alone for a while.
   *
   * @throws DureError `embedding.*`, `budget.*`; `signal.reason` when it is aborted
   */
  ofQuestion(
    tenant: Tenant,
    model: VectorModel,
    text: string,
    options: {
      readonly timeoutMs: number
      readonly signal: AbortSignal
      /** Who pays, besides the project. */
      readonly spender?: Spender | undefined
      readonly onPaid?: OnPaid | undefined
    },
  ): Promise<Float32Array>
}

export interface EmbeddingSettings {
  readonly EMBEDDING_PASSAGE_PREFIX: string
  readonly EMBEDDING_QUERY_PREFIX: string
  readonly EMBEDDING_BATCH_TEXTS: number
  readonly EMBEDDING_BATCH_TOKENS: number
  readonly EMBEDDING_CONCURRENCY: number
  readonly EMBEDDING_REQUESTS_PER_MINUTE: number
  readonly EMBEDDING_TIMEOUT_MS: number
  readonly EMBEDDING_QUERY_TIMEOUT_MS: number
}

export interface EmbeddingServiceDependencies {
  readonly provider: EmbeddingProvider
  readonly cache: EmbeddingCache
  readonly settings: EmbeddingSettings
  /** Of requests for passages; absent: this process is alone. */
  readonly pace?: Pace
}

const PASSAGE_RETRIES = 4
/** Questions that are asked again and again: 16 MB for vectors of 1024 numbers. */
const MAX_QUESTIONS = 4000

export function createEmbeddingService(parts: EmbeddingServiceDependencies): EmbeddingService {
  const { provider, settings } = parts
  const gate = createGate({
    concurrency: settings.EMBEDDING_CONCURRENCY,
    pace: parts.pace ?? createPace(settings.EMBEDDING_REQUESTS_PER_MINUTE),
  })
  const questions = new LRUCache<string, Float32Array>({ max: MAX_QUESTIONS })
  const breaker = createBreaker(embeddingsLeftAlone)

  const embedBatch = (
    tenant: Tenant,
    model: VectorModel,
    { texts, signal }: { readonly texts: readonly string[]; readonly signal: AbortSignal },
  ) =>
    gate.pass(signal, () =>
      provider.embed({
        ...model,
        ...{ texts, signal, payer: { tenant }, isHurried: false },
        timeoutMs: settings.EMBEDDING_TIMEOUT_MS,
        maxRetries: PASSAGE_RETRIES,
      }),
    )

  return {
    async ofPassages(tenant, model, passages, signal) {
      const keyed = passages.map((text) => {
        const embedded = settings.EMBEDDING_PASSAGE_PREFIX + text
        return { text: embedded, key: cacheKeyOf(embedded, model) }
      })
      const known = await parts.cache.find(tenant, [...new Set(keyed.map(({ key }) => key))])
      const missing = new Map(
        keyed.filter(({ key }) => !known.has(key)).map((each) => [each.key, each]),
      )
      const bounds = {
        maxTexts: settings.EMBEDDING_BATCH_TEXTS,
        maxTokens: settings.EMBEDDING_BATCH_TOKENS,
      }
      for (const batch of batchesOf([...missing.values()], ({ text }) => text.length, bounds)) {
        const texts = batch.map(({ text }) => text)
        const { vectors } = await embedBatch(tenant, model, { texts, signal })
        const fresh = new Map(batch.map(({ key }, at) => [key, vectors[at] as Float32Array]))
        // What was paid for is kept, also when the next batch fails.
        await parts.cache.keep(tenant, fresh)
        for (const [key, vector] of fresh) known.set(key, vector)
      }
      return keyed.map(({ key }) => known.get(key) as Float32Array)
    },

    async ofQuestion(tenant, model, text, { timeoutMs, signal, spender, onPaid }) {
      const embedded = settings.EMBEDDING_QUERY_PREFIX + text
      // How fast an answer comes must not tell one tenant what another one has asked.
      const key = `${tenant.organizationId}/${tenant.projectId}/${cacheKeyOf(embedded, model)}`
      const known = questions.get(key)
      if (known) return known
      const { vectors } = await breaker.attempt(() =>
        provider.embed({
          ...model,
          ...{ texts: [embedded], signal, payer: { ...spender, tenant } },
          ...{ onPaid, isHurried: true },
          timeoutMs: Math.min(timeoutMs, settings.EMBEDDING_QUERY_TIMEOUT_MS),
          maxRetries: 0,
        }),
      )
      const [vector] = vectors
      questions.set(key, vector as Float32Array)
      return vector as Float32Array
    },
  }
}
