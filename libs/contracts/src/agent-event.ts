import { type Static, Type } from 'typebox'
import { EXECUTION_EVENTS, UNTOLD } from './execution-event.ts'
import { Spender } from './spender.ts'
import { TaskUsage } from './task.ts'

const BUDGET_FIELDS = {
  budgetId: Type.String(),
  scope: Type.String(),
  /** Of a budget for an agent or a key. */
  subjectId: Type.Optional(Type.String()),
  /** `2026-11-28` or `2026-11` where the budget is; absent: of all time. */
  period: Type.Optional(Type.String()),
  /** Of a budget that each run has. */
  runId: Type.Optional(Type.String()),
  policy: Type.String(),
  limitMicroUsd: Type.Integer(),
  reservedMicroUsd: Type.Integer(),
  spentMicroUsd: Type.Integer(),
}

/**
 * What a call was for. `embedding` and `rerank` are of the knowledge service. Those of a `node` and of a `step` have an
 * event of their own, which says what came of them.
 */
const PAID_KINDS = [
  'embedding',
  'rerank',
  'node',
  'step',
  'direct',
  'helper',
  'judge',
  'optimizer',
  'summary',
] as const
const PaidKind = Type.Enum(PAID_KINDS)
export type PaidKind = Static<typeof PaidKind>

/** The facts that the agent service records, one stream per task, and per account of a budget. */
export const AgentEvent = Type.Union([
  Type.Object({
    type: Type.Literal('model.called'),
    runId: Type.String(),
    nodeId: Type.String(),
    workflowId: Type.String(),
    attempt: Type.Integer(),
    usage: TaskUsage,
    ...UNTOLD,
    finishReason: Type.String(),
    durationMs: Type.Integer(),
  }),
  Type.Object({
    type: Type.Literal('model.call-failed'),
    runId: Type.String(),
    nodeId: Type.String(),
    workflowId: Type.String(),
    attempt: Type.Integer(),
    model: Type.String(),
    code: Type.String(),
    /** What was paid for all the same. */
    usage: Type.Optional(TaskUsage),
    ...UNTOLD,
    durationMs: Type.Integer(),
  }),
  Type.Object({
    type: Type.Literal('http.requested'),
    runId: Type.String(),
    nodeId: Type.String(),
    workflowId: Type.String(),
    attempt: Type.Integer(),
    method: Type.String(),
    host: Type.String(),
    /** 0 when there was no answer. */
    status: Type.Integer(),
    durationMs: Type.Integer(),
  }),
  /** A provider was asked, and may charge it: told with the books, once for each time that one is asked. */
  Type.Object({
    type: Type.Literal('call.paid'),
    kind: PaidKind,
    ...Spender.properties,
    usage: TaskUsage,
    /** So much of it was told before, when nobody had said what it cost. */
    correctsMicroUsd: Type.Optional(Type.Integer({ minimum: 0 })),
    durationMs: Type.Integer(),
  }),
  ...EXECUTION_EVENTS,
  Type.Object({
    type: Type.Literal('budget.warning'),
    /** The highest of its thresholds that what was spent has come to. Told once. */
    percent: Type.Integer(),
    ...BUDGET_FIELDS,
  }),
  /** A call did not fit any more, or cost more than there was. Told once for each limit. */
  Type.Object({ type: Type.Literal('budget.exceeded'), ...BUDGET_FIELDS }),
])
export type AgentEvent = Static<typeof AgentEvent>
