import pg from 'pg'
import type { History, StoredEvent } from './history.ts'

/** What PostgreSQL holds, read by SQL of our own: the services are not asked about themselves. */
export interface StoreReader {
  /** How many runs have not ended, and tasks and commands are not answered. */
  outstanding(): Promise<number>
  histories(): Promise<Map<string, History>>
  /** Writes that somebody has to say the outcome of. */
  reviews(): Promise<Review[]>
  /** What analytics knows: the status of each run. */
  facts(): Promise<Map<string, string>>
  close(): Promise<void>
}

export interface Review {
  readonly runId: string
  readonly path: string
}

interface RunRow {
  readonly id: string
  readonly status: string
  readonly version: number
  readonly idempotency_key: string | null
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly open_tasks: number
  readonly open_commands: number
}

const RUNS = `
  SELECT id, status, version, idempotency_key, created_at, ended_at,
    (SELECT count(*)::int FROM node_task WHERE run_id = run.id) AS open_tasks,
    (SELECT count(*)::int FROM run_inbox WHERE run_id = run.id AND NOT consumed) AS open_commands
  FROM run`

/** A commit of a run is one row, with all of its events. */
const EVENTS = `
  SELECT run_id, first_version + position::int - 1 AS version, at, event
  FROM run_commit, json_array_elements(events) WITH ORDINALITY AS each (event, position)
  ORDER BY run_id, version`

const OPEN = `
  SELECT (SELECT count(*) FROM run WHERE ended_at IS NULL)::int
    + (SELECT count(*) FROM node_task)::int
    + (SELECT count(*) FROM run_inbox WHERE NOT consumed)::int AS count`

/** Asked for and not answered; in a run that goes on. */
const REVIEWS = `
  SELECT run_id, path FROM (
    SELECT DISTINCT ON (run_id, path) run_id, path, event->>'type' AS type
    FROM run_commit, json_array_elements(events) WITH ORDINALITY AS each (event, position),
      coalesce(event->>'path', event->>'nodeId') AS path
    WHERE event->>'type' LIKE 'node.%'
      AND run_id IN (SELECT id FROM run WHERE ended_at IS NULL)
    ORDER BY run_id, path, first_version DESC, position DESC
  ) AS last
  WHERE type = 'node.needs-review'`

interface EventRow {
  readonly run_id: string
  readonly version: number
  readonly at: Date
  readonly event: { readonly type: string } & Readonly<Record<string, unknown>>
}

/** @param urls of the databases of the services, without a proxy in between */
export function createStoreReader(urls: {
  readonly workflow: string
  readonly analytics: string
}): StoreReader {
  const workflow = poolOf(urls.workflow)
  const analytics = poolOf(urls.analytics)
  return {
    async outstanding() {
      const { rows } = await workflow.query<{ count: number }>(OPEN)
      return rows[0]?.count ?? 0
    },
    async histories() {
      const { rows } = await workflow.query<RunRow>(RUNS)
      const events = await workflow.query<EventRow>(EVENTS)
      const byRun = Map.groupBy(events.rows, ({ run_id }) => run_id)
      return new Map(rows.map((row) => [row.id, historyOf(row, byRun.get(row.id) ?? [])]))
    },
    async reviews() {
      const { rows } = await workflow.query<{ run_id: string; path: string }>(REVIEWS)
      return rows.map(({ run_id, path }) => ({ runId: run_id, path }))
    },
    async facts() {
      const { rows } = await analytics.query<{ run_id: string; status: string }>(
        'SELECT run_id, status FROM run_fact',
      )
      return new Map(rows.map(({ run_id, status }) => [run_id, status]))
    },
    async close() {
      await Promise.all([workflow.end(), analytics.end()])
    },
  }
}

function poolOf(connectionString: string): pg.Pool {
  // Of every tenant: row level security would show nothing.
  const pool = new pg.Pool({ connectionString, max: 2, options: '-c dure.scope=service' })
  // PostgreSQL is ended and started again while this is open.
  pool.on('error', () => {})
  return pool
}

function historyOf(row: RunRow, events: readonly EventRow[]): History {
  return {
    runId: row.id,
    marker: row.idempotency_key ?? '',
    status: row.status,
    version: row.version,
    createdAt: row.created_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    events: events.map(eventOf),
    openTasks: row.open_tasks,
    openCommands: row.open_commands,
  }
}

function eventOf({ version, at, event }: EventRow): StoredEvent {
  const { type, nodeId, path = nodeId, attempt, ...data } = event
  return {
    version,
    at: at.getTime(),
    type,
    ...(typeof path === 'string' && { path }),
    ...(typeof attempt === 'number' && { attempt }),
    data,
  }
}
