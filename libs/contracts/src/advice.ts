import { type Static, Type } from 'typebox'
import { message } from './define.ts'
import { Tenant } from './identity.ts'
import { WorkflowId } from './ids.ts'

const QuestionId = Type.String({ pattern: '^[0-9a-f-]{36}$' })
const Count = Type.Integer({ minimum: 0 })
const Text = Type.String({ maxLength: 2000 })

/** What the optimizer of the workflow service has to say about a workflow is asked for. */
const AdviceQuestion = Type.Object({
  questionId: QuestionId,
  tenant: Tenant,
  workflowId: WorkflowId,
  /** Absent: the published one, else the newest. */
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  /** So many of the last runs are looked at. */
  runs: Type.Integer({ minimum: 1, maximum: 200 }),
})
export type AdviceQuestion = Static<typeof AdviceQuestion>

/** A change that was tried out on recorded runs. */
export const WorkflowAdvice = Type.Object({
  kind: Type.String({ maxLength: 100 }),
  nodeIds: Type.Array(Type.String(), { maxItems: 100 }),
  title: Text,
  detail: Text,
  confidence: Type.Enum(['low', 'medium', 'high']),
  applied: Type.Boolean({ description: 'Whether `draft` has it' }),
  expectedGain: Type.Object({
    latencyMsP50: Type.Integer(),
    costMicroUsdPerRun: Type.Integer(),
    basis: Type.Object({
      ...{ runs: Count, affectedRuns: Count },
      ...{ beforeMsP50: Count, afterMsP50: Count },
    }),
  }),
})
export type WorkflowAdvice = Static<typeof WorkflowAdvice>

/** What was recorded of one node, in all runs that were looked at. */
export const MeasuredNode = Type.Object({
  nodeId: Type.String(),
  executions: Count,
  latencyMsP50: Count,
  latencyMsP95: Count,
  costMicroUsd: Count,
  failures: Count,
  retries: Count,
  cached: Count,
})
export type MeasuredNode = Static<typeof MeasuredNode>

const AdviceGiven = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  runs: Type.Object({ read: Count, leftOut: Count }),
  advice: Type.Array(WorkflowAdvice, { maxItems: 100 }),
  nodes: Type.Array(MeasuredNode, { maxItems: 200 }),
  /** A valid graph: the version with all that is safe. */
  draft: Type.Unknown(),
  check: Type.Object({ checked: Count, skipped: Count }),
})
export type AdviceGiven = Static<typeof AdviceGiven>

/** One of both. Never inputs or outputs of runs. */
const AdviceAnswer = Type.Object({
  questionId: QuestionId,
  given: Type.Optional(AdviceGiven),
  refused: Type.Optional(
    Type.Object({
      kind: Type.Enum(['not-found', 'limit-exceeded']),
      code: Type.String({ maxLength: 100 }),
      message: Text,
    }),
  ),
})
export type AdviceAnswer = Static<typeof AdviceAnswer>

export const adviceQuestion = message(AdviceQuestion, ({ questionId }) => questionId)
export const adviceAnswer = message(AdviceAnswer, ({ questionId }) => questionId)
