import type { RunEvent, RunId, Tenant } from '@dure/contracts'
import { type RunRow, type RunStatus, runEvents } from '@dure/engine'
import type { EventRegistry, StoredEvent } from '@dure/kernel'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { COLUMNS, type Row, type RunEventView, toRun } from './run-row.ts'

export interface PageRequest {
  readonly limit: number
  readonly after: PageKey | undefined
  readonly workflowId: string | undefined
  readonly status: RunStatus | undefined
  readonly parentRunId?: RunId | undefined
}

export interface EventsRequest {
  readonly runId: RunId
  /** Absent: whoever asks knows already that the run is theirs. */
  readonly tenant?: Tenant | undefined
  readonly afterVersion: number
  readonly limit: number
}

/** Runs as they are shown. Each look-up names the tenant, so that a foreign id finds nothing. */
export interface RunReadStore {
  find(tenant: Tenant, runId: RunId): Promise<RunRow | undefined>
  findByKey(tenant: Tenant, idempotencyKey: string): Promise<RunRow | undefined>
  page(tenant: Tenant, page: PageRequest): Promise<RunRow[]>
  /** For whoever works on it: no tenant asks. */
  byId(runId: RunId): Promise<RunRow | undefined>
  hasEnded(runId: RunId): Promise<boolean>
  /**
   * In their order, without a gap. Of a longer run, read on from the last version.
   *
   * @throws NewerEventError
   */
  readEvents(request: EventsRequest): Promise<RunEventView[]>
}

const PAGE = `
  SELECT ${COLUMNS} FROM run
  WHERE organization_id = $1 AND project_id = $2
    AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($5::text IS NULL OR workflow_id = $5) AND ($6::text IS NULL OR status = $6)
    AND ($7::text IS NULL OR parent_run_id = $7)
  ORDER BY created_at DESC, id DESC LIMIT $8`

// From the commit on that holds the next event. A commit has at least one, so as many are enough.
const EVENTS = `
  SELECT c.first_version + e.n - 1 AS version, c.at, e.event
  FROM (
    SELECT first_version, at, events FROM run_commit
    WHERE run_day = run_day($1) AND run_id = $1
      AND ($2::text IS NULL OR (organization_id = $2 AND project_id = $3))
      AND first_version <= $4::int + $5::int
      AND first_version >= coalesce((
        SELECT max(first_version) FROM run_commit
        WHERE run_day = run_day($1) AND run_id = $1 AND first_version <= $4 + 1
      ), 0)
  ) c
  CROSS JOIN LATERAL json_array_elements(c.events) WITH ORDINALITY AS e (event, n)
  WHERE c.first_version + e.n - 1 BETWEEN $4 + 1 AND $4 + $5
  ORDER BY version`

interface EventRow {
  readonly version: string
  readonly at: Date
  readonly event: StoredEvent<RunEvent>
}

/** @param registry absent: of the events that this build knows */
export function createRunReadStore(
  pool: pg.Pool,
  registry: EventRegistry<RunEvent> = runEvents,
): RunReadStore {
  async function one(name: string, text: string, values: unknown[]): Promise<RunRow | undefined> {
    const { rows } = await pool.query<Row>({ name, text, values })
    return rows[0] && toRun(rows[0])
  }

  return {
    async hasEnded(runId) {
      const text = 'SELECT FROM run WHERE id = $1 AND ended_at IS NOT NULL'
      return (await pool.query({ name: 'dure-has-ended', text, values: [runId] })).rowCount === 1
    },

    find: ({ organizationId, projectId }, runId) =>
      one(
        'dure-find-run',
        `SELECT ${COLUMNS} FROM run WHERE id = $1 AND organization_id = $2 AND project_id = $3`,
        [runId, organizationId, projectId],
      ),

    byId: (runId) => one('dure-run-by-id', `SELECT ${COLUMNS} FROM run WHERE id = $1`, [runId]),

    findByKey: ({ organizationId, projectId }, idempotencyKey) =>
      one(
        'dure-find-run-by-key',
        `SELECT ${COLUMNS} FROM run
         WHERE organization_id = $1 AND project_id = $2 AND idempotency_key = $3`,
        [organizationId, projectId, idempotencyKey],
      ),

    async page({ organizationId, projectId }, request) {
      const { limit, after, workflowId, status, parentRunId } = request
      const { rows } = await pool.query<Row>(PAGE, [
        ...[organizationId, projectId, after?.createdAt, after?.id],
        ...[workflowId, status, parentRunId, limit],
      ])
      return rows.map(toRun)
    },

    async readEvents({ runId, tenant, afterVersion, limit }) {
      const values = [runId, tenant?.organizationId, tenant?.projectId, afterVersion, limit]
      const query = { name: 'dure-read-events', text: EVENTS, values }
      const { rows } = await pool.query<EventRow>(query)
      return rows.map(({ version, at, event }) => ({
        version: Number(version),
        at,
        event: registry.read(event),
      }))
    },
  }
}
