import type { DocumentId, KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'

/** A passage as the index knows it: by its terms. */
export interface IndexedPassage {
  readonly id: string
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
  /** As `bytesOf` makes it; null: it has none. */
  readonly vector: Uint8Array | null
}

/** Receives what has changed, one document at a time, so that none is ever half there. */
export interface IndexSink {
  /** The version of each document that the index holds. */
  readonly versions: ReadonlyMap<string, number>
  put(documentId: string, version: number, passages: readonly IndexedPassage[]): void
  remove(documentId: string): void
}

/** A passage as it is quoted. */
export interface Passage {
  readonly chunkId: string
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly documentName: string
  readonly headings: string[]
  readonly page?: number
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface SearchableBase {
  /** How often it has changed. */
  readonly generation: bigint
  readonly embeddingModel: string | null
  /** What vectors count for, from 0 to 1. */
  readonly vectorWeight: number
  readonly fusion: 'weighted' | 'rrf'
  readonly minScore: number
  readonly rerank: boolean
}

export interface SearchStore {
  /** Those of the knowledge bases that the tenant has. */
  bases(
    tenant: Tenant,
    ids: readonly KnowledgeBaseId[],
  ): Promise<ReadonlyMap<KnowledgeBaseId, SearchableBase>>
  /**
   * Brings an index up to one consistent state of its knowledge base.
   *
   * @returns the generation of that state
   * @throws NotFoundError `knowledge-base.not-found`
   */
  bringUp(tenant: Tenant, id: KnowledgeBaseId, sink: IndexSink): Promise<bigint>
  /** Those of the passages that may be shown: of this tenant, of these bases, published, not deleted. */
  passages(
    tenant: Tenant,
    ids: readonly KnowledgeBaseId[],
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

    // Documents, passages and generation must be of one moment, or a replaced one is half there.
    bringUp: (tenant, id, sink) =>
      withTransaction(pool, (client) => bringUp(client, { tenant, id, sink }), { snapshot: true }),

    async passages({ organizationId, projectId }, ids, chunkIds) {
      const { rows } = await pool.query<PassageRow>(PASSAGES, [
        chunkIds,
        ids,
        organizationId,
        projectId,
      ])
      return new Map(
        rows.map(({ page, ...passage }) => [
          passage.chunkId,
          { ...passage, ...(page !== null && { page }) },
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
         fusion, min_score AS "minScore", rerank
    FROM knowledge_base
   WHERE id = ANY($1) AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL`

type PassageRow = Omit<Passage, 'page'> & { readonly page: number | null }

const PASSAGES = `
  SELECT chunk.id AS "chunkId", chunk.knowledge_base_id AS "knowledgeBaseId",
         document.id AS "documentId", document.name AS "documentName", chunk.headings, chunk.page,
         chunk.text, chunk.start_offset AS start, chunk.end_offset AS "end"
    FROM chunk
    JOIN document ON document.id = chunk.document_id
                 AND document.published_version = chunk.version
    JOIN knowledge_base ON knowledge_base.id = document.knowledge_base_id
                       AND knowledge_base.deleted_at IS NULL
   WHERE chunk.id = ANY($1) AND chunk.knowledge_base_id = ANY($2)
     AND chunk.organization_id = $3 AND chunk.project_id = $4
     AND document.organization_id = $3 AND document.project_id = $4`

interface Work {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
  readonly sink: IndexSink
}

async function bringUp(client: pg.PoolClient, { tenant, id, sink }: Work): Promise<bigint> {
  const key = [id, tenant.organizationId, tenant.projectId]
  const base = await client.query<{ generation: string }>(
    'SELECT generation FROM knowledge_base WHERE id = $1 AND organization_id = $2 AND project_id = $3',
    key,
  )
  const [row] = base.rows
  if (!row) throw knowledgeBaseNotFound()
  const documents = await client.query<{ id: string; version: number }>(
    `SELECT id, published_version AS version FROM document
      WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
        AND published_version > 0`,
    key,
  )
  const published = new Map(
    documents.rows.map(({ id: documentId, version }) => [documentId, version]),
  )
  for (const documentId of sink.versions.keys()) {
    if (!published.has(documentId)) sink.remove(documentId)
  }
  for (const [documentId, version] of published) {
    if (sink.versions.get(documentId) === version) continue
    sink.put(documentId, version, await passagesOf(client, documentId, version))
  }
  return BigInt(row.generation)
}

const PAGE = 500

/** The passages of one document, in bounded pages: a long one has many thousands. */
async function passagesOf(client: pg.PoolClient, documentId: string, version: number) {
  const passages: IndexedPassage[] = []
  for (;;) {
    const { rows } = await client.query<IndexedPassage>(
      `SELECT id, morphemes, bigrams, heading_morphemes AS "headingMorphemes", vector
         FROM chunk LEFT JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
        WHERE document_id = $1 AND version = $2 AND ordinal >= $3 ORDER BY ordinal LIMIT $4`,
      [documentId, version, passages.length, PAGE],
    )
    passages.push(...rows)
    if (rows.length < PAGE) return passages
  }
}
