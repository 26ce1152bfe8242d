import { findSummary } from './summary-store.ts'
import { keyOf, type Said, type ThreadLog } from './thread.ts'

/** A model is told no more of a thread than this, however few messages it is. */
const MAX_HISTORY_CHARACTERS = 1_000_000

const LOCK = `
  SELECT 1 FROM agent_thread
  WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND deleted_at IS NULL FOR UPDATE`

const NEWEST = `
  SELECT role, content, is_untrusted AS "isUntrusted" FROM (
    SELECT *, sum(length(content)) OVER (ORDER BY position DESC) AS characters FROM (
      SELECT position, role, content, is_untrusted FROM agent_thread_message
      WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3
        AND position > $5
      ORDER BY position DESC LIMIT $4
    ) newest
  ) sized
  WHERE characters <= ${MAX_HISTORY_CHARACTERS} ORDER BY position`

const APPEND = `
  WITH thread AS (
    UPDATE agent_thread SET last_position = last_position + cardinality($5::text[])
    WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND deleted_at IS NULL
    RETURNING last_position - cardinality($5::text[]) AS before
  )
  INSERT INTO agent_thread_message (organization_id, project_id, thread_id, execution_id,
    position, role, content, is_untrusted)
  SELECT $1, $2, $3, $4, before + said.ordinal, said.role, said.content, said.is_untrusted
  FROM thread, unnest($5::text[], $6::text[], $7::boolean[])
    WITH ORDINALITY AS said (role, content, is_untrusted, ordinal)`

export const threadLog: ThreadLog = {
  async lock(client, key) {
    return (await client.query(LOCK, keyOf(key))).rowCount === 1
  },

  summary: findSummary,

  async newest(client, key, { limit, after }) {
    return (await client.query<Said>(NEWEST, [...keyOf(key), limit, after])).rows
  },

  async append(client, key, { executionId, said }) {
    await client.query(APPEND, [
      ...[...keyOf(key), executionId, said.map(({ role }) => role)],
      said.map(({ content }) => content),
      said.map(({ isUntrusted }) => isUntrusted),
    ])
  },
}
