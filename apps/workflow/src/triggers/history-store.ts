import type { Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { HistoryEntry, StoredEntry } from './history.ts'

export interface HistoryStore {
  /** A second entry for an occasion replaces the first, unless that one has fired. */
  record(
    trigger: { readonly id: string; readonly tenant: Tenant },
    entry: HistoryEntry,
  ): Promise<void>
  /** Newest first, those with a lower id than `before`. */
  page(
    tenant: Tenant,
    triggerId: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<StoredEntry[]>
}

/** How many entries of a trigger are kept. */
const KEPT = 1000
/** Old ones are looked for once in so many entries of all triggers. */
const PRUNE_EVERY = 50n

const RECORD = `
  INSERT INTO trigger_history
    (trigger_id, organization_id, project_id, outcome, reason, run_id, occasion)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (trigger_id, occasion) DO UPDATE
    SET outcome = excluded.outcome, reason = excluded.reason, run_id = excluded.run_id
    WHERE trigger_history.outcome <> 'fired'
  RETURNING id`

const PRUNE = `
  DELETE FROM trigger_history WHERE trigger_id = $1 AND id < (
    SELECT id FROM trigger_history WHERE trigger_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1
  )`

const PAGE = `
  SELECT id, outcome, reason, run_id AS "runId", occasion, created_at AS "createdAt"
  FROM trigger_history
  WHERE trigger_id = $1 AND organization_id = $2 AND project_id = $3
    AND ($4::bigint IS NULL OR id < $4)
  ORDER BY id DESC LIMIT $5`

export function createHistoryStore(pool: pg.Pool): HistoryStore {
  return {
    async record({ id, tenant }, { outcome, reason, runId, occasion }) {
      const { organizationId, projectId } = tenant
      const values = [id, organizationId, projectId, outcome, reason, runId, occasion]
      const { rows } = await pool.query<{ id: string }>(RECORD, values)
      const [recorded] = rows
      if (recorded && BigInt(recorded.id) % PRUNE_EVERY === 0n) await pool.query(PRUNE, [id, KEPT])
    },

    async page({ organizationId, projectId }, triggerId, { limit, before }) {
      const values = [triggerId, organizationId, projectId, before, limit]
      return (await pool.query<StoredEntry>(PAGE, values)).rows
    },
  }
}
