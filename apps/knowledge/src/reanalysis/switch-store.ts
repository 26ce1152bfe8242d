import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { PreparedSnapshot } from '../search/snapshots/service.ts'
import { lacksTerms } from './terms-sql.ts'
import type { ReanalysisClaim } from './work-store.ts'

/** A publication may have begun so long before it can be seen. */
export const OVERLAP = `interval '1 minute'`

/** True for nobody but the holder of the claim. */
export const HELD = `knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
              AND analyzer_version = $4 AND fence = $5 AND status = $6`

export function held(claim: ReanalysisClaim): unknown[] {
  const { knowledgeBaseId, tenant, analyzerVersion, fence, status } = claim
  const { organizationId, projectId } = tenant
  return [knowledgeBaseId, organizationId, projectId, analyzerVersion, fence, status]
}

const LACKING = `
  SELECT FROM document
    JOIN chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
   WHERE document.knowledge_base_id = $1 AND document.organization_id = $2
     AND document.project_id = $3 AND document.updated_at > $5::timestamptz - ${OVERLAP}
     AND ${lacksTerms('$4')} LIMIT 1`

// Where all passages have had these terms themselves, indexes are good as they are.
const SWITCH = `
  UPDATE knowledge_base AS base
     SET analyzer_version = $2, terms_mixed = false, generation = generation + 1,
         terms_build = CASE WHEN analyzer_version IS NULL AND NOT EXISTS (
                              SELECT FROM chunk_terms WHERE knowledge_base_id = base.id)
                            THEN terms_build ELSE coalesce($3, gen_random_uuid()::text) END
   WHERE id = $1`

/** Whoever has lost his right to write it has written in vain: indexes are filled from rows. The sweeper removes the one before. */
const PUBLISH = `
  UPDATE index_snapshot SET manifest = $3, blobs = $4, writer = NULL, writing_until = now()
   WHERE knowledge_base_id = $1 AND writer = $2 AND writing_until > now()`

export const SIZE_WHEN_MADE = `
  SELECT (SELECT coalesce(sum(chunk_count), 0)::int FROM document WHERE knowledge_base_id = $1
            AND organization_id = $2 AND project_id = $3) AS size
   WHERE NOT EXISTS (${LACKING})
     AND EXISTS (SELECT FROM chunk_terms WHERE knowledge_base_id = $1 AND analyzer_version = $4)`

/** Publications wait for the row of the base: each is either seen here, or sees the switch. */
export function switchTo(
  pool: pg.Pool,
  claim: ReanalysisClaim,
  snapshot: PreparedSnapshot | undefined,
) {
  return withTransaction(pool, async (client) => {
    const { knowledgeBaseId: id, tenant, analyzerVersion, passBeganAt } = claim
    const key = [id, tenant.organizationId, tenant.projectId]
    await client.query(
      `SELECT FROM knowledge_base
        WHERE id = $1 AND organization_id = $2 AND project_id = $3 FOR NO KEY UPDATE`,
      key,
    )
    const lacking = await client.query(LACKING, [...key, analyzerVersion, passBeganAt])
    if ((lacking.rowCount ?? 0) > 0) {
      await client.query(
        `UPDATE reanalysis SET after_name = '', since = pass_began_at, failures = 0, due_at = now()
          WHERE ${HELD}`,
        held(claim),
      )
      return 'again'
    }
    const { rowCount } = await client.query(
      `UPDATE reanalysis SET status = 'done', error_code = NULL, error_message = NULL,
                             due_at = now(), updated_at = now() WHERE ${HELD}`,
      held(claim),
    )
    if (rowCount !== 1) return 'lost'
    await client.query(SWITCH, [id, analyzerVersion, snapshot?.build])
    if (snapshot) await client.query(PUBLISH, [id, snapshot.writer, snapshot.name, snapshot.blobs])
    return 'switched'
  })
}
