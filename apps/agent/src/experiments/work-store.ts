import type { ExecutionId, ExperimentId } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { CaseBody, CaseId } from '../datasets/dataset.ts'
import { BUDGET_EXCEEDED, type Evaluated, type Experiment, type Outcome } from './experiment.ts'
import { EXPERIMENT_COLUMNS, type ExperimentRow, toExperiment } from './row.ts'
import type { ScoredRun, Summary } from './summary.ts'

/** A run that somebody has to do something about, with all that is needed for it. */
export interface DueRun {
  readonly experiment: Experiment
  readonly ordinal: number
  readonly version: number
  readonly caseId: CaseId
  readonly of: CaseBody
  /** Null: it was not started, or who started it has died before saying so. */
  readonly executionId: ExecutionId | null
  readonly outcome: Outcome | null
  /** Those that there are so far, in the order of the evaluators. */
  readonly scores: readonly Evaluated[] | null
  /** How often it was taken up, this time included. */
  readonly tries: number
}

/** What an execution knows of the run that it is of. */
export interface RunRef {
  readonly experimentId: ExperimentId
  readonly ordinal: number
  /** Null: there was none. */
  readonly executionId: ExecutionId | null
}

type RunKey = Pick<DueRun, 'experiment' | 'ordinal'>

/** What is to be done about experiments of every tenant. Each row says by itself what is still to be done with it. */
export interface ExperimentWorkStore {
  /** Cheap, for who looks every second. */
  hasWork(): Promise<boolean>
  /**
   * Takes runs to be started: as many as concurrency and budget of their experiments allow, and those that were taken and then not
   * started. One process at a time finds some.
   */
  takeToStart(limit: number): Promise<DueRun[]>
  /** It was started, or had been. */
  started(run: RunKey, executionId: ExecutionId): Promise<void>
  /** What became of it. Told again, it changes nothing. @returns whether it did */
  ended(run: RunRef, outcome: Outcome): Promise<boolean>
  /** Takes runs that are to be scored, each for so long that scoring must be over by then. */
  takeToScore(limit: number): Promise<DueRun[]>
  /** Keeps the scores so far, and books what the last one cost. */
  keep(
    run: RunKey,
    of: { readonly scores: readonly Evaluated[]; readonly costMicroUsd: number },
  ): Promise<void>
  /** With all its scores, a run is done. */
  scored(run: RunKey, scores: readonly Evaluated[]): Promise<void>
  /** To be scored again, after a while. */
  release(run: RunKey, waitMs: number): Promise<void>
  /** Runs of experiments that were cancelled, until it is said that they were. */
  toCancel(limit: number): Promise<DueRun[]>
  cancelled(run: RunKey): Promise<void>
  /** Experiments of which all runs are scored, or of which no more can be paid for. */
  over(): Promise<{ readonly experiment: Experiment; readonly isWhole: boolean }[]>
  scoredRuns(experiment: Experiment): Promise<ScoredRun[]>
  finish(
    experiment: Experiment,
    of: { readonly summary: Summary; readonly isWhole: boolean },
  ): Promise<void>
}

/** After so long, who has taken a run to start it has died. */
const START_LEASE = `interval '30 seconds'`
/** All judges of one run end in less, by their deadlines. */
export const SCORE_LEASE_MS = 180_000

const RUN_COLUMNS = `run.experiment_id, run.ordinal, run.version, run.case_id AS "caseId",
  of.body AS of, run.execution_id AS "executionId", run.outcome, run.scores, run.tries`
const WITH_CASE = `JOIN experiment e ON e.id = run.experiment_id
  JOIN dataset_case of ON of.dataset_id = e.dataset_id AND of.id = run.case_id
    AND of.added_in = run.case_since`

/**
 * How many runs of an experiment may be begun: what its concurrency leaves, and what each could cost leaves of its budget. A run can pass
 * its limit by its last call: so with a budget the first one goes alone, and the others are thought to cost as much as the dearest so far.
 */
const ROOM = `
  SELECT e.id, greatest(0, least(
      e.concurrency - inflight.count,
      CASE WHEN e.budget_micro_usd IS NULL OR e.run_limit_micro_usd = 0 THEN e.concurrency
        WHEN e.done = 0 AND inflight.count = inflight.running AND inflight.count > 0 THEN 0
        WHEN e.done = 0 AND inflight.count = 0
          THEN least(1, floor(e.budget_micro_usd / e.run_limit_micro_usd))
        ELSE floor((e.budget_micro_usd - e.cost_micro_usd) / e.run_limit_micro_usd)
          - inflight.running END))::int AS room
  FROM experiment e, LATERAL (
    SELECT count(*) AS count, count(*) FILTER (WHERE run.status = 'running') AS running
    FROM experiment_run run
    WHERE run.experiment_id = e.id AND run.status IN ('running', 'ended')) inflight
  WHERE e.status = 'running'`

const TAKE_TO_START = `
  WITH room AS (${ROOM}), picked AS (
    SELECT run.experiment_id, run.ordinal FROM room, LATERAL (
      SELECT experiment_id, ordinal FROM experiment_run
      WHERE experiment_id = room.id AND status = 'waiting'
      ORDER BY ordinal LIMIT room.room) run
    UNION ALL
    SELECT run.experiment_id, run.ordinal FROM experiment_run run
    JOIN experiment e ON e.id = run.experiment_id AND e.status = 'running'
    WHERE run.status = 'running' AND NOT run.is_started AND run.lease_until < now()
    LIMIT $1), run AS (
    UPDATE experiment_run SET status = 'running', tries = tries + 1,
      lease_until = now() + ${START_LEASE}
    FROM picked WHERE experiment_run.experiment_id = picked.experiment_id
      AND experiment_run.ordinal = picked.ordinal
    RETURNING experiment_run.*)
  SELECT ${RUN_COLUMNS} FROM run ${WITH_CASE} ORDER BY run.ordinal`

const STARTED = `
  UPDATE experiment_run SET is_started = true, execution_id = $3, tries = 0,
    lease_until = '-infinity'
  WHERE experiment_id = $1 AND ordinal = $2 AND status = 'running'`

const ENDED = `
  WITH run AS (
    UPDATE experiment_run SET outcome = $4, tries = 0, lease_until = '-infinity',
      execution_id = coalesce($3, execution_id),
      status = CASE status WHEN 'running' THEN 'ended' ELSE status END
    WHERE experiment_id = $1 AND ordinal = $2 AND status IN ('running', 'cancelled')
      AND outcome IS NULL
    RETURNING experiment_id)
  UPDATE experiment SET cost_micro_usd = cost_micro_usd + $5,
    run_limit_micro_usd = CASE run_limit_micro_usd WHEN 0 THEN 0
      ELSE greatest(run_limit_micro_usd, $5) END
  FROM run WHERE id = run.experiment_id`

const TAKE_TO_SCORE = `
  WITH picked AS (
    SELECT run.experiment_id, run.ordinal FROM experiment_run run
    JOIN experiment e ON e.id = run.experiment_id AND e.status = 'running'
    WHERE run.status = 'ended' AND run.lease_until < now()
    ORDER BY run.lease_until LIMIT $1 FOR UPDATE OF run SKIP LOCKED), run AS (
    UPDATE experiment_run SET tries = tries + 1,
      lease_until = now() + $2 * interval '1 millisecond'
    FROM picked WHERE experiment_run.experiment_id = picked.experiment_id
      AND experiment_run.ordinal = picked.ordinal
    RETURNING experiment_run.*)
  SELECT ${RUN_COLUMNS} FROM run ${WITH_CASE} ORDER BY run.ordinal`

const KEEP = `
  WITH run AS (
    UPDATE experiment_run SET scores = $3
    WHERE experiment_id = $1 AND ordinal = $2 AND status = 'ended' RETURNING experiment_id)
  UPDATE experiment SET cost_micro_usd = cost_micro_usd + $4 FROM run WHERE id = run.experiment_id`

const SCORED = `
  WITH run AS (
    UPDATE experiment_run SET status = 'scored', scores = $3
    WHERE experiment_id = $1 AND ordinal = $2 AND status = 'ended' RETURNING experiment_id)
  UPDATE experiment SET done = done + 1 FROM run WHERE id = run.experiment_id`

const TO_CANCEL = `
  SELECT ${RUN_COLUMNS} FROM experiment_run run ${WITH_CASE}
  WHERE run.status = 'running' AND run.lease_until < now() AND e.status = 'cancelled' LIMIT $1`

const OVER = `
  SELECT ${EXPERIMENT_COLUMNS}, done >= total AS "isWhole" FROM experiment
  WHERE status = 'running' AND (done >= total OR (
    run_limit_micro_usd > 0 AND budget_micro_usd - cost_micro_usd < run_limit_micro_usd
    AND NOT EXISTS (SELECT FROM experiment_run run
      WHERE run.experiment_id = experiment.id AND run.status IN ('running', 'ended'))))
  LIMIT 10`

const HAS_WORK = `
  SELECT EXISTS (SELECT FROM experiment WHERE status = 'running')
    OR EXISTS (SELECT FROM experiment_run WHERE status = 'running') AS "hasWork"`

type RunRow = Omit<DueRun, 'experiment'> & { readonly experiment_id: Experiment['id'] }

export function createExperimentWorkStore(pool: pg.Pool): ExperimentWorkStore {
  const change = (text: string, { experiment: { id }, ordinal }: RunKey, more: unknown[] = []) =>
    pool.query(text, [id, ordinal, ...more])

  return {
    async hasWork() {
      return (await pool.query<{ hasWork: boolean }>(HAS_WORK)).rows[0]?.hasWork ?? false
    },

    takeToStart: (limit) =>
      withTransaction(pool, async (client) => {
        if (!(await isAlone(client))) return []
        const { rows } = await client.query<RunRow>(TAKE_TO_START, [limit])
        return withExperiments(client, rows)
      }),

    async started(run, executionId) {
      await change(STARTED, run, [executionId])
    },

    async ended({ experimentId, ordinal, executionId }, outcome) {
      const key = [experimentId, ordinal, executionId]
      const values = [...key, JSON.stringify(outcome), outcome.costMicroUsd]
      return (await pool.query(ENDED, values)).rowCount === 1
    },

    async takeToScore(limit) {
      const { rows } = await pool.query<RunRow>(TAKE_TO_SCORE, [limit, SCORE_LEASE_MS])
      return withExperiments(pool, rows)
    },

    async keep(run, { scores, costMicroUsd }) {
      await change(KEEP, run, [JSON.stringify(scores), costMicroUsd])
    },

    async scored(run, scores) {
      await change(SCORED, run, [JSON.stringify(scores)])
    },

    async release(run, waitMs) {
      const text = `UPDATE experiment_run SET lease_until = now() + $3 * interval '1 millisecond'
        WHERE experiment_id = $1 AND ordinal = $2 AND status = 'ended'`
      await change(text, run, [waitMs])
    },

    async toCancel(limit) {
      return withExperiments(pool, (await pool.query<RunRow>(TO_CANCEL, [limit])).rows)
    },

    async cancelled(run) {
      const text = `UPDATE experiment_run SET status = 'cancelled'
        WHERE experiment_id = $1 AND ordinal = $2 AND status = 'running'`
      await change(text, run)
    },

    async over() {
      const { rows } = await pool.query<ExperimentRow & { readonly isWhole: boolean }>(OVER)
      return rows.map(({ isWhole, ...row }) => ({ experiment: toExperiment(row), isWhole }))
    },

    async scoredRuns({ id }) {
      const text = `SELECT version, case_id AS "caseId", outcome, scores FROM experiment_run
        WHERE experiment_id = $1 AND status = 'scored' ORDER BY ordinal`
      return (await pool.query<ScoredRun>(text, [id])).rows.map(withoutText)
    },

    async finish({ id }, { summary, isWhole }) {
      const text = `UPDATE experiment SET status = $2, summary = $3, error = $4, ended_at = now()
        WHERE id = $1 AND status = 'running'`
      const error = isWhole ? null : JSON.stringify(BUDGET_EXCEEDED)
      await pool.query(text, [id, isWhole ? 'done' : 'failed', JSON.stringify(summary), error])
    },
  }
}

/** Two at once would each start as many as one may. */
async function isAlone(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('experiment.start', 0)) AS mine`,
  )
  return rows[0]?.mine ?? false
}

async function withExperiments(
  db: pg.Pool | pg.PoolClient,
  runs: readonly RunRow[],
): Promise<DueRun[]> {
  if (runs.length === 0) return []
  const text = `SELECT ${EXPERIMENT_COLUMNS} FROM experiment WHERE id = ANY ($1)`
  const ids = [...new Set(runs.map((run) => run.experiment_id))]
  const { rows } = await db.query<ExperimentRow>(text, [ids])
  const known = new Map(rows.map((row) => [row.id, toExperiment(row)]))
  return runs.flatMap(({ experiment_id: id, ...run }) => {
    const experiment = known.get(id)
    return experiment ? [{ ...run, experiment }] : []
  })
}

/** Twenty thousand answers need not be in memory to be counted. */
function withoutText({ outcome, ...run }: ScoredRun): ScoredRun {
  return { ...run, outcome: outcome && { ...outcome, output: null, toolCalls: [] } }
}
