import type {
  AgentId,
  Caller,
  DatasetId,
  EvaluatorId,
  ExecutionId,
  ExperimentId,
  PromptOptimizationId,
  Tenant,
} from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'
import type { CaseBody, CaseId } from '../datasets/dataset.ts'
import type { Evaluator, Score, ToolCallMade } from '../evaluators/evaluator.ts'
import type { Summary } from './summary.ts'

export const EXPERIMENT_STATUSES = ['running', 'done', 'failed', 'cancelled'] as const
export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number]

/** Runs of one experiment: cases, times versions, times repetitions. */
export const MAX_RUNS = 20_000
export const MAX_EXPERIMENTS = 500
export const MAX_CONCURRENCY = 32
export const MAX_REPETITIONS = 10
export const MAX_EVALUATORS_EACH = 10

/** As an experiment keeps it: later changes are for later experiments. */
export type FrozenEvaluator = Pick<Evaluator, 'id' | 'name' | 'revision' | 'config'>

export interface Experiment {
  readonly id: ExperimentId
  readonly tenant: Tenant
  readonly name: string
  readonly agentId: AgentId
  /** One, or two that are compared; more only for an optimization. */
  readonly versions: readonly number[]
  readonly datasetId: DatasetId
  /** As it was when the experiment began. */
  readonly datasetRevision: number
  readonly evaluators: readonly FrozenEvaluator[]
  readonly repetitions: number
  readonly concurrency: number
  /** What all runs and judges may cost; null: what the agent and its budgets allow. */
  readonly budgetMicroUsd: number | null
  /** What one run may cost at the most, as the versions say. */
  readonly runLimitMicroUsd: number
  readonly status: ExperimentStatus
  readonly total: number
  readonly done: number
  readonly costMicroUsd: number
  /** Of the runs that were scored, when it is over. */
  readonly summary: Summary | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** What it measures a part of the dataset for; null: it is of the whole. */
  readonly optimizationId: PromptOptimizationId | null
  readonly caller: Caller
  readonly keyId: string | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export interface ExperimentKey {
  readonly tenant: Tenant
  readonly experimentId: ExperimentId
}

/** What became of an execution. */
export interface Outcome {
  readonly status: 'succeeded' | 'failed' | 'cancelled'
  readonly output: unknown
  readonly toolCalls: readonly ToolCallMade[]
  readonly error: { readonly code: string; readonly message: string } | null
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly durationMs: number
}

/** By one evaluator. */
export interface Evaluated {
  readonly evaluatorId: EvaluatorId
  /** Null: the case says nothing about it, or it could not be scored. */
  readonly result: Score | null
  /** Why it could not. */
  readonly error?: { readonly code: string; readonly message: string }
}

export const RUN_STATUSES = ['waiting', 'running', 'ended', 'scored', 'cancelled'] as const

/** One run of one version on one case. */
export interface ExperimentRun {
  readonly ordinal: number
  readonly version: number
  readonly repetition: number
  readonly caseId: CaseId
  readonly of: CaseBody
  /** Null: it was not started yet. */
  readonly executionId: ExecutionId | null
  readonly status: (typeof RUN_STATUSES)[number]
  readonly outcome: Outcome | null
  readonly scores: readonly Evaluated[] | null
}

export function experimentNotFound(): NotFoundError {
  return new NotFoundError('experiment.not-found', 'There is no such experiment')
}

export function unknownEvaluators(pointers: readonly string[]): InvalidInputError {
  const problems = pointers.map((pointer) => ({
    pointer,
    message: 'is no evaluator of the project',
  }))
  const detail = 'Some evaluators are not there'
  return new InvalidInputError('experiment.unknown-evaluator', detail, problems)
}

export function noCases(): ConflictError {
  const detail = 'The dataset has no cases: add some before you run an experiment on it'
  return new ConflictError('experiment.no-cases', detail)
}

export function tooManyRuns(runs: number): ConflictError {
  const detail = `Cases, versions and repetitions make ${runs} runs; at most ${MAX_RUNS} are taken`
  return new ConflictError('experiment.too-large', detail)
}

export function tooManyExperiments(): ConflictError {
  const detail = `A project keeps at most ${MAX_EXPERIMENTS} experiments: delete one`
  return new ConflictError('experiment.too-many', detail)
}

export function underWay(): ConflictError {
  const detail = 'The experiment is under way: cancel it before you delete it'
  return new ConflictError('experiment.under-way', detail)
}

export function ofOptimization(): ConflictError {
  const detail = 'The experiment belongs to an optimization: delete that one'
  return new ConflictError('experiment.of-optimization', detail)
}

export function sameVersion(): InvalidInputError {
  const detail = 'Both versions are the same: there is nothing to compare'
  const problem = { pointer: '#/versions', message: 'names one version twice' }
  return new InvalidInputError('experiment.same-version', detail, [problem])
}

export function alreadyOver(): ConflictError {
  return new ConflictError('experiment.over', 'The experiment is over: there is nothing to cancel')
}

export const BUDGET_EXCEEDED = {
  code: 'experiment.budget-exceeded',
  message: 'Another run could have cost more than is left of its budget',
} as const
