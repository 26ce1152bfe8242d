import { AgentId, ExecutionId, TaskError, TaskUsage, ThreadId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { Limits } from '../agents/definition.ts'
import { EXECUTION_STATUSES, type Execution } from './execution-row.ts'
import type { RecordedExecutionEvent } from './follow-service.ts'
import type { PendingApproval } from './service.ts'

const time = Type.String({ format: 'date-time' })
export const ExecutionSummary = Type.Object(
  {
    id: ExecutionId,
    agentId: AgentId,
    agentVersion: Type.Integer({ minimum: 1 }),
    threadId: Type.Union([ThreadId, Type.Null()]),
    status: Type.Enum([...EXECUTION_STATUSES], {
      description: '`waiting`: for an answer of another service, or for a person',
    }),
    steps: Type.Integer({ minimum: 0, description: 'Calls of the model' }),
    usage: Type.Omit(TaskUsage, ['model']),
    error: Type.Union([TaskError, Type.Null()]),
    startedBy: Type.String(),
    createdAt: time,
    startedAt: Type.Union([time, Type.Null()]),
    endedAt: Type.Union([time, Type.Null()]),
    deadlineAt: time,
  },
  { $id: 'AgentRunSummary' },
)

const Pending = Type.Object({
  callId: Type.String({ examples: ['c2_0'] }),
  tool: Type.String(),
  input: Type.Unknown(),
  reason: Type.String({ description: 'Why a person has to decide' }),
  hash: Type.String({
    description: 'Of the tool, the arguments and the execution: a decision is on nothing else',
  }),
})

export const ExecutionView = Type.Object(
  {
    ...ExecutionSummary.properties,
    input: Type.Array(Type.Unknown(), { description: 'Messages' }),
    output: Type.Unknown({ description: 'Text, or JSON where the agent has an `outputSchema`' }),
    partial: Type.Union([Type.String(), Type.Null()], {
      description: 'What the model had said when it failed or was cancelled',
    }),
    limits: Limits,
    pendingApprovals: Type.Array(Pending),
  },
  { $id: 'AgentRun' },
)

export const StepView = Type.Object(
  {
    version: Type.Integer({ description: 'Of the event that tells of it' }),
    kind: Type.Enum(['model-call', 'tool-call', 'tool-sent', 'approval-request', 'approval']),
    step: Type.Integer({ description: 'Which call of the model it belongs to' }),
    at: time,
    callId: Type.Optional(Type.String()),
    tool: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    toolCalls: Type.Optional(Type.Array(Type.Unknown())),
    findings: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'What guardrails have flagged or redacted: { check, kind, action, on, count }',
      }),
    ),
    finishReason: Type.Optional(Type.String()),
    status: Type.Optional(Type.Enum(['succeeded', 'failed'])),
    input: Type.Optional(Type.Unknown()),
    output: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.Unknown()),
    isUntrusted: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.String()),
    decision: Type.Optional(Type.Enum(['approve', 'reject'])),
    decidedBy: Type.Optional(Type.String()),
    usage: Type.Optional(TaskUsage),
    durationMs: Type.Optional(Type.Integer()),
  },
  { $id: 'AgentRunStep' },
)

export function viewExecutionSummary(execution: Execution): Static<typeof ExecutionSummary> {
  const { id, agentId, agentVersion, threadId, status, steps, error, startedBy } = execution
  const { inputTokens, outputTokens, costMicroUsd, startedAt, endedAt } = execution
  return {
    ...{ id, agentId, agentVersion, threadId, status, steps, error, startedBy },
    usage: { inputTokens, outputTokens, costMicroUsd },
    createdAt: execution.createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    deadlineAt: execution.deadlineAt.toISOString(),
  }
}

export function viewExecution(
  execution: Execution,
  pendingApprovals: readonly PendingApproval[],
): Static<typeof ExecutionView> {
  const { input, output, partial, limits } = execution
  return {
    ...viewExecutionSummary(execution),
    ...{ input: [...input], output: output ?? null, partial, limits },
    pendingApprovals: [...pendingApprovals],
  }
}

type StepOf = Static<typeof StepView>

/** @param step of the last call of the model before it; @returns undefined for what is no step */
export function viewStep({ version, at, event }: RecordedExecutionEvent): StepOf | undefined {
  const of = { version, at: at.toISOString() }
  switch (event.type) {
    case 'execution.model-answered': {
      const { step, text, toolCalls, findings, finishReason, usage, durationMs } = event
      const said = {
        text,
        toolCalls,
        finishReason,
        usage,
        durationMs,
        ...(findings && { findings }),
      }
      return { ...of, kind: 'model-call', step, ...said }
    }
    case 'execution.tool-answered': {
      const { step, callId, name: tool, status, output, error, isUntrusted, durationMs } = event
      const noted = event.findings ? { findings: event.findings } : {}
      const call = { step, callId, tool, status, isUntrusted, durationMs, ...noted }
      return { ...of, kind: 'tool-call', ...call, ...(error ? { error } : { output }) }
    }
    case 'execution.tool-sent': {
      const { step, callId, name: tool } = event
      return { ...of, kind: 'tool-sent', step, callId, tool }
    }
    case 'execution.approval-requested': {
      const { step, callId, name: tool, input, reason } = event
      return { ...of, kind: 'approval-request', step, callId, tool, input, reason }
    }
    case 'execution.approval-decided': {
      const { callId, decision, decidedBy, reason } = event
      const step = Number(callId.slice(1, callId.indexOf('_')))
      const why = reason === undefined ? {} : { reason }
      return { ...of, kind: 'approval', step, callId, decision, decidedBy, ...why }
    }
    default:
      return undefined
  }
}
