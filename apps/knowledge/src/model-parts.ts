import type { UsePrice } from '@dure/contracts'
import type { Logger } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type pg from 'pg'
import { createBreaker } from './breaker.ts'
import { type Config, dimensionsOf } from './config.ts'
import { createEmbeddingCache } from './embeddings/cache-store.ts'
import { createSharedPace, paceKeyOf } from './embeddings/pace-store.ts'
import { paidProvider } from './embeddings/paid.ts'
import { createEmbeddingProvider } from './embeddings/provider.ts'
import { createEmbeddingService } from './embeddings/service.ts'
import { createMoneyDesk } from './money/service.ts'
import { paidReranker } from './reranking/paid.ts'
import { createReranker, rerankerLeftAlone } from './reranking/provider.ts'

interface Parts {
  readonly pool: pg.Pool
  readonly queues: Queues
  readonly log: Logger
}

/** Part of the composition root: models that this service asks, and the money that they cost. */
export function joinModels(config: Config, { pool, queues, log }: Parts) {
  const money = createMoneyDesk({ queues, prefix: config.QUEUE_PREFIX, log })
  const embeddingCache = createEmbeddingCache(pool)
  const { EMBEDDING_BASE_URL, RERANK_BASE_URL, RERANK_MODEL: model } = config
  const embeddings =
    EMBEDDING_BASE_URL === ''
      ? undefined
      : createEmbeddingService({
          provider: paidProvider(createEmbeddingProvider(config), money, embeddingPrice(config)),
          cache: embeddingCache,
          settings: config,
          pace: createSharedPace({
            ...{ redis: queues.redis, log, key: paceKeyOf(config.QUEUE_PREFIX, config) },
            perMinute: config.EMBEDDING_REQUESTS_PER_MINUTE,
          }),
        })
  return {
    embeddings,
    embeddingCache,
    money,
    /** What a search asks. */
    forSearch: {
      embeddings,
      dimensions: dimensionsOf(config),
      reranker:
        RERANK_BASE_URL === ''
          ? undefined
          : paidReranker(createReranker(config), money, { model, price: rerankPrice(config) }),
      rerankBreaker: createBreaker(rerankerLeftAlone),
      rerankTimeoutMs: config.RERANK_TIMEOUT_MS,
    },
  }
}

function embeddingPrice({ EMBEDDING_MICRO_USD: inputMicroUsd }: Config): UsePrice | undefined {
  return inputMicroUsd < 0 ? undefined : { inputMicroUsd, searchMicroUsd: 0 }
}

function rerankPrice({ RERANK_MICRO_USD: searchMicroUsd }: Config): UsePrice | undefined {
  return searchMicroUsd < 0 ? undefined : { inputMicroUsd: 0, searchMicroUsd }
}
