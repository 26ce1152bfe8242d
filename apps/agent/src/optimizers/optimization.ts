import type { AgentId, Caller, DatasetId, PromptOptimizationId, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { CaseId } from '../datasets/dataset.ts'
import type { FrozenEvaluator } from '../experiments/experiment.ts'
import type { Conclusion, PartScore, Scores } from './scores.ts'

export const OPTIMIZATION_STATUSES = ['running', 'done', 'failed', 'cancelled'] as const
/** What it is about while it runs. */
export const PHASES = ['measuring', 'proposing', 'choosing', 'confirming'] as const
export type Phase = (typeof PHASES)[number]
export const METHODS = ['rewrite', 'few-shot', 'rewrite-and-few-shot'] as const
export type Method = (typeof METHODS)[number]

export const MAX_CANDIDATES = 16
export const MAX_OPTIMIZATION_CASES = 500
export const MAX_OPTIMIZATIONS = 100

/** Where cases are used. No case is in two of them, and no two with the same input are. */
export interface Parts {
  /** What candidates are made from. */
  readonly train: readonly CaseId[]
  /** What one of them is chosen on. */
  readonly validation: readonly CaseId[]
  /** What only the chosen one meets, beside the agent as it was. */
  readonly test: readonly CaseId[]
}

/** What whoever asks for it decides. */
export interface Settings {
  readonly maxCandidates: number
  /** What all runs, judges and proposals may cost together. */
  readonly budgetMicroUsd: number
  /** What one run may cost at the most. */
  readonly maxRunCostMicroUsd: number
  readonly methods: readonly Exclude<Method, 'rewrite-and-few-shot'>[]
  /** Examples in one candidate. */
  readonly maxExamples: number
  /** Writes the proposals; null: the default of the installation. */
  readonly model: string | null
  readonly repetitions: number
  readonly concurrency: number
  readonly maxCases: number
  readonly heldOutShare: number
  readonly seed: number
}

export interface Candidate {
  readonly number: number
  readonly method: Method
  /** Null: what was proposed cannot be used, and `refusal` says why. */
  readonly instructions: string | null
  readonly refusal: string | null
  /** What its author says about it. */
  readonly explanation: string
  /** Of the part for training, that stand in it. */
  readonly exampleCaseIds: readonly CaseId[]
  /** The version of the agent that it was run as; null: not yet. */
  readonly version: number | null
  readonly validation: PartScore | null
  readonly test: PartScore | null
  /** It was left behind in this round. */
  readonly leftInRound: number | null
}

export interface PromptOptimization {
  readonly id: PromptOptimizationId
  readonly tenant: Tenant
  readonly agentId: AgentId
  readonly baseVersion: number
  readonly datasetId: DatasetId
  readonly datasetRevision: number
  readonly evaluators: readonly FrozenEvaluator[]
  readonly settings: Settings
  readonly parts: Parts
  readonly status: (typeof OPTIMIZATION_STATUSES)[number]
  readonly phase: Phase
  /** Of choosing, from 1. */
  readonly round: number
  /** How the candidates are to be made; null: not known yet. */
  readonly plan: readonly Method[] | null
  readonly baseline: Scores
  readonly conclusion: Conclusion | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** Of everything so far. */
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly caller: Caller
  readonly keyId: string | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export interface OptimizationKey {
  readonly tenant: Tenant
  readonly id: PromptOptimizationId
}

export function optimizationNotFound(): NotFoundError {
  return new NotFoundError('prompt-optimization.not-found', 'There is no such optimization')
}

export function tooFewCases(found: number): ConflictError {
  const detail = `Cases with ${found} different inputs are too few to learn from some, choose by others and confirm on the rest: have at least 12, better 40`
  return new ConflictError('prompt-optimization.too-few-cases', detail)
}

export function tooManyOptimizations(): ConflictError {
  const detail = `A project keeps at most ${MAX_OPTIMIZATIONS} optimizations: delete one`
  return new ConflictError('prompt-optimization.too-many', detail)
}

export function noMethod(): ConflictError {
  const detail =
    'No model is configured that could rewrite instructions: ask for the method few-shot alone, or name a model'
  return new ConflictError('prompt-optimization.no-model', detail)
}

export function optimizationOver(): ConflictError {
  const detail = 'The optimization is over: there is nothing to cancel'
  return new ConflictError('prompt-optimization.over', detail)
}

export function optimizationUnderWay(): ConflictError {
  const detail = 'The optimization is under way: wait for its end, or cancel it'
  return new ConflictError('prompt-optimization.under-way', detail)
}

export function nothingBetter(): ConflictError {
  const detail =
    'Nothing was shown to be better, so nothing is applied by itself: name a candidate if you want it all the same'
  return new ConflictError('prompt-optimization.nothing-better', detail)
}

export function candidateNotFound(): NotFoundError {
  const detail = 'The optimization has no such candidate, or it cannot be used'
  return new NotFoundError('prompt-optimization.candidate-not-found', detail)
}

export function draftChanged(): ConflictError {
  const detail =
    'The instructions of the draft are no longer those that were optimized: look at both, and send overwrite to replace them'
  return new ConflictError('prompt-optimization.draft-changed', detail)
}
