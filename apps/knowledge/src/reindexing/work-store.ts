import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { BaseKey, Reindexing } from './reindexing.ts'

/** The right to work on the vectors of a base, until somebody else gets it. */
export interface ReindexClaim extends BaseKey {
  /** `running`: they are to be made; else what is not in use is to be removed. */
  readonly status: Reindexing['status']
  /** Names the new vectors. */
  readonly build: string
  readonly embeddingModel: string
  readonly fence: number
  /** Claims since the last vector was made, this one among them. */
  readonly failures: number
}

export interface ShelvedDocument {
  readonly id: string
  readonly publishedVersion: number
}

/** As a model of embeddings sees it. */
export interface UnmadePassage {
  readonly id: string
  readonly documentId: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
}

export interface AttemptEnd {
  readonly isFinal: boolean
  /** Seconds until the next one. */
  readonly nextInS: number
}

export interface ReindexWorkStore {
  /** @returns undefined when nothing is to be done that nobody does */
  claim(): Promise<ReindexClaim | undefined>
  /** A sign of life. @returns whether the claim holds */
  touch(claim: ReindexClaim): Promise<boolean>
  /** Documents of the base in the order of their ids. */
  documents(claim: ReindexClaim, afterId: string): Promise<ShelvedDocument[]>
  /** Published passages of these documents that have no new vector, in their order, behind one of them. */
  unmade(
    claim: ReindexClaim,
    documents: readonly ShelvedDocument[],
    after: Pick<UnmadePassage, 'documentId' | 'ordinal'>,
  ): Promise<UnmadePassage[]>
  /** How long the new vectors are: as long as these, unless others came first. */
  agreeOnDimensions(claim: ReindexClaim, dimensions: number): Promise<number>
  /** @param vectors by the ids of their passages; empty: it has no direction @returns as `touch` */
  add(claim: ReindexClaim, vectors: ReadonlyMap<string, Uint8Array>): Promise<boolean>
  /**
   * From the next search on, the base is searched by the new vectors.
   *
   * @param since when somebody began to look at all of its passages, of which none lacked one
   * @returns `again`: of those that came since, some do
   */
  switch(claim: ReindexClaim, since: Date): Promise<'switched' | 'again' | 'lost'>
  /** Removes what is not in use of these documents, and counts what is. @returns as `touch` */
  clean(claim: ReindexClaim, documents: readonly ShelvedDocument[]): Promise<boolean>
  cleaned(claim: ReindexClaim): Promise<void>
  /** Ends the attempt: for good with a failure, else another one may begin, later. */
  fail(claim: ReindexClaim, failure: Reindexing['error'], end: AttemptEnd): Promise<void>
  now(): Promise<Date>
}

/** Without a sign of life for this long, whoever worked on it is taken to be gone. */
const LIFELESS = `interval '10 seconds'`
/** A publication may have begun so long before it can be seen. */
const OVERLAP = `interval '1 minute'`
const DOCUMENTS = 200
const PASSAGES = 256

const CLAIM = `
  UPDATE reindex SET fence = fence + 1, failures = failures + 1, due_at = now() + ${LIFELESS}
   WHERE knowledge_base_id = (
     SELECT knowledge_base_id FROM reindex JOIN knowledge_base ON id = knowledge_base_id
      WHERE due_at < now() AND deleted_at IS NULL
      ORDER BY due_at LIMIT 1 FOR UPDATE OF reindex SKIP LOCKED)
  RETURNING knowledge_base_id AS "knowledgeBaseId", organization_id AS "organizationId",
            project_id AS "projectId", status, build, embedding_model AS "embeddingModel", fence, failures`

/** True for nobody but the holder of the claim. */
const HELD = `knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
              AND build = $4 AND fence = $5 AND status = $6`

function held(claim: ReindexClaim): unknown[] {
  const { knowledgeBaseId, tenant, build, fence, status } = claim
  return [knowledgeBaseId, tenant.organizationId, tenant.projectId, build, fence, status]
}

const UNMADE = `
  SELECT chunk.id, document_id AS "documentId", ordinal, headings, text
    FROM unnest($1::text[], $2::int[]) AS wanted (id, version)
    JOIN chunk ON chunk.document_id = wanted.id AND chunk.version = wanted.version
   WHERE organization_id = $3 AND project_id = $4 AND (document_id, ordinal) > ($5, $6)
     AND NOT EXISTS (SELECT FROM chunk_vector WHERE chunk_id = chunk.id AND build = $7)
   ORDER BY document_id, ordinal LIMIT ${PASSAGES}`

// A passage may have been replaced meanwhile.
const ADD = `
  WITH claim AS (
    UPDATE reindex SET due_at = now() + ${LIFELESS}, failures = 0, updated_at = now(),
                       error_code = NULL, error_message = NULL, done_count = done_count + cardinality($7::text[])
     WHERE ${HELD} RETURNING build),
  there AS (SELECT id FROM chunk WHERE id = ANY($7) FOR KEY SHARE),
  added AS (
    INSERT INTO chunk_vector (chunk_id, organization_id, project_id, build, vector)
    SELECT given.id, $2, $3, claim.build, given.vector
      FROM claim, unnest($7::text[], $8::bytea[]) AS given (id, vector) JOIN there USING (id)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

const LACKING = `
  SELECT FROM document
    JOIN chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
   WHERE document.knowledge_base_id = $1 AND document.organization_id = $2
     AND document.project_id = $3 AND document.updated_at > $5::timestamptz - ${OVERLAP}
     AND NOT EXISTS (SELECT FROM chunk_vector WHERE chunk_id = chunk.id AND build = $4) LIMIT 1`

const SWITCH = `
  UPDATE knowledge_base SET embedding_model = reindex.embedding_model,
         embedding_dimensions = reindex.embedding_dimensions, vector_build = reindex.build,
         generation = generation + 1
    FROM reindex WHERE knowledge_base.id = $1 AND reindex.knowledge_base_id = $1`

const CLEAN = `
  DELETE FROM chunk_vector WHERE organization_id = $1 AND project_id = $2
     AND chunk_id IN (SELECT id FROM chunk WHERE document_id = ANY($3))
     AND build <> (SELECT vector_build FROM knowledge_base WHERE id = $4)`

const COUNT = `
  UPDATE document SET vector_count = counted.count, embedding_error_code = NULL,
                      embedding_error_message = NULL, embedding_retry_at = NULL
    FROM (SELECT chunk.document_id, chunk.version, count(*) FROM chunk
            JOIN chunk_vector ON chunk_id = chunk.id AND length(vector) > 0
             AND build = (SELECT vector_build FROM knowledge_base WHERE id = $4)
           WHERE chunk.document_id = ANY($3) GROUP BY 1, 2) AS counted
   WHERE document.id = counted.document_id AND document.published_version = counted.version
     AND organization_id = $1 AND project_id = $2 AND status = 'ready'`

export function createReindexWorkStore(pool: pg.Pool): ReindexWorkStore {
  const holds = async (sql: string, values: unknown[]) =>
    (await pool.query(sql, values)).rowCount === 1
  const touch = (claim: ReindexClaim) =>
    holds(`UPDATE reindex SET due_at = now() + ${LIFELESS} WHERE ${HELD}`, held(claim))
  return {
    touch,

    claim: () =>
      withEveryTenant(pool, async (client) => {
        const [row] = (await client.query<Row>(CLAIM)).rows
        if (!row) return undefined
        const { organizationId, projectId, ...claim } = row
        return { ...claim, tenant: { organizationId, projectId } }
      }),

    async documents({ knowledgeBaseId, tenant }, afterId) {
      const { rows } = await pool.query<ShelvedDocument>(
        `SELECT id, published_version AS "publishedVersion" FROM document
          WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND id > $4
          ORDER BY id LIMIT ${DOCUMENTS}`,
        [knowledgeBaseId, tenant.organizationId, tenant.projectId, afterId],
      )
      return rows
    },

    async unmade({ tenant, build }, documents, { documentId, ordinal }) {
      const { rows } = await pool.query<UnmadePassage>(UNMADE, [
        documents.map(({ id }) => id),
        documents.map(({ publishedVersion }) => publishedVersion),
        ...[tenant.organizationId, tenant.projectId, documentId, ordinal, build],
      ])
      return rows
    },

    async agreeOnDimensions(claim, dimensions) {
      const { rows } = await pool.query<{ dimensions: number }>(
        `UPDATE reindex SET embedding_dimensions = coalesce(embedding_dimensions, $7)
          WHERE ${HELD} RETURNING embedding_dimensions AS dimensions`,
        [...held(claim), dimensions],
      )
      return rows[0]?.dimensions ?? dimensions
    },

    add(claim, vectors) {
      const bytes = Array.from(vectors.values(), (vector) => Buffer.from(vector))
      return holds(ADD, [...held(claim), [...vectors.keys()], bytes])
    },

    switch: (claim, since) => switchTo(pool, claim, since),

    async clean(claim, documents) {
      const { tenant, knowledgeBaseId, status } = claim
      const place = [tenant.organizationId, tenant.projectId]
      const ids = documents.map(({ id }) => id)
      await pool.query(CLEAN, [...place, ids, knowledgeBaseId])
      if (status === 'done') await pool.query(COUNT, [...place, ids, knowledgeBaseId])
      return touch(claim)
    },

    async cleaned(claim) {
      await pool.query(`UPDATE reindex SET due_at = NULL WHERE ${HELD}`, held(claim))
    },

    async fail(claim, failure, { isFinal, nextInS }) {
      await pool.query(
        `UPDATE reindex SET status = CASE WHEN $7 THEN 'failed' ELSE status END, error_code = $8,
                            error_message = $9, due_at = now() + make_interval(secs => $10),
                            updated_at = now()
          WHERE ${HELD}`,
        [...held(claim), isFinal, failure?.code, failure?.message, nextInS],
      )
    },

    async now() {
      const { rows } = await pool.query<{ now: Date }>('SELECT now()')
      return rows[0]?.now ?? new Date()
    },
  }
}

type Row = Omit<ReindexClaim, 'tenant' | 'knowledgeBaseId'> &
  Tenant & { readonly knowledgeBaseId: KnowledgeBaseId }

/** Publications wait for the row of the base: each is either seen here, or sees the switch. */
function switchTo(pool: pg.Pool, claim: ReindexClaim, since: Date) {
  return withTransaction(pool, async (client) => {
    const { knowledgeBaseId: id, tenant, build } = claim
    const key = [id, tenant.organizationId, tenant.projectId]
    await client.query(
      `SELECT FROM knowledge_base
        WHERE id = $1 AND organization_id = $2 AND project_id = $3 FOR NO KEY UPDATE`,
      key,
    )
    if (((await client.query(LACKING, [...key, build, since])).rowCount ?? 0) > 0) return 'again'
    const { rowCount } = await client.query(
      `UPDATE reindex SET status = 'done', error_code = NULL, error_message = NULL, due_at = now(),
                          updated_at = now() WHERE ${HELD}`,
      held(claim),
    )
    if (rowCount !== 1) return 'lost'
    await client.query(SWITCH, [id])
    return 'switched'
  })
}
