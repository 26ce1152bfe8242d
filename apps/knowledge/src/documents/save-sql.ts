import { seenBy } from './access.ts'
import { REDESCRIBED, REDESCRIBED_BASE } from './metadata-sql.ts'

/** What it is made of is to be looked at anew. */
const UNREAD = `document.content_hash <> excluded.content_hash OR document.status = 'failed'`
const CHANGED = `(${UNREAD} OR document.embedding_error_code IS NOT NULL)`

const SAVE = `
  INSERT INTO document AS document (id, knowledge_base_id, organization_id, project_id, name,
                        media_type, content_hash, size_bytes, text, original, access,
                        metadata, metadata_revision)
  SELECT $1, id, organization_id, project_id, $5, $6, $7, $8, $9, $10,
         coalesce($13::text[], '{everybody}'), coalesce($14::jsonb, '{}'), ($14 IS NOT NULL)::int
    FROM knowledge_base
   WHERE id = $2 AND organization_id = $3 AND project_id = $4 AND deleted_at IS NULL
  ON CONFLICT (organization_id, project_id, knowledge_base_id, name) DO UPDATE SET
    ${REDESCRIBED(14)},
    media_type = excluded.media_type,
    content_hash = excluded.content_hash,
    size_bytes = excluded.size_bytes,
    text = CASE WHEN ${UNREAD} THEN excluded.text ELSE document.text END,
    original = CASE WHEN ${UNREAD} THEN excluded.original ELSE document.original END,
    outline = CASE WHEN ${UNREAD} THEN NULL ELSE document.outline END,
    version = document.version + ${CHANGED}::int,
    attempts = CASE WHEN ${CHANGED} THEN 0 ELSE document.attempts END,
    status = CASE WHEN ${CHANGED} THEN 'queued' ELSE document.status END,
    error_code = CASE WHEN ${CHANGED} THEN NULL ELSE document.error_code END,
    error_message = CASE WHEN ${CHANGED} THEN NULL ELSE document.error_message END,
    embedding_error_code = NULL,
    embedding_error_message = NULL,
    embedding_retry_at = NULL,
    alive_at = CASE WHEN ${CHANGED} THEN now() ELSE document.alive_at END,
    updated_at = CASE WHEN ${CHANGED} THEN now() ELSE document.updated_at END
  WHERE ${seenBy(11)} AND ($13::text[] IS NULL OR document.access = $13)
  RETURNING stage, stage_done AS "stageDone", stage_total AS "stageTotal",
            id, knowledge_base_id AS "knowledgeBaseId", name, media_type AS "mediaType",
            size_bytes AS "sizeBytes", status, error_code AS "errorCode",
            error_message AS "errorMessage", version, published_version AS "publishedVersion", access,
            metadata, chunk_count AS "chunkCount", vector_count AS "vectorCount",
            embedding_error_code AS "embeddingErrorCode",
            embedding_error_message AS "embeddingErrorMessage",
            embedding_attempts AS "embeddingAttempts", embedding_retry_at AS "embeddingRetryAt",
            created_at AS "createdAt", updated_at AS "updatedAt"`

/** What is sent takes the place of what was fetched, for good. */
export const SAVE_CONTENT = `
  WITH saved AS (${SAVE}),
  sent AS (DELETE FROM document_source USING saved WHERE document_id = saved.id),
  ${REDESCRIBED_BASE(14)}
  SELECT * FROM saved`
