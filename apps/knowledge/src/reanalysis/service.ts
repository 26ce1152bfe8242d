import type { KnowledgeBaseService } from '../knowledge-bases/service.ts'
import type { BaseKey } from '../reindexing/reindexing.ts'
import type { ReanalysisStore } from './begin-store.ts'
import {
  alreadyUnderWay,
  notUnderWay,
  notWithEngine,
  type Reanalysis,
  reanalysisNotFound,
} from './reanalysis.ts'

export interface ReanalysisService {
  /**
   * Makes terms of all passages by the words that the project has now, in the background: it begins by itself when these
   * change, so this is for what was cancelled or has failed.
   *
   * @throws NotFoundError `knowledge-base.not-found` @throws ConflictError `reanalysis.already-under-way`
   * @throws InvalidInputError `reanalysis.not-with-engine`
   */
  begin(key: BaseKey): Promise<Reanalysis>
  /** The last one. @throws NotFoundError `knowledge-base.not-found`, `reanalysis.not-found` */
  get(key: BaseKey): Promise<Reanalysis>
  /**
   * The base is searched by the terms that it has, until the words change again or somebody begins anew.
   *
   * @throws NotFoundError as `get` @throws ConflictError `reanalysis.not-under-way`
   */
  cancel(key: BaseKey): Promise<void>
}

export function createReanalysisService({
  store,
  bases,
  hasEngine,
}: {
  readonly store: ReanalysisStore
  readonly bases: KnowledgeBaseService
  readonly hasEngine: boolean
}): ReanalysisService {
  async function get(key: BaseKey): Promise<Reanalysis> {
    await bases.get(key.tenant, key.knowledgeBaseId)
    const reanalysis = await store.find(key)
    if (!reanalysis) throw reanalysisNotFound()
    return reanalysis
  }

  return {
    get,

    async begin(key) {
      await bases.get(key.tenant, key.knowledgeBaseId)
      if (hasEngine) throw notWithEngine()
      const begun = await store.begin(key)
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
