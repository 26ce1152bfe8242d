import type { Logger } from '@dure/platform'
import type pg from 'pg'
import type { Config } from '../../config.ts'
import { createBringUp, createFactsReader } from '../../search/bring-up-store.ts'
import { createIndexCache } from '../../search/index-cache.ts'
import { createPagedBringUp } from '../../search/paged-bring-up-store.ts'
import type { SnapshotService } from '../../search/snapshots/service.ts'
import { createEmbeddedStore } from '../embedded.ts'
import type { RetrievalStore } from '../retrieval-store.ts'
import type { Engine } from './engine.ts'
import { createExternalStore } from './external-store.ts'
import { createJournal } from './journal.ts'

export interface StoreIo {
  /** Undefined: none was chosen. */
  readonly engine: Engine | undefined
  readonly snapshots: SnapshotService
  readonly pool: pg.Pool
  readonly log: Logger
}

export function createRetrievalStore(
  { INDEX_MEMORY_MB }: Pick<Config, 'INDEX_MEMORY_MB'>,
  { engine, snapshots, pool, log }: StoreIo,
): RetrievalStore {
  const budgetBytes = INDEX_MEMORY_MB * 1024 * 1024
  if (engine) {
    return createExternalStore({
      ...{ engine, journal: createJournal(pool), budgetBytes },
      bringUp: createPagedBringUp(pool),
      readFacts: createFactsReader(pool),
      onFailure: (error) => log.warn({ err: error }, 'the engine is not tidied up'),
    })
  }
  return createEmbeddedStore(
    createIndexCache({
      ...{ bringUp: createBringUp(pool), snapshots, budgetBytes },
      onNoGraph: (error) => log.warn({ err: error }, 'no graph of vectors on this platform'),
      onFailure: (error) => log.error({ err: error }, 'an index stays larger than it need be'),
    }),
  )
}
