import type { Logger } from '@dure/platform'
import type pg from 'pg'
import type { Config } from '../../config.ts'
import { createBringUp, createFactsReader } from '../../search/bring-up-store.ts'
import { createIndexCache } from '../../search/index-cache.ts'
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
  const common = { bringUp: createBringUp(pool), budgetBytes: INDEX_MEMORY_MB * 1024 * 1024 }
  if (engine) {
    const readFacts = createFactsReader(pool)
    return createExternalStore({ ...common, engine, journal: createJournal(pool), readFacts })
  }
  return createEmbeddedStore(
    createIndexCache({
      ...{ ...common, snapshots },
      onNoGraph: (error) => log.warn({ err: error }, 'no graph of vectors on this platform'),
      onFailure: (error) => log.error({ err: error }, 'an index stays larger than it need be'),
    }),
  )
}
