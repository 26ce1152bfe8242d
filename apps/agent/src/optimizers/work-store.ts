import type { PromptOptimizationId } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Experiment, ExperimentRun } from '../experiments/experiment.ts'
import { EXPERIMENT_COLUMNS, type ExperimentRow, toExperiment } from '../experiments/row.ts'
import { insertExperiment, type NewExperiment, type OnPart } from '../experiments/store.ts'
import type { Candidate, Method, Phase, PromptOptimization } from './optimization.ts'
import {
  CANDIDATE_COLUMNS,
  OPTIMIZATION_COLUMNS,
  type OptimizationRow,
  toOptimization,
} from './row.ts'
import type { Conclusion, PartScore, Scores } from './scores.ts'

/** An optimization that something has to be done about. */
export interface DueOptimization {
  readonly optimization: PromptOptimization
  /** How often this was tried, this time included. */
  readonly tries: number
}

/** What a proposal took, whether something came of it or not. */
export interface Spent {
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What comes next. It is written only when nobody else has gone on meanwhile. */
export interface Step {
  readonly phase: Phase
  readonly round: number
  readonly plan?: readonly Method[]
  readonly baseline?: Scores
  /** To be run in it; absent: none. */
  readonly experiment?: { readonly of: NewExperiment; readonly part: OnPart }
}

export interface Ending {
  readonly status: 'done' | 'failed' | 'cancelled'
  readonly conclusion?: Conclusion
  readonly error?: { readonly code: string; readonly message: string }
  readonly baseline?: Scores
}

export type ScoredCandidate = Pick<Candidate, 'number'> & {
  readonly validation?: PartScore
  readonly test?: PartScore
  readonly leftInRound?: number | null
}

/** What is to be done about optimizations of every tenant, found in rows: whoever dies leaves it to the next one. */
export interface OptimizationWorkStore {
  /** Cheap, for who looks every second. */
  hasWork(): Promise<boolean>
  /** Takes those that no experiment is run for, each for so long that its step must be over by then. */
  take(limit: number): Promise<DueOptimization[]>
  /** To be taken up again after a while; at once, where the step was taken. */
  release(id: PromptOptimizationId, waitMs: number): Promise<void>
  /** Takes the next step. @returns false when it is elsewhere by now, or over */
  advance(from: PromptOptimization, to: Step): Promise<boolean>
  finish(from: PromptOptimization, ending: Ending): Promise<void>
  candidates(id: PromptOptimizationId): Promise<Candidate[]>
  /** Keeps a candidate with what it took, once. */
  propose(
    of: PromptOptimization,
    candidate: Pick<
      Candidate,
      'number' | 'method' | 'instructions' | 'refusal' | 'explanation' | 'exampleCaseIds'
    >,
    spent: Spent,
  ): Promise<void>
  /** Books what a proposal took that has failed. */
  book(id: PromptOptimizationId, spent: Spent): Promise<void>
  versioned(id: PromptOptimizationId, number: number, version: number): Promise<void>
  score(id: PromptOptimizationId, candidates: readonly ScoredCandidate[]): Promise<void>
  /** Of one round; undefined: there is none. */
  experiment(id: PromptOptimizationId, round: number): Promise<Experiment | undefined>
  /** Of these rounds, with what was asked and answered where it is wanted. */
  runs(
    id: PromptOptimizationId,
    of: { readonly rounds: readonly number[]; readonly withText: boolean },
  ): Promise<ExperimentRun[]>
}

/** A proposal of a model ends in less. */
export const STEP_LEASE_MS = 300_000

const HAS_WORK = `SELECT EXISTS (SELECT FROM prompt_optimization WHERE status = 'running') AS "hasWork"`

const TAKE = `
  WITH picked AS (
    SELECT id FROM prompt_optimization
    WHERE status = 'running' AND lease_until < now() AND NOT EXISTS (
      SELECT FROM experiment
      WHERE experiment.optimization_id = prompt_optimization.id AND experiment.status = 'running')
    ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE prompt_optimization o SET tries = tries + 1,
    lease_until = now() + $2 * interval '1 millisecond'
  FROM picked WHERE o.id = picked.id RETURNING ${OPTIMIZATION_COLUMNS}`

const ADVANCE = `
  UPDATE prompt_optimization SET phase = $4, round = $5, plan = coalesce($6, plan),
    baseline = coalesce($7, baseline), tries = 0, lease_until = '-infinity'
  WHERE id = $1 AND phase = $2 AND round = $3 AND status = 'running'`

const FINISH = `
  UPDATE prompt_optimization SET status = $4, conclusion = $5, error = $6,
    baseline = coalesce($7, baseline), ended_at = now(), lease_until = '-infinity'
  WHERE id = $1 AND phase = $2 AND round = $3 AND status = 'running'`

const PROPOSE = `
  INSERT INTO prompt_candidate (organization_id, project_id, optimization_id, number, method,
    instructions, refusal, explanation, example_case_ids)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`

const BOOK = `
  UPDATE prompt_optimization SET proposing_micro_usd = proposing_micro_usd + $2,
    proposing_input_tokens = proposing_input_tokens + $3,
    proposing_output_tokens = proposing_output_tokens + $4 WHERE id = $1`

const SCORE = `
  UPDATE prompt_candidate SET validation = coalesce($3, validation), test = coalesce($4, test),
    left_in_round = coalesce($5, left_in_round)
  WHERE optimization_id = $1 AND number = $2`

const runsOf = (withText: boolean) => `
  SELECT run.ordinal, run.version, run.repetition, run.case_id AS "caseId",
    ${withText ? 'of.body' : 'null'} AS of, run.execution_id AS "executionId", run.status,
    ${withText ? 'run.outcome' : `(run.outcome::jsonb - 'output' - 'toolCalls')`} AS outcome, run.scores
  FROM experiment e JOIN experiment_run run ON run.experiment_id = e.id
  JOIN dataset_case of ON of.dataset_id = e.dataset_id AND of.id = run.case_id
    AND of.added_in = run.case_since
  WHERE e.optimization_id = $1 AND e.optimization_round = ANY ($2) AND run.status = 'scored'
  ORDER BY e.optimization_round, run.ordinal`

export function createOptimizationWorkStore(pool: pg.Pool): OptimizationWorkStore {
  const placeOf = ({ id, phase, round }: PromptOptimization) => [id, phase, round]
  const book = async (client: pg.Pool | pg.PoolClient, id: string, spent: Spent) => {
    const { costMicroUsd, inputTokens, outputTokens } = spent
    await client.query(BOOK, [id, costMicroUsd, inputTokens, outputTokens])
  }

  return {
    async hasWork() {
      return (await pool.query<{ hasWork: boolean }>(HAS_WORK)).rows[0]?.hasWork ?? false
    },

    async take(limit) {
      const { rows } = await pool.query<OptimizationRow>(TAKE, [limit, STEP_LEASE_MS])
      return rows.map((row) => ({ optimization: toOptimization(row), tries: row.tries }))
    },

    async release(id, waitMs) {
      const text = `UPDATE prompt_optimization SET lease_until = now() + $2 * interval '1 millisecond',
          tries = CASE $2::int WHEN 0 THEN 0 ELSE tries END
        WHERE id = $1 AND status = 'running'`
      await pool.query(text, [id, waitMs])
    },

    advance: (from, { phase, round, plan, baseline, experiment }) =>
      withTransaction(pool, async (client) => {
        const json = [plan, baseline].map(jsonOrNull)
        const values = [...placeOf(from), phase, round, ...json]
        const isMine = (await client.query(ADVANCE, values)).rowCount === 1
        if (isMine && experiment) await insertExperiment(client, experiment.of, experiment.part)
        return isMine
      }),

    async finish(from, { status, conclusion, error, baseline }) {
      const json = [conclusion, error, baseline].map(jsonOrNull)
      await pool.query(FINISH, [...placeOf(from), status, ...json])
    },

    async candidates(id) {
      const text = `SELECT ${CANDIDATE_COLUMNS} FROM prompt_candidate
        WHERE optimization_id = $1 ORDER BY number`
      return (await pool.query<Candidate>(text, [id])).rows
    },

    propose: ({ id, tenant }, candidate, spent) =>
      withTransaction(pool, async (client) => {
        const { number, method, instructions, refusal, explanation, exampleCaseIds } = candidate
        await client.query(PROPOSE, [
          ...[tenant.organizationId, tenant.projectId, id, number, method],
          ...[instructions, refusal, explanation, exampleCaseIds],
        ])
        await book(client, id, spent)
      }),

    book: (id, spent) => book(pool, id, spent),

    async versioned(id, number, version) {
      const text = `UPDATE prompt_candidate SET version = $3 WHERE optimization_id = $1 AND number = $2`
      await pool.query(text, [id, number, version])
    },

    async score(id, candidates) {
      for (const { number, validation, test, leftInRound = null } of candidates) {
        const json = [validation, test].map(jsonOrNull)
        await pool.query(SCORE, [id, number, ...json, leftInRound])
      }
    },

    async experiment(id, round) {
      const text = `SELECT ${EXPERIMENT_COLUMNS} FROM experiment
        WHERE optimization_id = $1 AND optimization_round = $2`
      const [row] = (await pool.query<ExperimentRow>(text, [id, round])).rows
      return row && toExperiment(row)
    },

    async runs(id, { rounds, withText }) {
      return (await pool.query<ExperimentRun>(runsOf(withText), [id, rounds])).rows
    },
  }
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
