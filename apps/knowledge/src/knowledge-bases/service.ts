import { randomUUIDv7 } from 'node:crypto'
import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { pageKeyOf, pageOf } from '@dure/platform'
import { DEFAULT_VECTOR_WEIGHT } from '@dure/retrieval'
import {
  baseChanged,
  type KnowledgeBase,
  knowledgeBaseNotFound,
  modelIsFixed,
  type Settings,
  unknownEmbeddingModel,
  usableChunking,
} from './knowledge-base.ts'
import type { KnowledgeBaseStore } from './store.ts'

export interface NewKnowledgeBase extends Partial<Settings> {
  readonly name: string
  readonly embeddingModel?: string | null | undefined
}

/** Whether it is still what its reader has seen. */
export type IsExpected = (base: KnowledgeBase) => boolean

export interface KnowledgeBaseService {
  /**
   * @param base.embeddingModel null: no vectors; absent: those of the model that is configured, if one is
   * @throws InvalidInputError `knowledge-base.unknown-embedding-model`, `knowledge-base.invalid-chunking`
   */
  create(tenant: Tenant, base: NewKnowledgeBase): Promise<KnowledgeBase>
  /** @throws NotFoundError `knowledge-base.not-found` */
  get(tenant: Tenant, id: KnowledgeBaseId): Promise<KnowledgeBase>
  /** @throws InvalidInputError `page.invalid-cursor` */
  list(
    tenant: Tenant,
    page: { limit: number; cursor?: string },
  ): Promise<{ data: KnowledgeBase[]; nextCursor: string | null }>
  /**
   * Searches that begin later are done in the new way. To be cut otherwise, documents are made anew in the background; until
   * each is ready, it is found as it was.
   *
   * @param change.embeddingModel only the one that it has: see `modelIsFixed`
   * @throws NotFoundError `knowledge-base.not-found` @throws ConflictError `knowledge-base.changed`
   * @throws InvalidInputError `knowledge-base.model-is-fixed`, `knowledge-base.invalid-chunking`
   */
  update(
    tenant: Tenant,
    id: KnowledgeBaseId,
    change: Partial<Settings> & {
      readonly embeddingModel?: string | null
      readonly isExpected: IsExpected
    },
  ): Promise<KnowledgeBase>
  /**
   * Gone at once for everybody.
   *
   * @throws NotFoundError `knowledge-base.not-found` @throws ConflictError `knowledge-base.changed`
   */
  remove(tenant: Tenant, id: KnowledgeBaseId, isExpected: IsExpected): Promise<void>
}

/** @param configuredModel of embeddings; empty: none */
export function createKnowledgeBaseService(
  store: KnowledgeBaseStore,
  configuredModel: string,
): KnowledgeBaseService {
  return {
    async create(tenant, base) {
      const { embeddingModel = configuredModel, chunking: given, ...settings } = base
      const chunking = usableChunking(given)
      const model = embeddingModel ?? ''
      if (model !== '' && model !== configuredModel) throw unknownEmbeddingModel(configuredModel)
      const id = prefixedId('kb', randomUUIDv7()) as KnowledgeBaseId
      const embedding = { embeddingModel: model || undefined }
      return store.create(tenant, { id, ...DEFAULTS, ...settings, ...embedding, chunking })
    },

    async get(tenant, id) {
      const base = await store.find(tenant, id)
      if (!base) throw knowledgeBaseNotFound()
      return base
    },

    async list(tenant, { limit, cursor }) {
      const after = pageKeyOf(cursor, 'kb')
      return pageOf(await store.list(tenant, { limit, ...(after && { after }) }), limit)
    },

    async update(tenant, id, { isExpected, embeddingModel, chunking: given, ...settings }) {
      const updated = await store.update(tenant, id, (base) => {
        if (!isExpected(base)) throw baseChanged()
        const model = embeddingModel === undefined ? base.embeddingModel : embeddingModel
        if ((model ?? undefined) !== base.embeddingModel) throw modelIsFixed()
        const chunking = given === undefined ? base.chunking : usableChunking(given)
        return { ...base, ...settings, chunking }
      })
      if (!updated) throw knowledgeBaseNotFound()
      return updated
    },

    async remove(tenant, id, isExpected) {
      const base = await store.find(tenant, id)
      if (base && !isExpected(base)) throw baseChanged()
      if (!base || !(await store.remove(tenant, id))) throw knowledgeBaseNotFound()
    },
  }
}

const DEFAULTS = {
  vectorWeight: DEFAULT_VECTOR_WEIGHT,
  fusion: 'weighted',
  minScore: 0,
  rerank: true,
} as const
