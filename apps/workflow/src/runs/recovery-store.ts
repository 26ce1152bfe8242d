import type { OutgoingMessage, RunId, Tenant } from '@dure/contracts'
import type { RunStatus, TaskResult } from '@dure/engine'
import type { TraceHeaders } from '@dure/platform'
import type pg from 'pg'

export interface DueRun {
  readonly runId: RunId
  readonly status: RunStatus
  /**
   * `expired`: whoever executed nodes of it in place has died. `held`: somebody does, and has been
   * told that there is something new.
   */
  readonly lease: 'none' | 'held' | 'expired'
  /** It is queued, and was not started within its time to live. */
  readonly givenUp: boolean
}

/** Something outstanding without an answer: to be sent, or to be stopped, once more. */
export interface LeftTask {
  readonly runId: RunId
  readonly tenant: Tenant
  readonly trace: TraceHeaders
  readonly path: string
  readonly attempt: number
  readonly kind: 'task' | 'child'
  readonly status: 'open' | 'cancelling'
  readonly message: OutgoingMessage | null
  readonly request: unknown
  readonly childRunId: RunId | null
}

/** A run that has ended, and the node of its parent that waits for it. */
export interface EndedChild extends Omit<TaskResult, 'outcome'> {
  readonly runId: RunId
  readonly tenant: Tenant
  readonly childRunId: RunId
  readonly status: RunStatus
  readonly output: unknown
  readonly error: { readonly code: string; readonly message: string } | null
}

/** Work that a lost message or a killed process left behind, found by the clock of PostgreSQL. */
export interface RecoveryStore {
  /** Runs whose time has come. Each is given to one caller, and to the next one 30 s later. */
  dueRuns(limit: number): Promise<DueRun[]>
  /** Somebody else can do what this process cannot: it is due again in a few seconds. */
  handBack(runId: RunId): Promise<void>
  /**
   * Tasks and children without an answer for this long, in order of waiting; each is given to one
   * caller at a time. What was cancelled is given up after ten times.
   */
  takeUnanswered(afterMs: number): Promise<LeftTask[]>
  /**
   * As if no task had been sent yet: all that have no answer are found by the next look.
   *
   * @returns how many
   */
  markUnsent(): Promise<number>
  /** Runs with results or commands that nobody took in for this long. */
  runsWithResults(afterMs: number): Promise<RunId[]>
  /** Children whose end their parents do not know yet. */
  endedChildren(limit: number): Promise<EndedChild[]>
  /** Epoch milliseconds by the clock of PostgreSQL. */
  clock(): Promise<number>
}

const BATCH = 200
const CANCEL_RESENDS = 10

const DUE = `
  WITH due AS (
    SELECT id FROM run
    WHERE status IN ('queued', 'running', 'paused') AND wake_at <= now()
    ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  UPDATE run SET
    wake_at = CASE WHEN lease_until > now() THEN least(lease_until, now() + interval '30 s')
      ELSE now() + interval '30 s' END,
    dirty = dirty OR coalesce(lease_until > now(), false)
  FROM due WHERE run.id = due.id
  RETURNING run.id AS "runId", status,
    CASE WHEN lease_owner IS NULL THEN 'none' WHEN lease_until > now() THEN 'held'
      ELSE 'expired' END AS lease,
    status = 'queued' AND coalesce(expires_at <= now(), false) AS "givenUp"`

const HAND_BACK = `
  UPDATE run SET wake_at = now() + interval '3 s'
  WHERE id = $1 AND status IN ('queued', 'running', 'paused') AND wake_at > now() + interval '3 s'
    AND (lease_until IS NULL OR lease_until <= now())`

const TAKE_UNANSWERED = `
  WITH due AS (
    SELECT run_id, path FROM node_task
    WHERE kind IN ('task', 'child') AND status <> 'done'
      AND sent_at <= now() - $1::int * interval '1 ms'
    ORDER BY sent_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  ), stopped AS (
    DELETE FROM node_task t USING due
    WHERE t.run_id = due.run_id AND t.path = due.path
      AND t.status = 'cancelling' AND t.resends >= ${CANCEL_RESENDS}
  )
  UPDATE node_task t SET sent_at = now(), resends = least(resends + 1, 32000)
  FROM due, run
  WHERE t.run_id = due.run_id AND t.path = due.path AND run.id = due.run_id
    AND NOT (t.status = 'cancelling' AND t.resends >= ${CANCEL_RESENDS})
  RETURNING t.run_id, t.organization_id, t.project_id, run.trace, t.path, t.attempt, t.kind, t.status,
    t.queue, t.message, t.key, t.payload, t.request, t.child_run_id`

const MARK_UNSENT = `
  UPDATE node_task SET sent_at = '-infinity'
  WHERE kind IN ('task', 'child') AND status <> 'done' AND sent_at > '-infinity'`

const WITH_RESULTS = `
  SELECT run_id FROM (
    SELECT run_id FROM node_task
    WHERE kind IN ('task', 'child') AND status = 'done'
      AND sent_at <= now() - $1::int * interval '1 ms'
    UNION
    SELECT run_id FROM run_inbox WHERE NOT consumed AND at <= now() - $1::int * interval '1 ms'
  ) left_over LIMIT ${BATCH}`

const ENDED_CHILDREN = `
  WITH stopped AS (
    DELETE FROM node_task t USING run child
    WHERE t.kind = 'child' AND t.status = 'cancelling'
      AND child.id = t.child_run_id AND child.ended_at IS NOT NULL
  )
  SELECT t.run_id, t.organization_id, t.project_id, t.path, t.attempt, t.child_run_id,
    child.status, child.output, child.error
  FROM node_task t JOIN run child ON child.id = t.child_run_id
    AND child.organization_id = t.organization_id AND child.project_id = t.project_id
  WHERE t.kind = 'child' AND t.status = 'open' AND child.ended_at IS NOT NULL
  LIMIT $1`

interface TaskRow {
  readonly run_id: RunId
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly path: string
  readonly attempt: number
}

interface LeftRow extends TaskRow {
  readonly trace: TraceHeaders
  readonly kind: LeftTask['kind']
  readonly status: LeftTask['status']
  readonly queue: string | null
  readonly message: string | null
  readonly key: string | null
  readonly payload: unknown
  readonly request: unknown
  readonly child_run_id: RunId | null
}

interface ChildRow extends TaskRow, Pick<EndedChild, 'status' | 'output' | 'error'> {
  readonly child_run_id: RunId
}

export function createRecoveryStore(pool: pg.Pool): RecoveryStore {
  async function many<Row extends pg.QueryResultRow>(text: string, values: unknown[]) {
    return (await pool.query<Row>(text, values)).rows
  }

  return {
    dueRuns: (limit) => many<DueRun>(DUE, [limit]),
    handBack: async (runId) => void (await pool.query(HAND_BACK, [runId])),
    takeUnanswered: async (afterMs) =>
      (await many<LeftRow>(TAKE_UNANSWERED, [afterMs])).map(toLeft),
    markUnsent: async () => (await pool.query(MARK_UNSENT)).rowCount ?? 0,
    runsWithResults: async (afterMs) =>
      (await many<{ run_id: RunId }>(WITH_RESULTS, [afterMs])).map(({ run_id }) => run_id),
    endedChildren: async (limit) =>
      (await many<ChildRow>(ENDED_CHILDREN, [limit])).map((row) => ({
        ...placeOf(row),
        childRunId: row.child_run_id,
        status: row.status,
        output: row.output,
        error: row.error,
      })),
    async clock() {
      const sql = 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now'
      const [row] = await many<{ now: number }>(sql, [])
      if (!row) throw new TypeError('PostgreSQL did not say what time it is')
      return row.now
    },
  }
}

function placeOf({ run_id, organization_id, project_id, path, attempt }: TaskRow) {
  const tenant = { organizationId: organization_id, projectId: project_id }
  return { runId: run_id, tenant, path, attempt }
}

function toLeft(row: LeftRow): LeftTask {
  const { trace, kind, status, queue, message: name, key, payload, request } = row
  const message =
    queue !== null && name !== null && key !== null ? { queue, name, key, payload } : null
  return { ...placeOf(row), trace, kind, status, message, request, childRunId: row.child_run_id }
}
