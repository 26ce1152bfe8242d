import type { DocumentId, KnowledgeBaseId, Tenant } from '@dure/contracts'
import { afterKey, NEWEST_FIRST, type PageKey } from '@dure/platform'
import type pg from 'pg'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { SourceRequest } from '../sources/source.ts'
import { type Access, type Reader, seenBy } from './access.ts'
import type { Content, Document } from './document.ts'
import type { Metadata } from './metadata.ts'
import { progressOf } from './progress.ts'
import { SAVE_CONTENT } from './save-sql.ts'
import { SAVE_SOURCE, SOURCE_COLUMNS, type SourceRow, sourceOf } from './source-row.ts'

/** Where a document stands, and for whom; all of it is checked together. */
export interface DocumentKey {
  readonly tenant: Tenant
  readonly reader: Reader
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
}

/** What is said about what is stored. */
interface Settings {
  /** Undefined: a new document is for everybody, another one for whom it was. */
  readonly access: Access | undefined
  /** Undefined: a new document has none, another one what it had. */
  readonly metadata: Metadata | undefined
}

export interface DocumentStore {
  /**
   * A new document, or a new version of the one with this name. Content that is there already
   * changes nothing, unless its ingestion or its vectors have failed: then it is tried again.
   *
   * @returns undefined when the tenant has no such knowledge base, when the reader does not see the document of this
   *   name, or when it has another access
   */
  save(
    key: DocumentKey,
    content: Content & { contentHash: string } & Settings,
  ): Promise<Document | undefined>
  /**
   * Has it fetched from now on, under this name.
   *
   * @returns as `save`
   */
  saveSource(
    key: DocumentKey,
    source: SourceRequest & { readonly name: string; readonly contentHash: string } & Settings,
  ): Promise<DocumentId | undefined>
  find(key: DocumentKey): Promise<Document | undefined>
  /** Newest first, one more than `limit` when there are more. */
  list(
    key: Omit<DocumentKey, 'documentId'>,
    page: { limit: number; after?: PageKey },
  ): Promise<Document[]>
  /** With its passages, in one statement. @returns whether it was there, with this version if one is given */
  remove(key: DocumentKey, version?: number): Promise<boolean>
  /**
   * From the next search on.
   *
   * @param expected what it must be, if that matters
   * @returns whether it was there, with what is expected
   */
  setAccess(key: DocumentKey, access: Access, expected?: Access): Promise<boolean>
  /** As `setAccess`. */
  setMetadata(key: DocumentKey, metadata: Metadata, expected?: Metadata): Promise<boolean>
}

const REMOVE = `
  WITH gone AS (
    DELETE FROM document USING knowledge_base
     WHERE document.id = $1 AND knowledge_base.id = $2
       AND document.knowledge_base_id = knowledge_base.id
       AND document.organization_id = $3 AND document.project_id = $4
       AND knowledge_base.deleted_at IS NULL AND ($5::int IS NULL OR document.version = $5)
       AND ${seenBy(6)}
    RETURNING document.knowledge_base_id)
  UPDATE knowledge_base SET generation = generation + 1
    FROM gone WHERE knowledge_base.id = gone.knowledge_base_id`

const SET_ACCESS = `
  WITH changed AS (
    UPDATE document SET access = $5, updated_at = now()
      FROM knowledge_base
     WHERE document.id = $1 AND knowledge_base.id = $2
       AND document.knowledge_base_id = knowledge_base.id
       AND document.organization_id = $3 AND document.project_id = $4
       AND knowledge_base.deleted_at IS NULL AND ($6::text[] IS NULL OR document.access = $6)
       AND ${seenBy(7)}
    RETURNING document.knowledge_base_id)
  UPDATE knowledge_base SET generation = generation + 1
    FROM changed WHERE knowledge_base.id = changed.knowledge_base_id`

const SET_METADATA = `
  WITH changed AS (
    UPDATE document SET metadata = $5, metadata_revision = metadata_revision + 1, updated_at = now()
      FROM knowledge_base
     WHERE document.id = $1 AND knowledge_base.id = $2
       AND document.knowledge_base_id = knowledge_base.id
       AND document.organization_id = $3 AND document.project_id = $4
       AND knowledge_base.deleted_at IS NULL AND ($6::jsonb IS NULL OR document.metadata = $6)
       AND ${seenBy(7)}
    RETURNING document.knowledge_base_id)
  UPDATE knowledge_base SET generation = generation + 1
    FROM changed WHERE knowledge_base.id = changed.knowledge_base_id`

/** Everything but the content, which may be long. */
const COLUMNS = {
  id: true,
  knowledgeBaseId: true,
  name: true,
  mediaType: true,
  sizeBytes: true,
  status: true,
  errorCode: true,
  errorMessage: true,
  version: true,
  access: true,
  metadata: true,
  warnings: true,
  publishedVersion: true,
  stage: true,
  stageDone: true,
  stageTotal: true,
  chunkCount: true,
  vectorCount: true,
  embeddingErrorCode: true,
  embeddingErrorMessage: true,
  embeddingAttempts: true,
  embeddingRetryAt: true,
  source: { select: SOURCE_COLUMNS },
  createdAt: true,
  updatedAt: true,
} as const

export function createDocumentStore(pool: pg.Pool, db: PrismaClient): DocumentStore {
  return {
    async save({ tenant, reader, knowledgeBaseId, documentId }, content) {
      const { rows } = await pool.query<Row>(SAVE_CONTENT, [
        documentId,
        knowledgeBaseId,
        tenant.organizationId,
        tenant.projectId,
        content.name,
        content.mediaType,
        content.contentHash,
        content.sizeBytes,
        'text' in content ? content.text : null,
        'bytes' in content ? content.bytes : null,
        ...[reader.caller, reader.person, content.access ?? null, content.metadata ?? null],
      ])
      return rows[0] && view(rows[0])
    },

    async saveSource({ tenant, reader, knowledgeBaseId, documentId }, source) {
      const { rows } = await pool.query<{ id: DocumentId }>(SAVE_SOURCE, [
        documentId,
        knowledgeBaseId,
        tenant.organizationId,
        tenant.projectId,
        source.name,
        source.contentHash,
        source.url,
        source.everyS ?? null,
        ...[reader.caller, reader.person, source.access ?? null, source.metadata ?? null],
      ])
      return rows[0]?.id
    },

    async find({ documentId: id, ...shelf }) {
      const row = await db.document.findFirst({
        where: { id, ...seenOn(shelf), knowledgeBase: NOT_DELETED },
        select: COLUMNS,
      })
      return row ? view(row) : undefined
    },

    async list(shelf, { limit, after }) {
      const rows = await db.document.findMany({
        where: { ...seenOn(shelf), ...afterKey(after) },
        select: COLUMNS,
        orderBy: NEWEST_FIRST,
        take: limit + 1,
      })
      return rows.map(view)
    },

    async remove({ reader, ...key }, version) {
      const values = [...valuesOf(key), version ?? null, reader.caller, reader.person]
      return (await pool.query(REMOVE, values)).rowCount === 1
    },

    async setAccess({ reader, ...key }, access, expected) {
      const values = [...valuesOf(key), access, expected ?? null, reader.caller, reader.person]
      return (await pool.query(SET_ACCESS, values)).rowCount === 1
    },

    async setMetadata({ reader, ...key }, metadata, expected) {
      const values = [...valuesOf(key), metadata, expected ?? null, reader.caller, reader.person]
      return (await pool.query(SET_METADATA, values)).rowCount === 1
    },
  }
}

function valuesOf({ documentId, knowledgeBaseId, tenant }: Omit<DocumentKey, 'reader'>) {
  return [documentId, knowledgeBaseId, tenant.organizationId, tenant.projectId]
}

/** As `seenBy` says it in SQL. */
function seenOn({ tenant, knowledgeBaseId, reader }: Omit<DocumentKey, 'documentId'>) {
  const { organizationId, projectId } = tenant
  const lists = [reader.caller, reader.person].filter((names) => names !== null)
  const seen = lists.map((names) => ({ access: { hasSome: [...names] } }))
  return { knowledgeBaseId, organizationId, projectId, AND: seen }
}

const NOT_DELETED = { deletedAt: null }

type Told = 'error' | 'embeddingError' | 'source' | 'progress' | 'metadata' | 'warnings'
type Row = Omit<Document, 'id' | 'knowledgeBaseId' | Told> & {
  /** What was checked when it was stored. */
  readonly metadata: unknown
  readonly warnings?: unknown
  readonly id: string
  readonly knowledgeBaseId: string
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly embeddingErrorCode: string | null
  readonly embeddingErrorMessage: string | null
  readonly embeddingAttempts: number
  readonly embeddingRetryAt: Date | null
  readonly source?: SourceRow | null
  readonly stage: string | null
  readonly stageDone: number | null
  readonly stageTotal: number | null
}

function view(given: Row): Document {
  const { errorCode, errorMessage, embeddingErrorCode, embeddingErrorMessage, ...rest } = given
  const { embeddingAttempts: attempts, embeddingRetryAt, ...unstaged } = rest
  const { stage: _stage, stageDone: _done, stageTotal: _total, ...row } = unstaged
  const lacking = failureOf(embeddingErrorCode, embeddingErrorMessage)
  return {
    ...row,
    id: row.id as DocumentId,
    knowledgeBaseId: row.knowledgeBaseId as KnowledgeBaseId,
    metadata: row.metadata as Metadata,
    warnings: (row.warnings ?? []) as Document['warnings'],
    progress: progressOf(given),
    error: failureOf(errorCode, errorMessage),
    embeddingError: lacking && { ...lacking, attempts, nextAt: embeddingRetryAt ?? undefined },
    source: row.source ? sourceOf(row.source) : undefined,
  }
}

function failureOf(code: string | null, message: string | null) {
  return code === null ? undefined : { code, message: message ?? '' }
}
