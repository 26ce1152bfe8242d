import { AgentId, DatasetId, EvaluatorId, PromptOptimizationId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { CaseId } from '../datasets/dataset.ts'
import { MAX_CONCURRENCY, MAX_EVALUATORS_EACH } from '../experiments/experiment.ts'
import {
  MAX_CANDIDATES,
  MAX_OPTIMIZATION_CASES,
  METHODS,
  OPTIMIZATION_STATUSES,
  PHASES,
  type PromptOptimization,
} from './optimization.ts'
import { Conclusion, PartScore, Scores } from './scores.ts'
import type { ShownOptimization } from './service.ts'

const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const money = (minimum: number) => ({ minimum, maximum: 1_000_000_000_000 })
const whole = Type.Integer({ minimum: 0 })
const time = Type.String({ format: 'date-time' })

export const OptimizePrompt = Type.Object(
  {
    agentId: AgentId,
    version: Type.Union([Version, Type.Literal('draft')], {
      default: 'draft',
      description: 'What is to become better. `draft`: is frozen as a version first',
    }),
    datasetId: DatasetId,
    evaluatorIds: Type.Array(EvaluatorId, {
      ...{ minItems: 1, maxItems: MAX_EVALUATORS_EACH, uniqueItems: true },
    }),
    budgetMicroUsd: Type.Integer({
      ...money(1),
      default: 1_000_000,
      description:
        'What all runs, judges and proposals may cost together. Nothing is begun that it might not pay for',
    }),
    maxCandidates: Type.Integer({ minimum: 1, maximum: MAX_CANDIDATES, default: 6 }),
    maxRunCostMicroUsd: Type.Optional(
      Type.Integer({
        ...money(1),
        description: 'What one run may cost. Absent: a twentieth of the budget',
      }),
    ),
    methods: Type.Array(Type.Enum(['rewrite', 'few-shot']), {
      ...{ minItems: 1, maxItems: 2, uniqueItems: true, default: ['rewrite', 'few-shot'] },
      description:
        '`rewrite`: a model proposes instructions; `few-shot`: answers that were right become examples',
    }),
    maxExamples: Type.Integer({
      ...{ minimum: 1, maximum: 16, default: 4 },
      description: 'In one candidate',
    }),
    model: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' },
        description: 'Writes the proposals. Absent: the default of the installation',
      }),
    ),
    repetitions: Type.Integer({ minimum: 1, maximum: 5, default: 1 }),
    concurrency: Type.Integer({ minimum: 1, maximum: MAX_CONCURRENCY, default: 4 }),
    maxCases: Type.Integer({
      ...{ minimum: 12, maximum: MAX_OPTIMIZATION_CASES, default: 60 },
      description: 'Of a larger dataset, so many are taken by chance',
    }),
    heldOutShare: Type.Number({
      ...{ minimum: 0.2, maximum: 0.8, default: 0.4 },
      description: 'Of the cases, for testing: at least 6',
    }),
    seed: Type.Integer({
      ...{ minimum: 0, maximum: 2_147_483_647, default: 1 },
      description: 'The same seed makes the same parts and examples',
    }),
  },
  { additionalProperties: false, $id: 'OptimizePrompt' },
)

export const ApplyOptimization = Type.Object(
  {
    candidate: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: MAX_CANDIDATES },
        description: 'Absent: the one that was shown to be better',
      }),
    ),
    overwrite: Type.Boolean({
      default: false,
      description:
        'Also when the draft has other instructions by now than those that were optimized',
    }),
  },
  { additionalProperties: false, $id: 'ApplyOptimization' },
)

const CandidateView = Type.Object(
  {
    number: Type.Integer({ minimum: 1 }),
    method: Type.Enum(METHODS),
    instructions: Type.Union([Type.String(), Type.Null()]),
    refusal: Type.Optional(Type.String({ description: 'Why it could not be used' })),
    explanation: Type.String(),
    exampleCaseIds: Type.Array(CaseId, { description: 'Of the part for training' }),
    version: Type.Union([Version, Type.Null()], {
      description: 'Of the agent: what was run, and can be published',
    }),
    validation: Type.Union([PartScore, Type.Null()]),
    test: Type.Union([PartScore, Type.Null()], { description: 'Only of the one that was chosen' }),
    leftInRound: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The round of choosing after which it was left behind',
    }),
  },
  { $id: 'PromptCandidate' },
)

const Whole = {
  id: PromptOptimizationId,
  agentId: AgentId,
  baseVersion: Version,
  datasetId: DatasetId,
  datasetRevision: Type.Integer({ minimum: 1 }),
  evaluators: Type.Array(Type.Object({ id: EvaluatorId, name: Type.String() })),
  status: Type.Enum(OPTIMIZATION_STATUSES),
  phase: Type.Enum(PHASES, { description: 'What it is about, or was at the end' }),
  parts: Type.Object(
    { train: whole, validation: whole, test: whole },
    { description: 'Cases to learn from, to choose by, and to confirm on' },
  ),
  budgetMicroUsd: whole,
  costMicroUsd: Type.Integer({ minimum: 0, description: 'Of runs, judges and proposals so far' }),
  inputTokens: Type.Integer({ minimum: 0, description: 'Of runs and proposals' }),
  outputTokens: whole,
  conclusion: Type.Optional(Conclusion),
  error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
  createdBy: Type.String(),
  createdAt: time,
  endedAt: Type.Union([time, Type.Null()]),
}

export const OptimizationSummary = Type.Object(Whole, { $id: 'PromptOptimizationSummary' })

export const OptimizationView = Type.Object(
  { ...Whole, baseline: Scores, candidates: Type.Array(CandidateView) },
  { $id: 'PromptOptimization' },
)

export function viewSummary(of: PromptOptimization): Static<typeof OptimizationSummary> {
  const { id, agentId, baseVersion, datasetId, datasetRevision, status, phase, parts } = of
  const { settings, costMicroUsd, inputTokens, outputTokens, conclusion, error } = of
  return {
    ...{ id, agentId, baseVersion, datasetId, datasetRevision, status, phase },
    evaluators: of.evaluators.map(({ id: evaluatorId, name }) => ({ id: evaluatorId, name })),
    parts: {
      train: parts.train.length,
      validation: parts.validation.length,
      test: parts.test.length,
    },
    budgetMicroUsd: settings.budgetMicroUsd,
    ...{ costMicroUsd, inputTokens, outputTokens },
    ...(conclusion && { conclusion }),
    ...(error && { error }),
    createdBy: of.createdBy,
    createdAt: of.createdAt.toISOString(),
    endedAt: of.endedAt?.toISOString() ?? null,
  }
}

export function viewOptimization({
  optimization,
  candidates,
}: ShownOptimization): Static<typeof OptimizationView> {
  return {
    ...viewSummary(optimization),
    baseline: optimization.baseline,
    candidates: candidates.map(({ refusal, exampleCaseIds, ...rest }) => ({
      ...rest,
      ...(refusal !== null && { refusal }),
      exampleCaseIds: [...exampleCaseIds],
    })),
  }
}
