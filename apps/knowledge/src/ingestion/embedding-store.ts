import type pg from 'pg'
import { type Claim, HELD, held } from './claim.ts'

/** A staged passage as a model of embeddings sees it. */
export interface PlainPassage {
  readonly id: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
}

/** The vectors of a document that is being ingested. */
export interface EmbeddingStore {
  /** Staged passages that have no vector yet, in their order. */
  withoutVectors(
    claim: Claim,
    from: { readonly ordinal: number; readonly limit: number },
  ): Promise<PlainPassage[]>
  /** How long vectors of this knowledge base are: as long as these, unless others came first. */
  agreeOnDimensions(claim: Claim, dimensions: number): Promise<number>
  /** @param vectors by the ids of their passages, as `bytesOf` makes them @returns whether the claim holds */
  addVectors(claim: Claim, vectors: ReadonlyMap<string, Uint8Array>): Promise<boolean>
}

const WITHOUT_VECTORS = `
  SELECT id, ordinal, headings, text FROM chunk
   WHERE document_id = $1 AND organization_id = $2 AND project_id = $3 AND version = $4
     AND ordinal >= $5 AND NOT EXISTS (SELECT FROM chunk_vector WHERE chunk_id = chunk.id)
   ORDER BY ordinal LIMIT $6`

const AGREE = `
  UPDATE knowledge_base SET embedding_dimensions = coalesce(embedding_dimensions, $4)
   WHERE id = $1 AND organization_id = $2 AND project_id = $3
  RETURNING embedding_dimensions AS dimensions`

const ADD_VECTORS = `
  WITH claim AS (
    UPDATE document SET alive_at = now(), stage = 'embed',
           stage_done = (SELECT max(ordinal) + 1 FROM chunk WHERE chunk.id = ANY($6::text[]))
     WHERE ${HELD} RETURNING id),
  added AS (
    INSERT INTO chunk_vector (chunk_id, organization_id, project_id, vector)
    SELECT given.id, $2, $3, given.vector
      FROM claim, unnest($6::text[], $7::bytea[]) AS given (id, vector)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

export function createEmbeddingStore(pool: pg.Pool): EmbeddingStore {
  return {
    async withoutVectors({ documentId, tenant, version }, { ordinal, limit }) {
      const key = [documentId, tenant.organizationId, tenant.projectId, version]
      return (await pool.query<PlainPassage>(WITHOUT_VECTORS, [...key, ordinal, limit])).rows
    },

    async agreeOnDimensions({ knowledgeBaseId, tenant }, dimensions) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      const { rows } = await pool.query<{ dimensions: number }>(AGREE, [...key, dimensions])
      return rows[0]?.dimensions ?? dimensions
    },

    async addVectors(mine, vectors) {
      const bytes = Array.from(vectors.values(), (vector) => Buffer.from(vector))
      const values = [...held(mine), [...vectors.keys()], bytes]
      return (await pool.query(ADD_VECTORS, values)).rowCount === 1
    },
  }
}
