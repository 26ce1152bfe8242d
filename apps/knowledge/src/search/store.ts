import type { DocumentId, KnowledgeBaseId, PassageSource, Tenant } from '@dure/contracts'
import type pg from 'pg'
import { type Reader, seenBy } from '../documents/access.ts'
import type { Metadata } from '../documents/metadata.ts'

/** A passage as it is quoted. */
export interface Passage {
  readonly chunkId: string
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly documentName: string
  readonly source: PassageSource
  readonly metadata: Metadata
  readonly headings: string[]
  readonly page?: number
  readonly text: string
  /** The part of it that was found. */
  readonly found: string
  readonly start: number
  readonly end: number
}

export interface SearchableBase {
  /** How often it has changed. */
  readonly generation: bigint
  readonly embeddingModel: string | null
  /** Of its vectors; null: there are none yet. */
  readonly embeddingDimensions: number | null
  /** Names the vectors that are by this model. */
  readonly vectorBuild: string
  /** What vectors count for, from 0 to 1. */
  readonly vectorWeight: number
  readonly fusion: 'weighted' | 'rrf'
  readonly minScore: number
  readonly rerank: boolean
  /** How it is cut: see ingestion/chunking.ts. */
  readonly chunking: string
  /** By which its questions are read; null: the one of now. */
  readonly analyzerVersion: string | null
  /** Of the words of its project, as they are now; null: there are none. */
  readonly wordsVersion: string | null
}

export interface SearchStore {
  /** Those of the knowledge bases that the tenant has. */
  bases(
    tenant: Tenant,
    ids: readonly KnowledgeBaseId[],
  ): Promise<ReadonlyMap<KnowledgeBaseId, SearchableBase>>
  /** Those of the passages that may be shown: of this tenant, of these bases, published, not deleted, for this reader. */
  passages(
    place: { tenant: Tenant; ids: readonly KnowledgeBaseId[]; reader: Reader },
    chunkIds: readonly string[],
  ): Promise<ReadonlyMap<string, Passage>>
}

export function createSearchStore(pool: pg.Pool): SearchStore {
  return {
    async bases({ organizationId, projectId }, ids) {
      const { rows } = await pool.query<BaseRow>(BASES, [ids, organizationId, projectId])
      return new Map(
        rows.map(({ id, generation, ...base }) => [
          id,
          { ...base, generation: BigInt(generation) },
        ]),
      )
    },

    async passages({ tenant: { organizationId, projectId }, ids, reader }, chunkIds) {
      const { rows } = await pool.query<PassageRow>(PASSAGES, [
        ...[chunkIds, ids, organizationId, projectId],
        ...[reader.caller, reader.person],
      ])
      return new Map(
        rows.map(({ page, url, ...passage }) => [
          passage.chunkId,
          { ...passage, source: sourceAt(url), ...(page !== null && { page }) },
        ]),
      )
    },
  }
}

type BaseRow = Omit<SearchableBase, 'generation'> & {
  readonly id: KnowledgeBaseId
  readonly generation: string
}

const BASES = `
  SELECT id, generation, embedding_model AS "embeddingModel", vector_weight AS "vectorWeight",
         fusion, min_score AS "minScore", rerank, chunking,
         analyzer_version AS "analyzerVersion", embedding_dimensions AS "embeddingDimensions", vector_build AS "vectorBuild",
         (SELECT version FROM user_dictionary
           WHERE organization_id = $2 AND project_id = $3) AS "wordsVersion"
    FROM knowledge_base
   WHERE id = ANY($1) AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL`

type PassageRow = Omit<Passage, 'page' | 'source'> & {
  readonly page: number | null
  readonly url: string | null
}

function sourceAt(url: string | null): PassageSource {
  return url === null ? { trust: 'project' } : { trust: 'external', url }
}

const PASSAGES = `
  SELECT chunk.id AS "chunkId", chunk.knowledge_base_id AS "knowledgeBaseId",
         document.id AS "documentId", document.name AS "documentName", document.metadata,
         source.url, chunk.headings, chunk.page, chunk.text AS found,
         coalesce(parent.parent_text, chunk.text) AS text,
         coalesce(parent.start_offset, chunk.start_offset) AS start,
         coalesce(parent.parent_end, chunk.end_offset) AS "end"
    FROM chunk
    LEFT JOIN chunk AS parent ON parent.document_id = chunk.document_id
                             AND parent.version = chunk.version
                             AND parent.ordinal = chunk.parent_ordinal
    JOIN document ON document.id = chunk.document_id
                 AND document.published_version = chunk.version
    LEFT JOIN document_source AS source ON source.document_id = document.id
    JOIN knowledge_base ON knowledge_base.id = document.knowledge_base_id
                       AND knowledge_base.deleted_at IS NULL
   WHERE chunk.id = ANY($1) AND chunk.knowledge_base_id = ANY($2)
     AND chunk.organization_id = $3 AND chunk.project_id = $4
     AND document.organization_id = $3 AND document.project_id = $4 AND ${seenBy(5)}`
