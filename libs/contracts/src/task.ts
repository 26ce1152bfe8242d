import { type Static, Type } from 'typebox'
import { Tenant } from './identity.ts'
import { NodeId, RunId } from './ids.ts'

/**
 * Where a node stands in a run: its id, after the iterations of the containers around it, such as
 * `each_order[3]/charge`. At the top of a workflow it is the id alone.
 */
export const NodePath = Type.String({
  pattern: '^(?:[a-z][a-z0-9_]{0,62}\\[[0-9]{1,4}\\]/){0,5}[a-z][a-z0-9_]{0,62}$',
  examples: ['find_articles', 'each_order[3]/charge'],
})
export type NodePath = string

/**
 * One effectful step of a run that another service executes. `taskKey` names the step for ever,
 * `attempt` is its fence: a result of an older attempt is discarded.
 */
export const TaskRef = Type.Object({
  taskKey: Type.String({
    pattern:
      '^run_[0-9a-f]{32}/(?:[a-z][a-z0-9_]{0,62}\\[[0-9]{1,4}\\]/){0,5}[a-z][a-z0-9_]{0,62}$',
    description: '`run/path`; stable over attempts, and the Idempotency-Key outward',
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

/** What kind of failure it was: a policy says by it whether another attempt makes sense. */
export const ERROR_CLASSES = [
  /** The input or the configuration does not fit: another attempt fails in the same way. */
  'invalid',
  'timeout',
  /** The other side is down, refuses connections, or answers with a server error. */
  'unavailable',
  'rate-limited',
  /** The other side says no. */
  'rejected',
  /** A write was begun, and nobody knows with what effect. */
  'unknown-outcome',
  /** The process that executed it died or stopped. */
  'interrupted',
  'internal',
] as const
export const ErrorClass = Type.Enum(ERROR_CLASSES)
export type ErrorClass = Static<typeof ErrorClass>

export const TaskError = Type.Object({
  code: Type.String({ examples: ['model.unavailable'] }),
  message: Type.String({ maxLength: 2000 }),
  /** Absent in what was recorded before classes existed: then `internal`. */
  class: Type.Optional(ErrorClass),
  /** Milliseconds after which the other side asks to be tried again. */
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
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
    /** It was not executed: an earlier result of the same node and key was still fresh. */
    cached: Type.Optional(Type.Boolean()),
  }),
  Type.Object({ status: Type.Literal('failed'), error: TaskError }),
])
export type TaskOutcome = Static<typeof TaskOutcome>
