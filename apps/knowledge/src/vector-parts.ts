import type { Logger } from '@dure/platform'
import type pg from 'pg'
import { type Config, dimensionsOf, embeddingSettingsOf } from './config.ts'
import type { EmbeddingService } from './embeddings/service.ts'
import { createPassageEmbedder } from './ingestion/embed.ts'
import { createEmbeddingStore } from './ingestion/embedding-store.ts'
import { createLateVectorsStore, LATE } from './ingestion/late-vectors-store.ts'
import { createLateVectors } from './ingestion/late-vectors-worker.ts'
import { createIngestionStore } from './ingestion/store.ts'
import { createReindexWorkStore } from './reindexing/work-store.ts'
import { createReindexer } from './reindexing/worker.ts'

interface Parts {
  readonly pool: pg.Pool
  readonly log: Logger
  /** Absent: no provider is configured. */
  readonly embeddings: EmbeddingService | undefined
  /** Outside. */
  readonly hasEngine: boolean
}

/** Part of the composition root: whoever makes vectors of passages. */
export function joinVectorWorkers(config: Config, { pool, log, embeddings, hasEngine }: Parts) {
  const settings = embeddingSettingsOf(config)
  const asking = { embeddings, dimensions: dimensionsOf(config) }
  const claims = createIngestionStore(pool, settings)
  const late = createLateVectorsStore(pool, { settings, hasEngine })
  const lateVectors = createLateVectors({
    store: late,
    embed: createPassageEmbedder({
      claims: late,
      store: createEmbeddingStore(pool, LATE),
      ...asking,
    }),
    ...{ settings, log },
  })
  const reindexer = createReindexer({ store: createReindexWorkStore(pool), ...asking, log })
  return {
    claims,
    embed: createPassageEmbedder({ claims, store: createEmbeddingStore(pool), ...asking }),
    // Whoever has no provider leaves that to those who have.
    pollers: embeddings === undefined ? [reindexer] : [reindexer, lateVectors],
    checks: {
      reindex: reindexer.check,
      ...(embeddings && { vectors: lateVectors.check }),
    },
  }
}
