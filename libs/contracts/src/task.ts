import { type Static, Type } from 'typebox'
import { Tenant } from './identity.ts'
import { NodeId, RunId } from './ids.ts'

/**
 * One effectful step of a run that another service executes. `taskKey` names the step for ever,
 * `attempt` is its fence: a result of an older attempt is discarded.
 */
export const TaskRef = Type.Object({
  taskKey: Type.String({
    pattern: '^run_[0-9a-f]{32}/[a-z][a-z0-9_]{0,62}$',
    description: '`run/node`; stable over attempts, and the Idempotency-Key outward',
  }),
  runId: RunId,
  nodeId: NodeId,
  attempt: Type.Integer({ minimum: 1 }),
  tenant: Tenant,
  workflowId: Type.String(),
  timeoutMs: Type.Integer({
    minimum: 1,
    description: 'How long one execution may take, counted from its start, not from its sending',
  }),
})
export type TaskRef = Static<typeof TaskRef>

export const TaskError = Type.Object({
  code: Type.String({ examples: ['model.unavailable'] }),
  message: Type.String({ maxLength: 2000 }),
})
export type TaskError = Static<typeof TaskError>

/** What a step cost. Money is whole micro-dollars: 1 USD = 1,000,000. */
export const TaskUsage = Type.Object({
  model: Type.Optional(Type.String()),
  inputTokens: Type.Integer({ minimum: 0 }),
  outputTokens: Type.Integer({ minimum: 0 }),
  costMicroUsd: Type.Integer({ minimum: 0 }),
})
export type TaskUsage = Static<typeof TaskUsage>

export const TaskOutcome = Type.Union([
  Type.Object({
    status: Type.Literal('succeeded'),
    output: Type.Unknown(),
    usage: Type.Optional(TaskUsage),
    durationMs: Type.Integer({ minimum: 0 }),
  }),
  Type.Object({ status: Type.Literal('failed'), error: TaskError }),
])
export type TaskOutcome = Static<typeof TaskOutcome>
