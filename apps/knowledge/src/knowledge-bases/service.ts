import { randomUUIDv7 } from 'node:crypto'
import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { ConflictError, prefixedId } from '@dure/kernel'
import { pageKeyOf, pageOf } from '@dure/platform'
import { DEFAULT_VECTOR_WEIGHT } from '@dure/retrieval'
import {
  type KnowledgeBase,
  knowledgeBaseNotFound,
  unknownEmbeddingModel,
} from './knowledge-base.ts'
import type { KnowledgeBaseStore } from './store.ts'

export interface NewKnowledgeBase {
  readonly name: string
  readonly embeddingModel?: string | null | undefined
  readonly vectorWeight?: number
}

export interface KnowledgeBaseService {
  /**
   * @param base.embeddingModel null: no vectors; absent: those of the model that is configured, if one is
   * @throws InvalidInputError `knowledge-base.unknown-embedding-model`
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
   * Gone at once for everybody.
   *
   * @param isExpected whether it is still what its reader has seen
   * @throws NotFoundError `knowledge-base.not-found` @throws ConflictError `knowledge-base.changed`
   */
  remove(
    tenant: Tenant,
    id: KnowledgeBaseId,
    isExpected: (base: KnowledgeBase) => boolean,
  ): Promise<void>
}

/** @param configuredModel of embeddings; empty: none */
export function createKnowledgeBaseService(
  store: KnowledgeBaseStore,
  configuredModel: string,
): KnowledgeBaseService {
  return {
    async create(tenant, base) {
      const { name, embeddingModel = configuredModel, vectorWeight = DEFAULT_VECTOR_WEIGHT } = base
      const model = embeddingModel ?? ''
      if (model !== '' && model !== configuredModel) throw unknownEmbeddingModel(configuredModel)
      const id = prefixedId('kb', randomUUIDv7()) as KnowledgeBaseId
      return store.create(tenant, { id, name, embeddingModel: model || undefined, vectorWeight })
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

    async remove(tenant, id, isExpected) {
      const base = await store.find(tenant, id)
      if (base && !isExpected(base)) throw changed()
      if (!base || !(await store.remove(tenant, id))) throw knowledgeBaseNotFound()
    },
  }
}

function changed(): ConflictError {
  const message = 'It is not what you have seen: get it again'
  return new ConflictError('knowledge-base.changed', message)
}
