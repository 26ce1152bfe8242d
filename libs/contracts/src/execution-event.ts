import { type Static, Type } from 'typebox'
import { TaskError, TaskUsage } from './task.ts'

/** It was recorded before `call.paid` told of every call: then what it cost is told here. */
export const UNTOLD = { isUntold: Type.Optional(Type.Boolean()) }

/** A message of a conversation as the AI SDK has it (`ModelMessage`): JSON. */
const Message = Type.Unknown()

/** Of one call of a tool: `exe_…/3/0` is the first of step 3. Stable, however often it is sent. */
export const CallKey = Type.String({ pattern: '^exe_[0-9a-f]{32}/[0-9]{1,6}/[0-9]{1,6}$' })

/** Of the step: the calls of the model count from 1, and the tools that an answer calls belong to it. */
const ofCall = {
  step: Type.Integer({ minimum: 1 }),
  callId: Type.String(),
  name: Type.String(),
}

const Finding = Type.Object({
  check: Type.String(),
  kind: Type.String(),
  action: Type.String(),
  on: Type.Enum(['input', 'output', 'tool-arguments', 'tool-result']),
  count: Type.Integer({ minimum: 1 }),
})

const Started = Type.Object({
  type: Type.Literal('execution.started'),
  agentId: Type.String(),
  agentVersion: Type.Integer({ minimum: 1 }),
  threadId: Type.Optional(Type.String()),
  /** What the model is told, the history of the thread included. */
  messages: Type.Array(Message),
  /** The input, or a part of the history, is or followed on content from outside: it counts as read here. Absent: no. */
  isUntrusted: Type.Optional(Type.Boolean()),
})

const ModelAnswered = Type.Object({
  type: Type.Literal('execution.model-answered'),
  step: Type.Integer({ minimum: 1 }),
  agentId: Type.String(),
  text: Type.String(),
  reasoning: Type.Optional(Type.String()),
  /** The answer in JSON, where the agent has an `outputSchema`. */
  object: Type.Optional(Type.Unknown()),
  toolCalls: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      input: Type.Unknown(),
      /** The arguments as the model wrote them, when they are no JSON. */
      invalid: Type.Optional(Type.String()),
      /** There were too many arguments to be taken: `input` is null, and this is how they began. */
      tooLarge: Type.Optional(
        Type.Object({ characters: Type.Integer({ minimum: 1 }), start: Type.String() }),
      ),
      /** What a guardrail has found in the arguments that no tool is given: `input` is null. */
      blocked: Type.Optional(Type.Array(Type.String())),
    }),
  ),
  /** What only the provider understands, and wants back with the next call: signed thoughts, calls, and texts. */
  signed: Type.Optional(
    Type.Object({
      thoughts: Type.Array(Type.Object({ text: Type.String(), options: Type.Unknown() })),
      /** Of each of `toolCalls`; null: nothing. */
      toolCalls: Type.Array(Type.Unknown()),
      text: Type.Optional(Type.Unknown()),
    }),
  ),
  /** What guardrails have found in what the model was told, has said or hands to tools, and have not blocked. */
  findings: Type.Optional(Type.Array(Finding)),
  provider: Type.String(),
  finishReason: Type.String(),
  /** What it cost to moderate is a part of the costs. */
  usage: TaskUsage,
  ...UNTOLD,
  durationMs: Type.Integer({ minimum: 0 }),
})

/** A budget wants somebody to raise its limit in the middle of a step: what the step has done so far is not done again. */
const MoneyAwaited = Type.Object({
  type: Type.Literal('execution.money-awaited'),
  step: Type.Integer({ minimum: 1 }),
  agentId: Type.String(),
  /** What was paid in this step until now. */
  usage: TaskUsage,
  /** Answers that did not meet the schema, each with what the model was told of it. */
  corrections: Type.Optional(Type.Array(Message)),
  /** What guardrails have found in the input, which they have looked at. Absent: they have not. */
  inputFindings: Type.Optional(Type.Array(Finding)),
})

const ToolAnswered = Type.Object({
  type: Type.Literal('execution.tool-answered'),
  ...ofCall,
  status: Type.Enum(['succeeded', 'failed']),
  output: Type.Optional(Type.Unknown()),
  error: Type.Optional(
    Type.Object({ code: Type.String(), message: Type.String(), class: Type.String() }),
  ),
  /** Somebody outside may have written it: what the model does from now on may be their wish. */
  isUntrusted: Type.Boolean(),
  /** What was begun by the call, and cost money: a run of a workflow. */
  usage: Type.Optional(TaskUsage),
  /** What guardrails have found in the result. Of one that is blocked, `status` is `failed`, and nothing of it is here. */
  findings: Type.Optional(Type.Array(Finding)),
  durationMs: Type.Integer({ minimum: 0 }),
})

const ToolSent = Type.Object({ type: Type.Literal('execution.tool-sent'), ...ofCall })

const ApprovalRequested = Type.Object({
  type: Type.Literal('execution.approval-requested'),
  ...ofCall,
  input: Type.Unknown(),
  reason: Type.String(),
  /** SHA-256 of the tool, the arguments and the execution: a decision is on nothing else. */
  hash: Type.String(),
})

const ApprovalDecided = Type.Object({
  type: Type.Literal('execution.approval-decided'),
  callId: Type.String(),
  decision: Type.Enum(['approve', 'reject']),
  decidedBy: Type.String(),
  reason: Type.Optional(Type.String()),
  hash: Type.String(),
})

const Ended = Type.Object({
  type: Type.Literal('execution.ended'),
  agentId: Type.String(),
  status: Type.Enum(['succeeded', 'failed', 'cancelled']),
  output: Type.Optional(Type.Unknown()),
  /** What the model had said when it failed or was cancelled. */
  partial: Type.Optional(Type.String()),
  error: Type.Optional(TaskError),
  /** Of a last call that gave no answer, and was paid for all the same. */
  lost: Type.Optional(TaskUsage),
  ...UNTOLD,
  steps: Type.Integer({ minimum: 0 }),
  usage: TaskUsage,
})

/** What happens in an execution of an agent, one stream each. */
export const EXECUTION_EVENTS = [
  Started,
  ModelAnswered,
  MoneyAwaited,
  ToolAnswered,
  ToolSent,
  ApprovalRequested,
  ApprovalDecided,
  Ended,
] as const

const AnyEvent = Type.Union([...EXECUTION_EVENTS])
export type ExecutionEvent = Static<typeof AnyEvent>
