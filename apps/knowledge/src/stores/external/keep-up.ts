import type { Logger } from '@dure/platform'
import type { IngestionService } from '../../ingestion/service.ts'
import type { Forget } from '../../knowledge-bases/store.ts'
import type { SearchStore } from '../../search/store.ts'
import type { RetrievalStore } from '../retrieval-store.ts'
import type { Engine } from './engine.ts'

export interface KeepUpParts {
  readonly ingestion: IngestionService
  readonly bases: SearchStore['bases']
  readonly passages: RetrievalStore
  /** Told what went wrong: the next search does what was not done. */
  readonly onFailure: (error: unknown) => void
}

/** What an engine holds of a base that was deleted. When the engine is down, it is told, and tried again later. */
export function forgetIn(engine: Pick<Engine, 'forget'>, log: Logger): Forget {
  return async (id) => {
    try {
      await engine.forget(id)
    } catch (error) {
      log.warn({ err: error, knowledgeBaseId: id }, 'a deleted base is still in the engine')
      throw error
    }
  }
}

/** Writes into an engine what was ingested, so that no search has to do it first. */
export function keepUp({ ingestion, bases, passages, onFailure }: KeepUpParts): IngestionService {
  return {
    async ingest(outstanding, signal) {
      await ingestion.ingest(outstanding, signal)
      const { tenant, knowledgeBaseId: id } = outstanding
      try {
        const base = (await bases(tenant, [id])).get(id)
        if (base) await passages.open(tenant, id, base.generation)
      } catch (error) {
        onFailure(error)
      }
    },
  }
}
