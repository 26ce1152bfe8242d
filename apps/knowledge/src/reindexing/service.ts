import { randomUUID } from 'node:crypto'
import { unknownEmbeddingModel } from '../knowledge-bases/knowledge-base.ts'
import type { KnowledgeBaseService } from '../knowledge-bases/service.ts'
import {
  alreadyUnderWay,
  type BaseKey,
  notUnderWay,
  notWithEngine,
  type Reindexing,
  reindexingNotFound,
} from './reindexing.ts'
import type { ReindexingStore } from './store.ts'

export interface ReindexingService {
  /**
   * Makes vectors of all passages by a model, in the background. The base is searched as it was until all are there, then by
   * the new ones alone.
   *
   * @param embeddingModel absent: the one that is configured
   * @throws NotFoundError `knowledge-base.not-found` @throws ConflictError `reindex.already-under-way`
   * @throws InvalidInputError `knowledge-base.unknown-embedding-model`, `reindex.not-with-engine`
   */
  begin(key: BaseKey, embeddingModel?: string): Promise<Reindexing>
  /** The last one. @throws NotFoundError `knowledge-base.not-found`, `reindex.not-found` */
  get(key: BaseKey): Promise<Reindexing>
  /**
   * The base stays as it is.
   *
   * @throws NotFoundError as `get` @throws ConflictError `reindex.not-under-way`
   */
  cancel(key: BaseKey): Promise<void>
}

export function createReindexingService({
  store,
  bases,
  configuredModel,
  hasEngine,
}: {
  readonly store: ReindexingStore
  readonly bases: KnowledgeBaseService
  /** Of embeddings; empty: none */
  readonly configuredModel: string
  readonly hasEngine: boolean
}): ReindexingService {
  async function get(key: BaseKey): Promise<Reindexing> {
    await bases.get(key.tenant, key.knowledgeBaseId)
    const reindexing = await store.find(key)
    if (!reindexing) throw reindexingNotFound()
    return reindexing
  }

  return {
    get,

    async begin(key, embeddingModel = configuredModel) {
      await bases.get(key.tenant, key.knowledgeBaseId)
      if (hasEngine) throw notWithEngine()
      if (embeddingModel === '' || embeddingModel !== configuredModel) {
        throw unknownEmbeddingModel(configuredModel)
      }
      const begun = await store.begin(key, { build: randomUUID(), embeddingModel })
      if (!begun) throw alreadyUnderWay()
      return begun
    },

    async cancel(key) {
      if (await store.cancel(key)) return
      await get(key)
      throw notUnderWay()
    },
  }
}
