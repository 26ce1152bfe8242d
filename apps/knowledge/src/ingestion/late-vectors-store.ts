import { withEveryTenant, withTransaction } from '@dure/platform'
import type pg from 'pg'
import { type Failure, HELD_LATE, held, type VersionClaim } from './claim.ts'
import type { Work } from './embedding-store.ts'

export interface LateVectorsStore {
  /** Takes documents that are due, knowledge bases in turns; nobody else gets them meanwhile. */
  due(limit: number): Promise<VersionClaim[]>
  /** A sign of life. @returns whether the claim holds */
  touch(claim: VersionClaim): Promise<boolean>
  /**
   * The same passages are found by their vectors from now on, as a new version.
   *
   * @param build the vectors that its passages have
   * @returns `outdated`: nothing has happened, as the base is searched by other vectors since
   */
  publish(claim: VersionClaim, build: string): Promise<'published' | 'outdated' | 'lost'>
  /**
   * @param failure undefined: one of ours, which says nothing about the vectors
   * @param nextInS seconds until the next attempt; undefined: there is none before something has changed
   */
  fail(
    claim: VersionClaim,
    failure: Failure | undefined,
    nextInS: number | undefined,
  ): Promise<void>
  /** Gives the claim back, for another process to go on at once. */
  release(claim: VersionClaim): Promise<void>
  /**
   * Of what is not tried again by itself, some that have failed under other settings are.
   *
   * @returns whether there were any
   */
  reconsider(settings: string): Promise<boolean>
}

/** Without a sign of life for this long, whoever asks is taken to be gone. */
const LEASE = `interval '30 seconds'`
/** So many of those that are due are put in turns. */
const CONSIDERED = 10_000
const RECONSIDERED = 100

export const LATE: Work = { held: HELD_LATE, sign: `embedding_retry_at = now() + ${LEASE}` }

const DUE = `
  WITH oldest AS (
    SELECT document.id, knowledge_base_id, embedding_retry_at FROM document
      JOIN knowledge_base AS base ON base.id = knowledge_base_id AND base.deleted_at IS NULL
     WHERE embedding_retry_at <= now() AND status = 'ready'
     ORDER BY embedding_retry_at LIMIT ${CONSIDERED}),
  due AS (
    SELECT id, embedding_retry_at AS since,
           row_number() OVER (PARTITION BY knowledge_base_id ORDER BY embedding_retry_at) AS turn
      FROM oldest),
  taken AS (
    SELECT document.id FROM document JOIN due USING (id)
     WHERE embedding_retry_at <= now() AND status = 'ready'
     ORDER BY turn, since LIMIT $1 FOR UPDATE OF document SKIP LOCKED)
  UPDATE document SET embedding_attempts = embedding_attempts + 1, ${LATE.sign}
   WHERE id = ANY (ARRAY(SELECT id FROM taken))
  RETURNING id AS "documentId", knowledge_base_id AS "knowledgeBaseId",
            organization_id AS "organizationId", project_id AS "projectId", version,
            embedding_attempts AS attempt`

const FAIL = `
  UPDATE document SET embedding_error_code = coalesce($6, embedding_error_code),
                      embedding_error_message = coalesce($7, embedding_error_message),
                      embedding_retry_at = now() + make_interval(secs => $8), embedding_settings = $9
   WHERE ${HELD_LATE}`

const RELEASE = `
  UPDATE document SET embedding_attempts = embedding_attempts - 1, embedding_retry_at = now()
   WHERE ${HELD_LATE}`

const RECONSIDER = `
  UPDATE document SET embedding_retry_at = now(), embedding_settings = $1
   WHERE id = ANY (ARRAY(
     SELECT id FROM document
      WHERE embedding_error_code IS NOT NULL AND embedding_retry_at IS NULL AND status = 'ready'
        AND embedding_settings IS DISTINCT FROM $1
      LIMIT ${RECONSIDERED} FOR UPDATE SKIP LOCKED))`

const PUBLISH = `
  UPDATE document SET version = version + 1, published_version = version + 1,
         embedding_error_code = NULL, embedding_error_message = NULL, embedding_retry_at = NULL,
         embedding_attempts = 0, updated_at = now(),
         vector_count = (SELECT count(*) FROM chunk
           JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id AND build = $6 AND length(vector) > 0
          WHERE chunk.document_id = $1 AND chunk.version = $4)
   WHERE ${HELD_LATE} AND published_version = version`

// A new version is what indexes hear of. An engine outside knows its rows by the ids of passages, so there they are new as well.
const moved = (id: string) => `
  UPDATE chunk SET version = version + 1, id = ${id}
   WHERE document_id = $1 AND organization_id = $2 AND project_id = $3 AND version = $4`
const KEEPS_IDS = moved('id')
const HAS_NEW_IDS = moved(`
  'chk_' || left(encode(sha256(convert_to(id || ' ' || version, 'UTF8')), 'hex'), 32)`)

const RISE = `
  UPDATE knowledge_base SET generation = generation + 1
   WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL
  RETURNING vector_build AS build`

export interface LateVectorsOptions {
  /** Of the provider: what fails under these is tried again under others. */
  readonly settings: string
  /** Outside. */
  readonly hasEngine: boolean
}

export function createLateVectorsStore(
  pool: pg.Pool,
  { settings, hasEngine }: LateVectorsOptions,
): LateVectorsStore {
  return {
    due: (limit) =>
      withEveryTenant(pool, async (client) => {
        const { rows } = await client.query<Row>(DUE, [limit])
        return rows.map(({ organizationId, projectId, ...row }) => ({
          ...row,
          tenant: { organizationId, projectId },
        }))
      }),

    async touch(claim) {
      const sign = `UPDATE document SET ${LATE.sign} WHERE ${HELD_LATE}`
      return (await pool.query(sign, held(claim))).rowCount === 1
    },

    publish: (claim, build) => publish(pool, { claim, build, hasEngine }),

    async fail(claim, failure, nextInS) {
      const values = [failure?.code, failure?.message, nextInS, settings]
      await pool.query(FAIL, [...held(claim), ...values])
    },

    async release(claim) {
      await pool.query(RELEASE, held(claim))
    },

    reconsider: (now) =>
      withEveryTenant(
        pool,
        async (client) => ((await client.query(RECONSIDER, [now])).rowCount ?? 0) > 0,
      ),
  }
}

type Row = Omit<VersionClaim, 'tenant'> & VersionClaim['tenant']

class OutdatedError extends Error {}

interface Publication {
  readonly claim: VersionClaim
  readonly build: string
  readonly hasEngine: boolean
}

/** In the order of a publication by the ingestion, so that neither waits for the other in a circle. */
function publish(pool: pg.Pool, { claim, build, hasEngine }: Publication) {
  const { knowledgeBaseId, tenant, documentId, version } = claim
  const place = [tenant.organizationId, tenant.projectId]
  return withTransaction(pool, async (client) => {
    if ((await client.query(PUBLISH, [...held(claim), build])).rowCount !== 1) return 'lost'
    const passages = [documentId, ...place, version]
    await client.query(hasEngine ? HAS_NEW_IDS : KEEPS_IDS, passages)
    const [base] = (await client.query<{ build: string }>(RISE, [knowledgeBaseId, ...place])).rows
    if (base?.build !== build) throw new OutdatedError()
    return 'published' as const
  }).catch((error: unknown) => {
    if (error instanceof OutdatedError) return 'outdated' as const
    throw error
  })
}
