import type { DocumentSource } from '../sources/source.ts'
import { seenBy } from './access.ts'
import { REDESCRIBED, REDESCRIBED_BASE } from './metadata-sql.ts'

/** A new document without content, or the one of this name; and where it comes from, to be asked now. */
export const SAVE_SOURCE = `
  WITH saved AS (
    INSERT INTO document AS document (id, knowledge_base_id, organization_id, project_id, name,
                          media_type, content_hash, size_bytes, access, metadata, metadata_revision)
    SELECT $1, id, organization_id, project_id, $5, 'application/octet-stream', $6, 0,
           coalesce($11::text[], '{everybody}'), coalesce($12::jsonb, '{}'), ($12 IS NOT NULL)::int
      FROM knowledge_base
     WHERE id = $2 AND organization_id = $3 AND project_id = $4 AND deleted_at IS NULL
    ON CONFLICT (organization_id, project_id, knowledge_base_id, name) DO UPDATE SET
      ${REDESCRIBED(12)},
      status = CASE WHEN document.size_bytes = 0 THEN 'queued' ELSE document.status END,
      error_code = CASE WHEN document.size_bytes = 0 THEN NULL ELSE document.error_code END,
      error_message = CASE WHEN document.size_bytes = 0 THEN NULL ELSE document.error_message END
    WHERE ${seenBy(9)} AND ($11::text[] IS NULL OR document.access = $11)
    RETURNING id, knowledge_base_id AS "knowledgeBaseId", published_version AS "publishedVersion"),
  ${REDESCRIBED_BASE(12)}
  INSERT INTO document_source AS source (document_id, organization_id, project_id, url, every_s)
  SELECT id, $3, $4, $7, $8 FROM saved
  ON CONFLICT (document_id) DO UPDATE SET
    url = excluded.url, every_s = excluded.every_s, etag = NULL, last_modified = NULL,
    due_at = now(), failures = 0, fetches = source.fetches + 1
  RETURNING document_id AS id`

export const SOURCE_COLUMNS = {
  url: true,
  everyS: true,
  checkedAt: true,
  dueAt: true,
  errorCode: true,
  errorMessage: true,
} as const

export interface SourceRow {
  readonly url: string
  readonly everyS: number | null
  readonly checkedAt: Date | null
  readonly dueAt: Date | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

export function sourceOf(row: SourceRow): DocumentSource {
  const { errorCode, errorMessage } = row
  return {
    url: row.url,
    everyS: row.everyS ?? undefined,
    checkedAt: row.checkedAt ?? undefined,
    nextAt: row.dueAt ?? undefined,
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
  }
}
