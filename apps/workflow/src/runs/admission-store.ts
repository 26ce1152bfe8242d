import type { RunId, Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { Load } from './admission.ts'

export interface KeyedRun {
  readonly runId: RunId
  readonly status: 'queued' | 'running' | 'paused'
  readonly createdAt: Date
}

export interface KeyedPage {
  readonly limit: number
  /** The last one that was seen. */
  readonly after?: KeyedRun | undefined
}

/** Who is under way and who waits, of each project. */
export interface AdmissionStore {
  load(tenant: Tenant): Promise<Load>
  /**
   * Queued runs that may start now: of each project as many as it has room for, highest priority and
   * longest wait first; of several projects each gets one before one gets two. Of a concurrency key,
   * one, and none while another one is under way. One caller at a time.
   */
  startable(limit: number, maxRunningRuns: number): Promise<RunId[]>
  /** Active runs with this concurrency key, oldest first. */
  withConcurrencyKey(tenant: Tenant, key: string, page: KeyedPage): Promise<KeyedRun[]>
  /** Active runs that this trigger has started, oldest first. */
  withTrigger(tenant: Tenant, triggerId: string, page: KeyedPage): Promise<KeyedRun[]>
  /**
   * Gives the waiting run with this key a new input, and lets it wait as long again, up to an hour in all.
   *
   * @returns undefined when none waits
   */
  debounce(
    tenant: Tenant,
    debounce: { readonly key: string; readonly ms: number },
    input: unknown,
  ): Promise<RunId | undefined>
}

const ACTIVE = "status IN ('queued', 'running', 'paused')"
/** The same, in the words of two indexes: PostgreSQL finds neither for the words above. */
const QUEUED_OR_ACTIVE = "(status = 'queued' OR status IN ('running', 'paused'))"

const LOAD = `
  SELECT count(*) FILTER (WHERE status <> 'queued')::int AS running,
    count(*) FILTER (WHERE status = 'queued')::int AS queued
  FROM run WHERE organization_id = $1 AND project_id = $2 AND ${QUEUED_OR_ACTIVE}`

const STARTABLE = `
  WITH waiting AS (
    SELECT id, organization_id, project_id, concurrency_key, priority, created_at,
      row_number() OVER (
        PARTITION BY organization_id, project_id, coalesce(concurrency_key, id)
        ORDER BY priority DESC, created_at, id
      ) AS place_of_key
    FROM run
    WHERE status = 'queued' AND debounce_key IS NULL
  ), first AS (
    SELECT w.*, row_number() OVER (
      PARTITION BY organization_id, project_id ORDER BY priority DESC, created_at, id
    ) AS place
    FROM waiting w
    WHERE place_of_key = 1 AND (concurrency_key IS NULL OR NOT EXISTS (
      SELECT FROM run other
      WHERE other.organization_id = w.organization_id AND other.project_id = w.project_id
        AND other.concurrency_key = w.concurrency_key AND other.status IN ('running', 'paused')))
  )
  SELECT id FROM first
  WHERE place <= $2 - (
    SELECT count(*) FROM run
    WHERE run.organization_id = first.organization_id AND run.project_id = first.project_id
      AND status IN ('running', 'paused'))
  ORDER BY place, created_at LIMIT $1`

const activeWith = (key: string, active = ACTIVE) => `
  SELECT id AS "runId", status, created_at AS "createdAt" FROM run
  WHERE organization_id = $1 AND project_id = $2 AND ${key} = $3 AND ${active}
    AND ($4::timestamptz IS NULL OR (created_at, id) > ($4, $5))
  ORDER BY created_at, id LIMIT $6`

const WITH_KEY = activeWith('concurrency_key')
const WITH_TRIGGER = activeWith("labels->>'triggerId'", QUEUED_OR_ACTIVE)

const DEBOUNCE = `
  UPDATE run SET input = $4,
    wake_at = least(now() + $5::bigint * interval '1 ms', created_at + interval '1 hour')
  WHERE id = (
    SELECT id FROM run
    WHERE organization_id = $1 AND project_id = $2 AND debounce_key = $3 AND status = 'queued'
    ORDER BY created_at DESC LIMIT 1 FOR UPDATE)
    AND status = 'queued'
  RETURNING id`

export function createAdmissionStore(pool: pg.Pool): AdmissionStore {
  const keyed =
    (text: string) =>
    async ({ organizationId, projectId }: Tenant, key: string, { limit, after }: KeyedPage) => {
      const values = [organizationId, projectId, key, after?.createdAt, after?.runId, limit]
      return (await pool.query<KeyedRun>(text, values)).rows
    }

  return {
    async load({ organizationId, projectId }) {
      const values = [organizationId, projectId]
      const { rows } = await pool.query<Load>({ name: 'dure-load', text: LOAD, values })
      return rows[0] ?? { running: 0, queued: 0 }
    },

    async startable(limit, maxRunningRuns) {
      const { rows } = await pool.query<{ id: RunId }>(STARTABLE, [limit, maxRunningRuns])
      return rows.map(({ id }) => id)
    },

    withConcurrencyKey: keyed(WITH_KEY),
    withTrigger: keyed(WITH_TRIGGER),

    async debounce({ organizationId, projectId }, { key, ms }, input) {
      const values = [organizationId, projectId, key, JSON.stringify(input ?? null), ms]
      return (await pool.query<{ id: RunId }>(DEBOUNCE, values)).rows[0]?.id
    },
  }
}
