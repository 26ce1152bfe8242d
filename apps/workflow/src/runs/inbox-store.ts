import type { RunId } from '@dure/contracts'
import type { RunStore } from '@dure/engine'
import type pg from 'pg'

// The run first, as wherever a run and what belongs to it are locked together.
const POST = `
  WITH told AS (
    UPDATE run SET dirty = true
    WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND lease_owner IS NOT NULL
    RETURNING id
  )
  INSERT INTO run_inbox (run_id, id, command)
  SELECT run.id, $4, $5::json FROM run LEFT JOIN told ON told.id = run.id
  WHERE run.id = $1 AND run.organization_id = $2 AND run.project_id = $3
  ON CONFLICT (run_id, id) DO NOTHING`

const MARK_DIRTY = 'UPDATE run SET dirty = true WHERE id = $1 AND lease_until > now()'

const RENEW = `
  UPDATE run SET lease_until = now() + $3::int * interval '1 ms'
  FROM unnest($2::text[]) AS held (id)
  WHERE run.id = held.id AND run.lease_owner = $1
  RETURNING run.id`

const SAVE_SNAPSHOT = `
  INSERT INTO run_snapshot AS s (run_id, version, reducer, state) VALUES ($1, $2, $3, $4)
  ON CONFLICT (run_id) DO UPDATE
    SET version = excluded.version, reducer = excluded.reducer, state = excluded.state
    WHERE s.version < excluded.version OR s.reducer <> excluded.reducer`

type InboxStore = Pick<RunStore, 'post' | 'markDirty' | 'renewLeases' | 'saveSnapshot'>

/** What is said to a run between its commits. */
export function createInboxStore(pool: pg.Pool, reducerHash: string): InboxStore {
  return {
    async post(runId, { organizationId, projectId }, { id, command }) {
      const values = [runId, organizationId, projectId, id, JSON.stringify(command)]
      return (await pool.query({ name: 'dure-post', text: POST, values })).rowCount === 1
    },

    async markDirty(runId) {
      const query = { name: 'dure-mark-dirty', text: MARK_DIRTY, values: [runId] }
      return (await pool.query(query)).rowCount === 1
    },

    async renewLeases(owner, runIds, forMs) {
      if (runIds.length === 0) return []
      // Locked in the order in which a commit locks them.
      const values = [owner, runIds.toSorted(), Math.ceil(forMs)]
      const query = { name: 'dure-renew-leases', text: RENEW, values }
      return (await pool.query<{ id: RunId }>(query)).rows.map(({ id }) => id)
    },

    async saveSnapshot(runId, version, state) {
      const values = [runId, version, reducerHash, JSON.stringify(state)]
      await pool.query({ name: 'dure-save-snapshot', text: SAVE_SNAPSHOT, values })
    },
  }
}
