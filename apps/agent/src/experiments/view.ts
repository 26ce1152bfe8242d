import {
  AgentId,
  DatasetId,
  EvaluatorId,
  ExecutionId,
  ExperimentId,
  PromptOptimizationId,
} from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { CaseBody, CaseId } from '../datasets/dataset.ts'
import { Name } from '../datasets/view.ts'
import { EvaluatorConfig } from '../evaluators/evaluator.ts'
import {
  EXPERIMENT_STATUSES,
  type Experiment,
  type ExperimentRun,
  MAX_CONCURRENCY,
  MAX_EVALUATORS_EACH,
  MAX_REPETITIONS,
  RUN_STATUSES,
} from './experiment.ts'
import { Summary } from './summary.ts'

const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Failure = Type.Object({ code: Type.String(), message: Type.String() })
const time = Type.String({ format: 'date-time' })
const whole = Type.Integer({ minimum: 0 })

const FrozenEvaluator = Type.Object({
  id: EvaluatorId,
  name: Type.String(),
  revision: Type.Integer({ minimum: 1 }),
  config: EvaluatorConfig,
})

const Score = Type.Object({
  score: Type.Number({ minimum: 0, maximum: 1 }),
  passed: Type.Boolean(),
  reason: Type.String({ description: 'One sentence for people' }),
})

export const CreateExperiment = Type.Object(
  {
    name: Type.Optional(Name),
    agentId: AgentId,
    versions: Type.Array(Type.Union([Version, Type.Literal('draft')]), {
      minItems: 1,
      maxItems: 2,
      description: 'Two are compared. `draft`: is frozen as a version first',
      examples: [[1]],
    }),
    datasetId: DatasetId,
    evaluatorIds: Type.Array(EvaluatorId, {
      ...{ minItems: 1, maxItems: MAX_EVALUATORS_EACH, uniqueItems: true },
    }),
    repetitions: Type.Integer({
      ...{ minimum: 1, maximum: MAX_REPETITIONS, default: 1 },
      description: 'How often each version is asked each case',
    }),
    concurrency: Type.Integer({
      ...{ minimum: 1, maximum: MAX_CONCURRENCY, default: 4 },
      description: 'Runs at the same time',
    }),
    budgetMicroUsd: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: 1_000_000_000_000 },
        description:
          'A run is started only when what it may cost by the limits of its version is left. Absent: what the budgets of the agent allow',
      }),
    ),
  },
  { additionalProperties: false, $id: 'CreateExperiment' },
)

export const ExperimentView = Type.Object(
  {
    id: ExperimentId,
    name: Type.String(),
    agentId: AgentId,
    versions: Type.Array(Type.Integer({ minimum: 1 })),
    datasetId: DatasetId,
    datasetRevision: Type.Integer({ minimum: 1 }),
    evaluators: Type.Array(FrozenEvaluator, { description: 'As they were when it began' }),
    repetitions: Type.Integer({ minimum: 1 }),
    concurrency: Type.Integer({ minimum: 1 }),
    budgetMicroUsd: Type.Union([Type.Integer(), Type.Null()]),
    status: Type.Enum(EXPERIMENT_STATUSES),
    progress: Type.Object({ done: whole, total: whole }),
    costMicroUsd: Type.Integer({ minimum: 0, description: 'Of its runs and judges so far' }),
    summary: Type.Optional(Summary),
    error: Type.Optional(Failure),
    optimizationId: Type.Optional(
      Type.Unsafe<PromptOptimizationId>({
        ...PromptOptimizationId,
        description: 'It is on a part of the dataset, for this optimization of a prompt',
      }),
    ),
    createdBy: Type.String(),
    createdAt: time,
    endedAt: Type.Union([time, Type.Null()]),
  },
  { $id: 'Experiment' },
)

export const ResultView = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    repetition: Type.Integer({ minimum: 1 }),
    caseId: CaseId,
    case: CaseBody,
    executionId: Type.Union([ExecutionId, Type.Null()], { description: 'null: not started yet' }),
    status: Type.Enum(RUN_STATUSES),
    output: Type.Optional(Type.Unknown()),
    toolCalls: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), arguments: Type.Unknown() })),
    ),
    error: Type.Optional(Failure),
    costMicroUsd: Type.Optional(whole),
    inputTokens: Type.Optional(whole),
    outputTokens: Type.Optional(whole),
    durationMs: Type.Optional(whole),
    scores: Type.Array(
      Type.Object({
        evaluatorId: EvaluatorId,
        result: Type.Union([Score, Type.Null()], {
          description: 'null: the case says nothing about it, or it could not be scored',
        }),
        error: Type.Optional(Failure),
      }),
    ),
  },
  { $id: 'ExperimentResult' },
)

export function viewExperiment(experiment: Experiment): Static<typeof ExperimentView> {
  const { id, name, agentId, versions, datasetId, datasetRevision, evaluators } = experiment
  const { repetitions, concurrency, budgetMicroUsd, status, done, total } = experiment
  const { costMicroUsd, summary, error, createdBy, createdAt, endedAt } = experiment
  const { optimizationId } = experiment
  return {
    ...{ id, name, agentId, datasetId, datasetRevision, repetitions, concurrency },
    versions: [...versions],
    evaluators: [...evaluators],
    ...{ budgetMicroUsd, status, progress: { done, total }, costMicroUsd },
    ...(summary && { summary }),
    ...(error && { error }),
    ...(optimizationId && { optimizationId }),
    createdBy,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }
}

export function viewResult(run: ExperimentRun): Static<typeof ResultView> {
  const { version, repetition, caseId, of, executionId, status, outcome, scores } = run
  return {
    ...{ version, repetition, caseId, case: of, executionId, status },
    ...(outcome && {
      output: outcome.output,
      toolCalls: [...outcome.toolCalls],
      ...(outcome.error && { error: outcome.error }),
      costMicroUsd: outcome.costMicroUsd,
      inputTokens: outcome.inputTokens,
      outputTokens: outcome.outputTokens,
      durationMs: outcome.durationMs,
    }),
    scores: [...(scores ?? [])],
  }
}
