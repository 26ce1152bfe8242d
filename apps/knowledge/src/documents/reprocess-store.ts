import type pg from 'pg'
import { HAS_CONTENT } from '../ingestion/claim.ts'
import { seenBy } from './access.ts'
import type { DocumentKey } from './store.ts'

/**
 * Makes a new version of what is kept of a document: of the file, else of the text. One that was never fetched is asked
 * for at its address again.
 *
 * @returns the hash of its content, empty when it is still to be fetched; undefined: it is not there, not for this reader,
 *   or at work already
 */
export type ReprocessDocument = (key: DocumentKey) => Promise<string | undefined>

const REPROCESS = `
  WITH begun AS (
    UPDATE document SET status = 'queued', version = version + ${HAS_CONTENT}::int, attempts = 0,
           text = CASE WHEN original IS NULL THEN text END,
           outline = CASE WHEN original IS NULL THEN outline END, parse_anew = original IS NOT NULL,
           error_code = NULL, error_message = NULL, embedding_error_code = NULL,
           embedding_error_message = NULL, embedding_retry_at = NULL,
           stage = NULL, alive_at = now(), updated_at = now()
      FROM knowledge_base
     WHERE document.id = $1 AND document.knowledge_base_id = $2 AND knowledge_base.id = $2
       AND document.organization_id = $3 AND document.project_id = $4
       AND knowledge_base.deleted_at IS NULL AND status IN ('ready', 'failed')
       AND (${HAS_CONTENT} OR EXISTS (SELECT FROM document_source WHERE document_id = document.id))
       AND ${seenBy(5)}
    RETURNING document.id, content_hash, ${HAS_CONTENT} AS has_content),
  asked AS (
    UPDATE document_source SET due_at = now(), failures = 0, fetches = fetches + 1
      FROM begun WHERE document_id = begun.id AND NOT has_content)
  SELECT CASE WHEN has_content THEN content_hash ELSE '' END AS "contentHash" FROM begun`

export function createReprocess(pool: pg.Pool): ReprocessDocument {
  return async ({ documentId, knowledgeBaseId, tenant, reader }) => {
    const key = [documentId, knowledgeBaseId, tenant.organizationId, tenant.projectId]
    const values = [...key, reader.caller, reader.person]
    const { rows } = await pool.query<{ contentHash: string }>(REPROCESS, values)
    return rows[0]?.contentHash
  }
}
