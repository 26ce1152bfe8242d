import { withEveryTenant } from '@dure/platform'
import type pg from 'pg'

// Whoever is older than what was forgotten compares all documents.
const FORGET = `
  WITH old AS (
    SELECT knowledge_base_id, document_id FROM document_change
     WHERE gone_at < now() - interval '1 day' ORDER BY gone_at LIMIT $1 FOR UPDATE SKIP LOCKED),
  forgotten AS (
    DELETE FROM document_change AS change USING old
     WHERE change.knowledge_base_id = old.knowledge_base_id AND change.document_id = old.document_id
    RETURNING change.knowledge_base_id, change.generation),
  newest AS (SELECT knowledge_base_id AS id, max(generation) AS generation FROM forgotten GROUP BY 1)
  UPDATE knowledge_base SET changes_from = greatest(changes_from, newest.generation)
    FROM newest WHERE knowledge_base.id = newest.id`

/** Forgets which documents were removed, a day later. Changes of those that are there stay: there is one of each. */
export async function forgetRemovals(pool: pg.Pool, limit: number): Promise<void> {
  await withEveryTenant(pool, (client) => client.query(FORGET, [limit]))
}
