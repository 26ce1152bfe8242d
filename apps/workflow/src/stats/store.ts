import type { NodeId, RunEvent, Tenant, WorkflowId } from '@dure/contracts'
import { type RunStatus, runEvents } from '@dure/engine'
import type { StoredEvent } from '@dure/kernel'
import type pg from 'pg'
import type { Range } from './range.ts'

export interface RunCounts {
  readonly runs: number
  readonly byStatus: Readonly<Record<RunStatus, number>>
  /** From its making to its end; milliseconds. Null when none has ended. */
  readonly durationMsP50: number | null
  readonly durationMsP95: number | null
  readonly costMicroUsd: number
}

export interface WorkflowStats {
  readonly total: RunCounts
  /** By the day (UTC) on which they were made; days without any are left out. */
  readonly byDay: readonly ({ readonly day: string } & RunCounts)[]
  readonly byVersion: readonly ({ readonly version: number } & RunCounts)[]
  readonly errors: readonly { readonly code: string; readonly runs: number }[]
  readonly failingNodes: readonly { readonly nodeId: NodeId; readonly runs: number }[]
}

export interface StatsStore {
  /** @returns undefined when there is no such workflow */
  read(tenant: Tenant, workflowId: WorkflowId, range: Range): Promise<WorkflowStats | undefined>
}

const STATUSES = [
  'queued',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
] as const satisfies readonly RunStatus[]

const OF_WORKFLOW = `
  organization_id = $1 AND project_id = $2 AND workflow_id = $3
  AND created_at >= $4 AND created_at < $5`
const percentile = (share: number) =>
  `percentile_cont(${share}) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - created_at) * 1000)
     FILTER (WHERE ended_at IS NOT NULL)`

const COUNTS = `
  SELECT to_char(day, 'YYYY-MM-DD') AS day, version_number, GROUPING(day, version_number) AS grouped,
    count(*)::int AS runs,
    ${STATUSES.map((status) => `(count(*) FILTER (WHERE status = '${status}'))::int AS ${status}`).join(', ')},
    round(${percentile(0.5)})::float8 AS p50, round(${percentile(0.95)})::float8 AS p95,
    coalesce(sum(cost_micro_usd), 0)::float8 AS cost
  FROM (
    SELECT (created_at AT TIME ZONE 'UTC')::date AS day, version_number, status, created_at,
      ended_at, cost_micro_usd
    FROM run WHERE ${OF_WORKFLOW}
  ) found
  GROUP BY GROUPING SETS ((), (day), (version_number))
  ORDER BY grouped DESC, day, version_number DESC LIMIT 1000`

const ERRORS = `
  SELECT error ->> 'code' AS code, count(*)::int AS runs FROM run
  WHERE ${OF_WORKFLOW} AND error IS NOT NULL
  GROUP BY 1 ORDER BY runs DESC, code LIMIT 20`

// Which node it was is told by the last event of the run, and by nothing in its row.
const NODES = `
  SELECT event
  FROM (
    SELECT id FROM run WHERE ${OF_WORKFLOW} AND status = 'failed'
    ORDER BY created_at DESC, id DESC LIMIT 1000
  ) failed
  CROSS JOIN LATERAL (
    SELECT events -> -1 AS event FROM run_commit
    WHERE run_day = run_day(failed.id) AND run_id = failed.id
    ORDER BY first_version DESC LIMIT 1
  ) last
  WHERE event ->> 'type' = 'run.failed'`

const EXISTS = `
  SELECT FROM workflow WHERE id = $1 AND organization_id = $2 AND project_id = $3
    AND deleted_at IS NULL`

type CountsRow = Readonly<Record<RunStatus, number>> & {
  readonly day: string | null
  readonly version_number: number | null
  /** Bits: 2 without a day, 1 without a version. */
  readonly grouped: number
  readonly runs: number
  readonly p50: number | null
  readonly p95: number | null
  readonly cost: number
}

export function createStatsStore(pool: pg.Pool): StatsStore {
  return {
    async read({ organizationId, projectId }, workflowId, { from, to }) {
      const known = await pool.query(EXISTS, [workflowId, organizationId, projectId])
      if (known.rowCount === 0) return undefined
      const values = [organizationId, projectId, workflowId, from, to]
      const [counts, errors, nodes] = await Promise.all([
        pool.query<CountsRow>(COUNTS, values),
        pool.query<{ code: string; runs: number }>(ERRORS, values),
        pool.query<{ event: StoredEvent<RunEvent> }>(NODES, values),
      ])
      const total = counts.rows.find(({ grouped }) => grouped === 3)
      return {
        total: total ? countsOf(total) : NO_RUNS,
        byDay: counts.rows.flatMap((row) =>
          row.grouped === 1 && row.day !== null ? [{ day: row.day, ...countsOf(row) }] : [],
        ),
        byVersion: counts.rows.flatMap((row) =>
          row.version_number === null ? [] : [{ version: row.version_number, ...countsOf(row) }],
        ),
        errors: errors.rows,
        failingNodes: failingNodes(nodes.rows.map(({ event }) => runEvents.read(event))),
      }
    },
  }
}

const MAX_FAILING_NODES = 20

function failingNodes(ends: readonly RunEvent[]): WorkflowStats['failingNodes'] {
  const runs = new Map<NodeId, number>()
  for (const end of ends) {
    if (end.type !== 'run.failed' || end.nodeId === undefined) continue
    runs.set(end.nodeId, (runs.get(end.nodeId) ?? 0) + 1)
  }
  return [...runs]
    .sort(([id, many], [other, more]) => more - many || (id < other ? -1 : 1))
    .slice(0, MAX_FAILING_NODES)
    .map(([nodeId, count]) => ({ nodeId, runs: count }))
}

function countsOf({ runs, p50, p95, cost, ...row }: CountsRow): RunCounts {
  const { queued, running, paused, completed, failed, cancelled, timed_out } = row
  return {
    runs,
    byStatus: { queued, running, paused, completed, failed, cancelled, timed_out },
    durationMsP50: p50,
    durationMsP95: p95,
    costMicroUsd: cost,
  }
}

const NO_RUNS: RunCounts = {
  runs: 0,
  byStatus: {
    queued: 0,
    running: 0,
    paused: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
    timed_out: 0,
  },
  durationMsP50: null,
  durationMsP95: null,
  costMicroUsd: 0,
}
