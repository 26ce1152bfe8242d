import type { DocumentId, KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Outline } from '../parsing/process/answer.ts'

/** Content that is waiting to be ingested. */
export interface Outstanding {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly contentHash: string
}

/** The right to work on one version of a document, until somebody else gets it. */
export interface Claim extends Outstanding {
  readonly version: number
  readonly attempt: number
  readonly name: string
  readonly mediaType: string
  /** Null until the file was parsed. */
  readonly text: string | null
  /** Of a file that was parsed. */
  readonly outline: Outline | null
  /** The file, when it is still to be parsed. */
  readonly original: Buffer | null
  /** Of the knowledge base; null: it has no vectors. */
  readonly embeddingModel: string | null
  /** Of all its vectors; null: the first one decides. */
  readonly embeddingDimensions: number | null
}

/** A staged passage as a model of embeddings sees it. */
export interface PlainPassage {
  readonly id: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
}

/** A passage with the terms it is found by. */
export interface AnalyzedPassage {
  readonly id: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
  readonly start: number
  readonly end: number
  readonly page?: number
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
}

export interface Failure {
  readonly code: string
  readonly message: string
}

export interface IngestionStore {
  /** @returns undefined when there is nothing to do: done already, replaced, deleted, in other hands */
  claim(outstanding: Outstanding): Promise<Claim | undefined>
  /** Keeps what became of the file, so that another attempt need not parse it. @returns as `stage` */
  keep(claim: Claim, parsed: { text: string; outline: Outline }): Promise<boolean>
  /** @returns how many passages of this version an interrupted attempt has left, from the first on */
  staged(claim: Claim, analyzerVersion: string): Promise<number>
  /** Adds passages that nobody finds yet, and is a sign of life. @returns whether the claim holds */
  stage(
    claim: Claim,
    passages: readonly AnalyzedPassage[],
    analyzerVersion: string,
  ): Promise<boolean>
  /** A sign of life. @returns as `stage` */
  touch(claim: Claim): Promise<boolean>
  /** Staged passages that have no vector yet, in their order. */
  withoutVectors(
    claim: Claim,
    from: { readonly ordinal: number; readonly limit: number },
  ): Promise<PlainPassage[]>
  /** How long vectors of this knowledge base are: as long as these, unless others came first. */
  agreeOnDimensions(claim: Claim, dimensions: number): Promise<number>
  /** @param vectors by the ids of their passages, as `bytesOf` makes them @returns as `stage` */
  addVectors(claim: Claim, vectors: ReadonlyMap<string, Uint8Array>): Promise<boolean>
  /**
   * One transaction: this version is found from now on, the one before is gone.
   *
   * @param withoutVectors why not every passage has one, where it should
   * @returns as `stage`
   */
  publish(claim: Claim, passageCount: number, withoutVectors?: Failure): Promise<boolean>
  /** Gives the claim back as if it had not been taken. */
  release(claim: Claim): Promise<void>
  /** Ends the attempt: for good with a failure, else another one may begin. */
  fail(claim: Claim, failure: Failure | undefined): Promise<void>
  /**
   * Finds documents that nobody works on, gives up those that were begun too often, and returns the
   * others to be sent for again. One process does this at a time; the others get nothing.
   *
   * @param options.all also those that were sent for just now: their messages are lost
   */
  sweep(options: { all: boolean }): Promise<Outstanding[]>
  /**
   * Begins new versions of documents whose passages another analyzer has made: their terms would not
   * meet those of questions. What was found before is found until the new version is ready.
   *
   * @returns some of them, to be sent for; none when all are as they should be
   */
  renew(analyzerVersion: string): Promise<Outstanding[]>
}

/** After this many attempts a document is given up, whatever became of them. */
export const MAX_ATTEMPTS = 3
/** Without a sign of life for this long, whoever worked on it is taken to be gone. */
const LIFELESS = `interval '10 seconds'`
const SWEEP_LIMIT = 1000

export const GAVE_UP: Failure = {
  code: 'document.ingestion-gave-up',
  message: `Ingestion was interrupted ${MAX_ATTEMPTS} times; upload the document again to retry`,
}

/** True for nobody but the holder of the claim, on the content that it was given for. */
const HELD = `id = $1 AND organization_id = $2 AND project_id = $3
              AND version = $4 AND attempts = $5 AND status = 'ingesting'`

function held({ documentId, tenant, version, attempt }: Claim): unknown[] {
  return [documentId, tenant.organizationId, tenant.projectId, version, attempt]
}

const CLAIM = `
  UPDATE document SET status = 'ingesting', attempts = attempts + 1,
                      alive_at = now(), updated_at = now()
   WHERE id = $1 AND knowledge_base_id = $2 AND organization_id = $3 AND project_id = $4
     AND content_hash = $5 AND status = 'queued' AND attempts < ${MAX_ATTEMPTS}
  RETURNING version, attempts AS attempt, name, media_type AS "mediaType", text, outline,
    CASE WHEN text IS NULL THEN original END AS original,
    (SELECT embedding_model FROM knowledge_base
      WHERE id = $2 AND organization_id = $3 AND project_id = $4) AS "embeddingModel",
    (SELECT embedding_dimensions FROM knowledge_base
      WHERE id = $2 AND organization_id = $3 AND project_id = $4) AS "embeddingDimensions"`

const STAGE = `
  WITH claim AS (UPDATE document SET alive_at = now() WHERE ${HELD}
                 RETURNING id, knowledge_base_id),
  staged AS (
    INSERT INTO chunk (id, document_id, knowledge_base_id, organization_id, project_id, version,
                       ordinal, headings, text, start_offset, end_offset, page, morphemes, bigrams,
                       heading_morphemes, analyzer_version)
    SELECT passage.id, claim.id, claim.knowledge_base_id, $2, $3, $4,
           ordinal, headings, text, start, "end", page, morphemes, bigrams, "headingMorphemes", $6
      FROM claim, json_to_recordset($7::json) AS passage(
             id text, ordinal int, headings text[], text text, start int, "end" int, page int,
             morphemes text[], bigrams text[], "headingMorphemes" text[])
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

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
  WITH claim AS (UPDATE document SET alive_at = now() WHERE ${HELD} RETURNING id),
  added AS (
    INSERT INTO chunk_vector (chunk_id, organization_id, project_id, vector)
    SELECT given.id, $2, $3, given.vector
      FROM claim, unnest($6::text[], $7::bytea[]) AS given (id, vector)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

const SWEPT = `id, knowledge_base_id, organization_id, project_id, content_hash`

/** Little enough that new uploads need not wait for long. */
const RENEW_LIMIT = 100

const RENEW = `
  UPDATE document SET status = 'queued', version = version + 1, attempts = 0, alive_at = now()
   WHERE id IN (
     SELECT document.id FROM document
       JOIN chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
                 AND chunk.ordinal = 0
      WHERE document.status = 'ready' AND chunk.analyzer_version <> $1
      LIMIT ${RENEW_LIMIT} FOR UPDATE OF document SKIP LOCKED)
  RETURNING ${SWEPT}`

const GIVE_UP = `
  UPDATE document SET status = 'failed', error_code = $1, error_message = $2, updated_at = now()
   WHERE status IN ('queued', 'ingesting') AND attempts >= ${MAX_ATTEMPTS}
     AND alive_at < now() - ${LIFELESS}`

// An array, for which no number of rows is foreseen: beneath a policy, PostgreSQL does not know how few have a status.
const SWEEP = `
  UPDATE document SET status = 'queued', alive_at = now()
   WHERE id = ANY (ARRAY(
     SELECT id FROM document
      WHERE (status = 'queued' AND ($1 OR alive_at < now() - ${LIFELESS}))
         OR (status = 'ingesting' AND alive_at < now() - ${LIFELESS})
      ORDER BY alive_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED))
  RETURNING ${SWEPT}`

export function createIngestionStore(pool: pg.Pool): IngestionStore {
  return {
    claim: (outstanding) => claim(pool, outstanding),

    async keep(mine, { text, outline }) {
      const { rowCount } = await pool.query(
        `UPDATE document SET text = $6, outline = $7, alive_at = now() WHERE ${HELD}`,
        [...held(mine), text, JSON.stringify(outline)],
      )
      return rowCount === 1
    },

    staged: (mine, analyzerVersion) => staged(pool, mine, analyzerVersion),

    async stage(mine, passages, analyzerVersion) {
      const values = [...held(mine), analyzerVersion, JSON.stringify(passages)]
      return (await pool.query(STAGE, values)).rowCount === 1
    },

    async touch(mine) {
      const sign = `UPDATE document SET alive_at = now() WHERE ${HELD}`
      return (await pool.query(sign, held(mine))).rowCount === 1
    },

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

    publish: (mine, passageCount, failure) => publish(pool, { mine, passageCount, failure }),

    async release(mine) {
      await pool.query(
        `UPDATE document SET status = 'queued', attempts = attempts - 1 WHERE ${HELD}`,
        held(mine),
      )
    },

    async fail(mine, failure) {
      await pool.query(
        `UPDATE document SET status = $6, error_code = $7, error_message = $8,
                             alive_at = now(), updated_at = now() WHERE ${HELD}`,
        [...held(mine), failure ? 'failed' : 'queued', failure?.code, failure?.message],
      )
    },

    sweep: ({ all }) => sweep(pool, all),
    renew: (analyzerVersion) => renew(pool, analyzerVersion),
  }
}

async function claim(pool: pg.Pool, outstanding: Outstanding): Promise<Claim | undefined> {
  const { documentId, knowledgeBaseId, tenant, contentHash } = outstanding
  const { rows } = await pool.query<Omit<Claim, keyof Outstanding>>(CLAIM, [
    documentId,
    knowledgeBaseId,
    tenant.organizationId,
    tenant.projectId,
    contentHash,
  ])
  return rows[0] && { ...outstanding, ...rows[0] }
}

/** Passages are staged in order, so their number says where to go on. */
async function staged(pool: pg.Pool, mine: Claim, analyzerVersion: string): Promise<number> {
  const version = [mine.documentId, mine.version]
  // Terms of another analyzer would not meet those of the rest.
  await pool.query(
    'DELETE FROM chunk WHERE document_id = $1 AND version = $2 AND analyzer_version <> $3',
    [...version, analyzerVersion],
  )
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM chunk WHERE document_id = $1 AND version = $2',
    version,
  )
  return rows[0]?.count ?? 0
}

interface Publication {
  readonly mine: Claim
  readonly passageCount: number
  readonly failure: Failure | undefined
}

async function publish(
  pool: pg.Pool,
  { mine, passageCount, failure }: Publication,
): Promise<boolean> {
  return withTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE document SET status = 'ready', published_version = version, chunk_count = $6,
                           error_code = NULL, error_message = NULL,
                           embedding_error_code = $7, embedding_error_message = $8,
                           vector_count = (SELECT count(*) FROM chunk
                             JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
                            WHERE chunk.document_id = $1 AND chunk.version = $4),
                           alive_at = now(), updated_at = now() WHERE ${HELD}`,
      [...held(mine), passageCount, failure?.code, failure?.message],
    )
    if (rowCount !== 1) return false
    await client.query('DELETE FROM chunk WHERE document_id = $1 AND version <> $2', [
      mine.documentId,
      mine.version,
    ])
    await client.query('UPDATE knowledge_base SET generation = generation + 1 WHERE id = $1', [
      mine.knowledgeBaseId,
    ])
    return true
  })
}

async function sweep(pool: pg.Pool, all: boolean): Promise<Outstanding[]> {
  return withEveryTenant(pool, async (client) => {
    const lock = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('ingestion.sweep', 0)) AS mine`,
    )
    if (!lock.rows[0]?.mine) return []
    await client.query(GIVE_UP, [GAVE_UP.code, GAVE_UP.message])
    const { rows } = await client.query<Record<string, string>>(SWEEP, [all])
    return rows.map(outstandingOf)
  })
}

async function renew(pool: pg.Pool, analyzerVersion: string): Promise<Outstanding[]> {
  return withEveryTenant(pool, async (client) => {
    const { rows } = await client.query<Record<string, string>>(RENEW, [analyzerVersion])
    return rows.map(outstandingOf)
  })
}

function outstandingOf(row: Record<string, string>): Outstanding {
  return {
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    knowledgeBaseId: row.knowledge_base_id,
    documentId: row.id,
    contentHash: row.content_hash,
  } as Outstanding
}
