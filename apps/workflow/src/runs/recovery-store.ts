import type { OutgoingMessage, RunId } from '@dure/contracts'
import type { TraceHeaders } from '@dure/platform'
import type pg from 'pg'

/** A message that goes out again, in the trace of its run. */
export interface LeftTask {
  readonly message: OutgoingMessage
  readonly trace: TraceHeaders
}

/** Work that a lost message or a killed process left behind, found by the clock of PostgreSQL. */
export interface RecoveryStore {
  /** Tasks without a result for this long; each is given to one caller at a time. */
  takeUnanswered(afterMs: number): Promise<LeftTask[]>
  /**
   * As if no task had been sent yet: all that have no result are found by the next look.
   *
   * @returns how many
   */
  markUnsent(): Promise<number>
  /** Runs with results that nobody took in for this long. */
  runsWithResults(afterMs: number): Promise<RunId[]>
  runsPastDeadline(): Promise<RunId[]>
}

const BATCH = 200

const TAKE_UNANSWERED = `
  WITH due AS (
    SELECT run_id, node_id FROM node_task
    WHERE status = 'open' AND sent_at <= now() - $1::int * interval '1 ms'
    ORDER BY sent_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  UPDATE node_task SET sent_at = now()
  FROM due, run
  WHERE node_task.run_id = due.run_id AND node_task.node_id = due.node_id
    AND run.id = due.run_id
  RETURNING queue, message, key, payload, run.trace`

const WITH_RESULTS = `
  SELECT DISTINCT run_id FROM node_task
  WHERE status = 'done' AND sent_at <= now() - $1::int * interval '1 ms' LIMIT ${BATCH}`

const PAST_DEADLINE = `
  SELECT id AS run_id FROM run
  WHERE status = 'running' AND deadline_at <= now() ORDER BY deadline_at LIMIT ${BATCH}`

interface TaskRow {
  readonly queue: string
  readonly message: string
  readonly key: string
  readonly payload: unknown
  readonly trace: TraceHeaders
}

export function createRecoveryStore(pool: pg.Pool): RecoveryStore {
  const runIds = async (sql: string, values: unknown[]) =>
    (await pool.query<{ run_id: RunId }>(sql, values)).rows.map(({ run_id }) => run_id)

  return {
    async takeUnanswered(afterMs) {
      const { rows } = await pool.query<TaskRow>(TAKE_UNANSWERED, [afterMs])
      return rows.map(({ queue, message, key, payload, trace }) => ({
        message: { queue, name: message, key, payload },
        trace,
      }))
    },
    async markUnsent() {
      const sql = "UPDATE node_task SET sent_at = '-infinity' WHERE status = 'open'"
      return (await pool.query(sql)).rowCount ?? 0
    },
    runsWithResults: (afterMs) => runIds(WITH_RESULTS, [afterMs]),
    runsPastDeadline: () => runIds(PAST_DEADLINE, []),
  }
}
