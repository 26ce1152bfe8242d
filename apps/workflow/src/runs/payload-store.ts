import type { TaskOutcome, Tenant } from '@dure/contracts'
import type { RunStore } from '@dure/engine'
import type pg from 'pg'

// Once for each day: what a run of today refers to is there for as long as that run.
const WRITE = `
  INSERT INTO payload (run_day, organization_id, project_id, hash, size, body)
  SELECT (now() AT TIME ZONE 'UTC')::date, $1, $2, hash, octet_length(body::text), body
  FROM unnest($3::text[], $4::json[]) AS p (hash, body)
  ON CONFLICT DO NOTHING`

const READ = `
  SELECT DISTINCT ON (hash) hash, body FROM payload
  WHERE organization_id = $1 AND project_id = $2 AND hash = ANY ($3::text[])
  ORDER BY hash, run_day DESC`

const FIND_FRESH = `
  SELECT key, outcome FROM node_cache
  WHERE organization_id = $1 AND project_id = $2 AND key = ANY ($3::text[]) AND expires_at > now()`

type PayloadStore = Pick<RunStore, 'readPayloads' | 'writePayloads'>

/** Data too large for an event, by its hash. */
export function createPayloadStore(pool: pg.Pool): PayloadStore {
  return {
    async readPayloads({ organizationId, projectId }, hashes) {
      if (hashes.length === 0) return new Map()
      const values = [organizationId, projectId, hashes]
      const query = { name: 'dure-read-payloads', text: READ, values }
      const { rows } = await pool.query<{ hash: string; body: unknown }>(query)
      return new Map(rows.map(({ hash, body }) => [hash, body]))
    },

    async writePayloads({ organizationId, projectId }, payloads) {
      if (payloads.length === 0) return
      const hashes = payloads.map(({ hash }) => hash)
      const values = [organizationId, projectId, hashes, payloads.map(({ json }) => json)]
      await pool.query({ name: 'dure-write-payloads', text: WRITE, values })
    },
  }
}

/**
 * Outcomes of one tenant that are still fresh, by their cache keys. Kept by `recordResult`, for a task
 * with such a key that succeeded.
 */
export async function findFreshOutcomes(
  pool: pg.Pool,
  { organizationId, projectId }: Tenant,
  keys: readonly string[],
): Promise<ReadonlyMap<string, TaskOutcome>> {
  const values = [organizationId, projectId, keys]
  const query = { name: 'dure-find-fresh', text: FIND_FRESH, values }
  const { rows } = await pool.query<{ key: string; outcome: TaskOutcome }>(query)
  return new Map(rows.map(({ key, outcome }) => [key, outcome]))
}
