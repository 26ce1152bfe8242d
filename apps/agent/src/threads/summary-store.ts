import type { Queryable } from '@dure/platform'
import { MAX_AFTER_SUMMARY, type Placed, type Summary } from './summary.ts'
import { keyOf, type ThreadKey } from './thread.ts'

export interface SummaryStore {
  find(key: ThreadKey): Promise<Summary | undefined>
  /** Oldest first; as many as are ever told. */
  since(key: ThreadKey, position: number): Promise<Placed[]>
  /** Of a thread that is still there, and has none that goes further. */
  save(key: ThreadKey, summary: Summary): Promise<void>
}

const FIND = `
  SELECT text, up_to_position AS "upToPosition", is_untrusted AS "isUntrusted"
  FROM agent_thread_summary WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3`

const SINCE = `
  SELECT position, role, content, is_untrusted AS "isUntrusted" FROM agent_thread_message
  WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3 AND position > $4
  ORDER BY position LIMIT ${2 * MAX_AFTER_SUMMARY}`

const SAVE = `
  INSERT INTO agent_thread_summary AS known
    (organization_id, project_id, thread_id, up_to_position, text, is_untrusted)
  SELECT organization_id, project_id, id, $4, $5, $6 FROM agent_thread
  WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND deleted_at IS NULL FOR UPDATE
  ON CONFLICT (thread_id) DO UPDATE SET up_to_position = excluded.up_to_position,
    text = excluded.text, is_untrusted = excluded.is_untrusted, created_at = now()
  WHERE known.up_to_position < excluded.up_to_position`

export async function findSummary(db: Queryable, key: ThreadKey): Promise<Summary | undefined> {
  return (await db.query<Summary & object>({ text: FIND, values: keyOf(key) })).rows[0]
}

export function createSummaryStore(pool: Queryable): SummaryStore {
  return {
    find: (key) => findSummary(pool, key),
    async since(key, position) {
      const { rows } = await pool.query<Placed>({ text: SINCE, values: [...keyOf(key), position] })
      return rows
    },
    async save(key, { text, upToPosition, isUntrusted }) {
      await pool.query({ text: SAVE, values: [...keyOf(key), upToPosition, text, isUntrusted] })
    },
  }
}
