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

/** A run with what has happened to it, from the start: of a longer run, the first 5,000 events. */
export interface RunWithEvents {
  readonly run: RunRow
  readonly events: readonly RunEvent[]
}

export interface RunUpTo {
  readonly id: RunId
  readonly version: number
}

/** Runs as they are shown. Each look-up names the tenant, so that a foreign id finds nothing. */
export interface RunReadStore {
  find(tenant: Tenant, runId: RunId): Promise<RunRow | undefined>
  /**
   * In one statement. With `whenEnded`, the events of a run that goes on are left out.
   *
   * @throws NewerEventError
   */
  findWithEvents(
    tenant: Tenant,
    runId: RunId,
    options?: { readonly whenEnded: boolean },
  ): Promise<RunWithEvents | undefined>
  findByKey(tenant: Tenant, idempotencyKey: string): Promise<RunRow | undefined>
  page(tenant: Tenant, page: PageRequest): Promise<RunRow[]>
  /** For whoever works on it: no tenant asks. */
  byId(runId: RunId): Promise<RunRow | undefined>
  hasEnded(runId: RunId): Promise<boolean>
  /** Whether a command with this id was asked of it, taken in or not. */
  hasCommand(runId: RunId, id: string): Promise<boolean>
  /** What happened in the commit that made it. @throws NewerEventError */
  firstEvents(runId: RunId): Promise<readonly RunEvent[]>
  /**
   * In their order, without a gap. Of a longer run, read on from the last version.
   *
   * @throws NewerEventError
   */
  readEvents(request: EventsRequest): Promise<RunEventView[]>
  /**
   * All events of these runs up to a version of each, in one statement.
   *
   * @throws NewerEventError
   */
  readHistories(runs: readonly RunUpTo[]): Promise<ReadonlyMap<RunId, readonly RunEvent[]>>
}

const EVENTS_OF_A_VIEW = 5000

// A commit has at least one event: none that begins later holds one of the first 5,000.
const WITH_EVENTS = `
  SELECT ${COLUMNS}, CASE WHEN run.ended_at IS NOT NULL OR NOT $4 THEN (
    SELECT json_agg(c.events ORDER BY c.first_version) FROM run_commit c
    WHERE c.run_day = run_day($1) AND c.run_id = $1 AND c.first_version <= ${EVENTS_OF_A_VIEW}
  ) END AS commits
  FROM run WHERE id = $1 AND organization_id = $2 AND project_id = $3`

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

// The days are known first: beneath a policy, an index serves only what is compared as it is.
const HISTORIES = `
  SELECT c.run_id, c.events FROM (
    SELECT id, version, run_day(id) AS day FROM unnest($1::text[], $2::int[]) AS w (id, version) OFFSET 0
  ) wanted
  JOIN run_commit c ON c.run_day = wanted.day AND c.run_id = wanted.id
    AND c.first_version <= wanted.version
  ORDER BY c.run_id, c.first_version`

const FIRST_COMMIT = `
  SELECT run_id, events FROM run_commit
  WHERE run_day = run_day($1) AND run_id = $1 AND first_version = 1`

interface EventRow {
  readonly version: string
  readonly at: Date
  readonly event: StoredEvent<RunEvent>
}

interface RowWithEvents extends Row {
  readonly commits: readonly (readonly StoredEvent<RunEvent>[])[] | null
}

interface CommitRow {
  readonly run_id: RunId
  readonly events: readonly StoredEvent<RunEvent>[]
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

    async hasCommand(runId, id) {
      const text = 'SELECT FROM run_inbox WHERE run_id = $1 AND id = $2'
      return (await pool.query(text, [runId, id])).rowCount === 1
    },

    async firstEvents(runId) {
      const { rows } = await pool.query<CommitRow>(FIRST_COMMIT, [runId])
      return rows.flatMap(({ events }) => events.map(registry.read))
    },

    find: ({ organizationId, projectId }, runId) =>
      one(
        'dure-find-run',
        `SELECT ${COLUMNS} FROM run WHERE id = $1 AND organization_id = $2 AND project_id = $3`,
        [runId, organizationId, projectId],
      ),

    async findWithEvents(
      { organizationId, projectId },
      runId,
      { whenEnded } = { whenEnded: false },
    ) {
      const values = [runId, organizationId, projectId, whenEnded]
      const query = { name: 'dure-find-run-with-events', text: WITH_EVENTS, values }
      const [row] = (await pool.query<RowWithEvents>(query)).rows
      if (!row) return undefined
      const events = (row.commits ?? []).flat().slice(0, EVENTS_OF_A_VIEW)
      return { run: toRun(row), events: events.map(registry.read) }
    },

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

    async readHistories(runs) {
      const values = [runs.map(({ id }) => id), runs.map(({ version }) => version)]
      const { rows } = await pool.query<CommitRow>(HISTORIES, values)
      const commits = Map.groupBy(rows, ({ run_id }) => run_id)
      return new Map(
        runs.map(({ id, version }) => {
          const events = (commits.get(id) ?? []).flatMap((commit) => commit.events)
          return [id, events.slice(0, version).map(registry.read)]
        }),
      )
    },
  }
}
