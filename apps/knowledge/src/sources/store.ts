import type { DocumentId, KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Content } from '../documents/document.ts'
import { type Address, FETCH_TIMEOUT_MS, type Validators } from './service.ts'

/** The right to ask a source, until it is taken to be forgotten. */
export interface SourceClaim extends Address {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly everyS: number | null
  /** In a row, before this look. */
  readonly failures: number
  readonly fetches: number
}

export interface SourceStore {
  /** Takes the sources that are due, organizations in turns; nobody else gets them meanwhile. */
  due(limit: number): Promise<SourceClaim[]>
  /**
   * The content is what it was.
   *
   * @param nextInS seconds until the next look; undefined: there is none @returns whether the claim holds
   */
  unchanged(claim: SourceClaim, nextInS: number | undefined): Promise<boolean>
  /**
   * The document is to be made of this from now on. The version before is found until that is done; content that it has
   * already changes nothing.
   *
   * @returns the hash of the content when it is to be ingested
   */
  changed(
    claim: SourceClaim,
    found: Found,
    nextInS: number | undefined,
  ): Promise<string | undefined>
  /** A document that has no content yet has failed when there is no next look. @returns as `unchanged` */
  failed(
    claim: SourceClaim,
    failure: { readonly code: string; readonly message: string },
    nextInS: number | undefined,
  ): Promise<boolean>
  /** Gives the claim back, for another process to ask at once. */
  release(claim: SourceClaim): Promise<void>
}

export interface Found {
  readonly content: Content
  readonly contentHash: string
  readonly validators: Validators
}

/** Whoever has not answered after twice the time that a look may take is gone. */
const LEASE = `interval '${(2 * FETCH_TIMEOUT_MS) / 1000} seconds'`
/** So many of those that are due are put in turns. */
const CONSIDERED = 1000

const DUE = `
  WITH due AS (
    SELECT document_id, due_at, row_number() OVER (PARTITION BY organization_id ORDER BY due_at) AS turn
      FROM (SELECT document_id, organization_id, due_at FROM document_source
             WHERE due_at <= now() ORDER BY due_at LIMIT ${CONSIDERED}) AS oldest),
  taken AS (
    SELECT source.document_id FROM document_source AS source JOIN due USING (document_id)
     WHERE source.due_at <= now()
     ORDER BY due.turn, due.due_at LIMIT $1 FOR UPDATE OF source SKIP LOCKED)
  UPDATE document_source AS source SET fetches = fetches + 1, due_at = now() + ${LEASE}
    FROM taken, document
   WHERE source.document_id = taken.document_id AND document.id = source.document_id
  RETURNING source.document_id AS "documentId", document.knowledge_base_id AS "knowledgeBaseId",
    source.organization_id AS "organizationId", source.project_id AS "projectId", document.name,
    url, every_s AS "everyS", etag, last_modified AS "lastModified", failures, fetches`

/** True for nobody but the holder of the claim. */
const HELD = `document_id = $1 AND organization_id = $2 AND project_id = $3 AND fetches = $4`
const NEXT = `now() + make_interval(secs => $5)`

const UNCHANGED = `
  UPDATE document_source SET due_at = ${NEXT}, failures = 0, checked_at = now(),
                             error_code = NULL, error_message = NULL
   WHERE ${HELD}`

const ANSWERED = `
  UPDATE document_source SET due_at = ${NEXT}, failures = 0, checked_at = now(),
                             error_code = NULL, error_message = NULL, etag = $6, last_modified = $7
   WHERE ${HELD}`

/** A document that has no content keeps its version: this is what it was made for. */
const TAKE_CONTENT = `
  UPDATE document SET media_type = $4, content_hash = $5, size_bytes = $6, text = $7, original = $8,
         outline = NULL, version = version + (text IS NOT NULL OR original IS NOT NULL)::int,
         attempts = 0, status = 'queued', error_code = NULL, error_message = NULL,
         embedding_error_code = NULL, embedding_error_message = NULL, embedding_retry_at = NULL,
         alive_at = now(), updated_at = now()
   WHERE id = $1 AND organization_id = $2 AND project_id = $3
     AND (content_hash <> $5 OR status = 'failed')`

const FAILED = `
  UPDATE document_source SET due_at = ${NEXT}, failures = failures + 1, error_code = $6, error_message = $7
   WHERE ${HELD}`

const WITHOUT_CONTENT = `
  UPDATE document SET status = 'failed', error_code = $4, error_message = $5, updated_at = now()
   WHERE id = $1 AND organization_id = $2 AND project_id = $3
     AND status = 'queued' AND text IS NULL AND original IS NULL`

export function createSourceStore(pool: pg.Pool): SourceStore {
  return {
    due: (limit) =>
      withEveryTenant(pool, async (client) => {
        const { rows } = await client.query<Row>(DUE, [limit])
        return rows.map(claimOf)
      }),

    async unchanged(claim, nextInS) {
      return (await pool.query(UNCHANGED, [...held(claim), nextInS])).rowCount === 1
    },

    changed: (claim, { content, contentHash, validators }, nextInS) =>
      withTransaction(pool, async (client) => {
        const { etag, lastModified } = validators
        const answered = [...held(claim), nextInS, etag, lastModified]
        if ((await client.query(ANSWERED, answered)).rowCount !== 1) return undefined
        const { rowCount } = await client.query(TAKE_CONTENT, [
          ...documentOf(claim),
          content.mediaType,
          contentHash,
          content.sizeBytes,
          'text' in content ? content.text : null,
          'bytes' in content ? content.bytes : null,
        ])
        return rowCount === 1 ? contentHash : undefined
      }),

    failed: (claim, { code, message }, nextInS) =>
      withTransaction(pool, async (client) => {
        const { rowCount } = await client.query(FAILED, [...held(claim), nextInS, code, message])
        if (rowCount !== 1) return false
        const isFinal = nextInS === undefined || claim.everyS !== null
        if (isFinal) await client.query(WITHOUT_CONTENT, [...documentOf(claim), code, message])
        return true
      }),

    async release(claim) {
      await pool.query(`UPDATE document_source SET due_at = now() WHERE ${HELD}`, held(claim))
    },
  }
}

type Row = Omit<SourceClaim, 'tenant'> & Tenant

function claimOf({ organizationId, projectId, ...row }: Row): SourceClaim {
  return { ...row, tenant: { organizationId, projectId } }
}

function documentOf({ documentId, tenant }: SourceClaim): unknown[] {
  return [documentId, tenant.organizationId, tenant.projectId]
}

function held(claim: SourceClaim): unknown[] {
  return [...documentOf(claim), claim.fetches]
}
