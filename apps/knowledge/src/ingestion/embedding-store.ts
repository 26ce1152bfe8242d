import type pg from 'pg'
import { HELD, held, type VersionClaim } from './claim.ts'

/** A passage as a model of embeddings sees it. */
export interface PlainPassage {
  readonly id: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
}

/** Vectors of one base that belong together. */
export interface VectorBuild {
  readonly build: string
  /** Null: it has none. */
  readonly model: string | null
  /** Of all of them; null: the first one decides. */
  readonly dimensions: number | null
  /** Whether it is still being made, beside those that the base is searched by. */
  readonly isNext: boolean
}

/** The vectors of a version of a document. */
export interface EmbeddingStore {
  /** What the base is searched by, and what it is to be searched by next, if that is being made. */
  builds(claim: VersionClaim): Promise<VectorBuild[]>
  /** Passages that have no vector yet, in their order. */
  withoutVectors(
    claim: VersionClaim,
    from: { readonly build: string; readonly ordinal: number; readonly limit: number },
  ): Promise<PlainPassage[]>
  /** How long its vectors are: as long as these, unless others came first. */
  agreeOnDimensions(claim: VersionClaim, build: VectorBuild, dimensions: number): Promise<number>
  /** @param vectors by the ids of their passages, as `bytesOf` makes them @returns whether the claim holds */
  addVectors(
    claim: VersionClaim,
    build: string,
    vectors: ReadonlyMap<string, Uint8Array>,
  ): Promise<boolean>
}

const BUILDS = `
  SELECT vector_build AS build, embedding_model AS model, embedding_dimensions AS dimensions,
         false AS "isNext"
    FROM knowledge_base WHERE id = $1 AND organization_id = $2 AND project_id = $3
  UNION ALL
  SELECT build, embedding_model, embedding_dimensions, true
    FROM reindex
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND status = 'running'
   ORDER BY "isNext"`

const WITHOUT_VECTORS = `
  SELECT id, ordinal, headings, text FROM chunk
   WHERE document_id = $1 AND organization_id = $2 AND project_id = $3 AND version = $4
     AND ordinal >= $5 AND NOT EXISTS (
           SELECT FROM chunk_vector WHERE chunk_id = chunk.id AND build = $7)
   ORDER BY ordinal LIMIT $6`

const AGREE = `
  UPDATE knowledge_base SET embedding_dimensions = coalesce(embedding_dimensions, $4)
   WHERE id = $1 AND organization_id = $2 AND project_id = $3
  RETURNING embedding_dimensions AS dimensions`

const AGREE_ON_NEXT = `
  UPDATE reindex SET embedding_dimensions = coalesce(embedding_dimensions, $4)
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND build = $5
  RETURNING embedding_dimensions AS dimensions`

/** Who works on a version, in SQL. */
export interface Work {
  /** True for nobody but the holder of the claim: a condition of the parameters of `held`. */
  readonly held: string
  /** The sign of life that comes with vectors: what a statement sets. `$6` are the ids of passages. */
  readonly sign: string
}

const INGESTION: Work = {
  held: HELD,
  sign: `alive_at = now(), stage = 'embed',
         stage_done = (SELECT max(ordinal) + 1 FROM chunk WHERE chunk.id = ANY($6::text[]))`,
}

const addVectors = (work: Work) => `
  WITH claim AS (UPDATE document SET ${work.sign} WHERE ${work.held} RETURNING id),
  added AS (
    INSERT INTO chunk_vector (chunk_id, organization_id, project_id, build, vector)
    SELECT given.id, $2, $3, $8, given.vector
      FROM claim, unnest($6::text[], $7::bytea[]) AS given (id, vector)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

export function createEmbeddingStore(pool: pg.Pool, work: Work = INGESTION): EmbeddingStore {
  const add = addVectors(work)
  return {
    async builds({ knowledgeBaseId, tenant }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      return (await pool.query<VectorBuild>(BUILDS, key)).rows
    },

    async withoutVectors({ documentId, tenant, version }, { build, ordinal, limit }) {
      const key = [documentId, tenant.organizationId, tenant.projectId, version]
      const values = [...key, ordinal, limit, build]
      return (await pool.query<PlainPassage>(WITHOUT_VECTORS, values)).rows
    },

    async agreeOnDimensions({ knowledgeBaseId, tenant }, { build, isNext }, dimensions) {
      const values = [knowledgeBaseId, tenant.organizationId, tenant.projectId, dimensions]
      const { rows } = isNext
        ? await pool.query<{ dimensions: number }>(AGREE_ON_NEXT, [...values, build])
        : await pool.query<{ dimensions: number }>(AGREE, values)
      return rows[0]?.dimensions ?? dimensions
    },

    async addVectors(mine, build, vectors) {
      const bytes = Array.from(vectors.values(), (vector) => Buffer.from(vector))
      const values = [...held(mine), [...vectors.keys()], bytes, build]
      return (await pool.query(add, values)).rowCount === 1
    },
  }
}
