import { type Static, Type } from 'typebox'
import { CheckText, RunAgent, RunTeam } from './agent-task.ts'
import { message, queue } from './define.ts'
import { CallKey } from './execution-event.ts'
import { Caller, Tenant } from './identity.ts'
import { ExecutionId } from './ids.ts'
import { ReadMemory, WriteMemory } from './memory.ts'
import { resendEvents } from './recorded-event.ts'
import { ErrorClass, TaskRef, TaskUsage } from './task.ts'

/** What an `llm` node asks for, all expressions already evaluated. */
export const GenerateText = Type.Object({
  model: Type.Optional(
    Type.String({ maxLength: 200, description: 'Absent: the default model of the installation' }),
  ),
  system: Type.Optional(Type.String({ maxLength: 200_000 })),
  prompt: Type.String({ minLength: 1, maxLength: 200_000 }),
  temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
  maxOutputTokens: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  fallbackModels: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      maxItems: 5,
      description:
        'Asked instead, in turn, when a model is down, refuses for its limits, or reads less than the prompt',
    }),
  ),
  responseSchema: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'JSON Schema of the answer, which then comes as `object`, too',
      examples: [{ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }],
    }),
  ),
  cachePrompt: Type.Optional(
    Type.Boolean({
      description: 'Asks the provider to keep the prompt, where it does not do so by itself',
    }),
  ),
})
export type GenerateText = Static<typeof GenerateText>

/** What comes back from it, and is the `data` of the node. */
export const GeneratedText = Type.Object({
  text: Type.String(),
  model: Type.String(),
  finishReason: Type.String({ examples: ['stop', 'length'] }),
  object: Type.Optional(
    Type.Unknown({ description: 'The answer as JSON, when there is a `responseSchema`' }),
  ),
})
export type GeneratedText = Static<typeof GeneratedText>

/** Unique in a project; what a node names it by. */
export const SecretName = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,62}$',
  examples: ['shop_api_key'],
})

const AUTH_FIELDS = {
  secret: SecretName,
  as: Type.Enum(['bearer', 'basic', 'header'], {
    description:
      '`bearer`: `Authorization: Bearer <secret>`; `basic`: `Authorization: Basic …`; `header`: the secret alone, in the header that `header` names',
  }),
  username: Type.Optional(
    Type.String({
      pattern: '^[^:\\u0000-\\u001f]{1,200}$',
      description: 'With `basic`: the secret is the password. Absent: it is `user:password`',
    }),
  ),
  header: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9-]{1,100}$',
      description: 'With `header`: the name of the header; absent: `x-api-key`',
    }),
  ),
}

/** What a request authenticates with: the name of a secret, never its value. */
export const HttpAuth = Type.Object(AUTH_FIELDS, { additionalProperties: false })
export type HttpAuth = Static<typeof HttpAuth>

/** What an `http` node asks for. `GET` and `HEAD` read; all other methods write. */
export const SendHttpRequest = Type.Object({
  method: Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: Type.String({ maxLength: 8000 }),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.Optional(Type.Unknown()),
  maxBytes: Type.Integer({ minimum: 1, maximum: 262_144 }),
  /** The receiver honours `Idempotency-Key`: a write whose outcome is unknown may be sent again. */
  idempotent: Type.Boolean(),
  // A newer process may say more.
  auth: Type.Optional(Type.Object(AUTH_FIELDS)),
})
export type SendHttpRequest = Static<typeof SendHttpRequest>

export const HttpResponse = Type.Object({
  status: Type.Integer(),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.Unknown({ description: 'Parsed when the answer is JSON, else its text' }),
})
export type HttpResponse = Static<typeof HttpResponse>

/** What a `code` node asks for. */
export const RunCode = Type.Object({
  source: Type.String({
    minLength: 1,
    maxLength: 65_536,
    description:
      'JavaScript: the body of an async function. `input` is what it gets, what it returns, as JSON, is the result',
    examples: ['return { total: input.items.reduce((sum, item) => sum + item.price, 0) }'],
  }),
  input: Type.Unknown(),
  outputSchema: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema of the result' }),
  ),
})
export type RunCode = Static<typeof RunCode>

/** What comes back from it, and is the `data` of the node. */
export const RanCode = Type.Object({
  result: Type.Unknown(),
  logs: Type.Array(
    Type.Object({
      level: Type.Enum(['debug', 'info', 'warn', 'error']),
      text: Type.String(),
    }),
    { description: 'What it said by `console`, up to 64 KiB' },
  ),
})
export type RanCode = Static<typeof RanCode>

const fence = ({ taskKey, attempt }: TaskRef) => `${taskKey}#${attempt}`

export const agentQueue = queue('agent', {
  'task.generate-text': message(
    Type.Object({ task: TaskRef, input: GenerateText, caller: Type.Optional(Caller) }),
    ({ task }) => fence(task),
  ),
  'task.send-http-request': message(
    Type.Object({ task: TaskRef, input: SendHttpRequest }),
    ({ task }) => fence(task),
  ),
  'task.run-code': message(Type.Object({ task: TaskRef, input: RunCode }), ({ task }) =>
    fence(task),
  ),
  'task.read-memory': message(Type.Object({ task: TaskRef, input: ReadMemory }), ({ task }) =>
    fence(task),
  ),
  'task.write-memory': message(Type.Object({ task: TaskRef, input: WriteMemory }), ({ task }) =>
    fence(task),
  ),
  'task.check-text': message(
    Type.Object({ task: TaskRef, input: CheckText, caller: Type.Optional(Caller) }),
    ({ task }) => fence(task),
  ),
  /** Begins an execution, or finds the one that was begun by the same attempt; its end is told. */
  'task.run-agent': message(
    Type.Object({ task: TaskRef, input: RunAgent, caller: Type.Optional(Caller) }),
    ({ task }) => fence(task),
  ),
  /** Gives a team a task, or finds the run that was begun by the same attempt; its end is told. */
  'task.run-team': message(
    Type.Object({ task: TaskRef, input: RunTeam, caller: Type.Optional(Caller) }),
    ({ task }) => fence(task),
  ),
  /** Comes back as it went: for trying out an installation, and for benchmarks. */
  'task.echo': message(
    Type.Object({ task: TaskRef, input: Type.Object({ data: Type.Unknown() }) }),
    ({ task }) => fence(task),
  ),
  'events.resend': resendEvents,
})

/** Apart from the tasks, so that a cancel does not wait behind those that it is to stop. */
export const agentControlQueue = queue('agent-control', {
  /** Nobody needs the result of this task any more: stop it if it is under way. */
  'task.cancel': message(Type.Object({ task: TaskRef }), ({ task }) => `cancel-${fence(task)}`),
  /** Nobody needs the answer of this execution any more. */
  'execution.cancel': message(
    Type.Object({ tenant: Tenant, executionId: ExecutionId }),
    ({ executionId }) => `cancel-${executionId}`,
  ),
})

/** Apart from the tasks: an execution takes as long as its models and tools. */
export const agentExecutionsQueue = queue('agent-executions', {
  /** There is something to do for it, or there may be. `cause` tells two reasons apart. */
  'execution.advance': message(
    Type.Object({ tenant: Tenant, executionId: ExecutionId, cause: Type.String() }),
    ({ executionId, cause }) => `${executionId}-${cause}`,
  ),
})

/** What a tool of another service says to the agent that has called it. */
export const ToolAnswer = Type.Union([
  Type.Object({
    status: Type.Literal('succeeded'),
    output: Type.Unknown(),
    usage: Type.Optional(TaskUsage),
  }),
  Type.Object({
    status: Type.Literal('failed'),
    /** What was paid for all the same. */
    usage: Type.Optional(TaskUsage),
    error: Type.Object({
      code: Type.String(),
      message: Type.String({ maxLength: 2000 }),
      class: ErrorClass,
    }),
  }),
])
export type ToolAnswer = Static<typeof ToolAnswer>

/** Apart from executions: an answer must not wait for a place behind those that wait for it. */
export const agentToolAnswersQueue = queue('agent-tool-answers', {
  'tool.answered': message(
    Type.Object({
      tenant: Tenant,
      executionId: ExecutionId,
      callKey: CallKey,
      result: ToolAnswer,
    }),
    ({ callKey }) => callKey,
  ),
})
