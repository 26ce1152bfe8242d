import { type Static, Type } from 'typebox'
import { adviceAnswer, adviceQuestion } from './advice.ts'
import { message, queue } from './define.ts'
import { Tenant } from './identity.ts'
import { AgentId, RunId, WorkflowId } from './ids.ts'

const QuestionId = Type.String({ pattern: '^[0-9a-f-]{36}$' })
const Word = Type.String({ minLength: 1, maxLength: 100 })

/** Which workflows and runs of a project somebody asks about. */
const WorkQuestion = Type.Object({
  questionId: QuestionId,
  tenant: Tenant,
  /** What they have not, they are not told. */
  kinds: Type.Array(Type.Enum(['workflow', 'run']), { maxItems: 2 }),
  /** Of names and descriptions; none: the newest. */
  words: Type.Array(Word, { maxItems: 20 }),
  workflowIds: Type.Array(WorkflowId, { maxItems: 10 }),
  runIds: Type.Array(RunId, { maxItems: 10 }),
  /** Of runs; none: any. */
  statuses: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 8 }),
})
export type WorkQuestion = Static<typeof WorkQuestion>

const Line = Type.String({ maxLength: 600 })

const FoundWorkflow = Type.Object({
  id: WorkflowId,
  name: Line,
  description: Line,
  publishedVersion: Type.Union([Type.Integer(), Type.Null()]),
  /** `id (type)` of the first nodes of its draft. */
  steps: Type.Array(Line, { maxItems: 30 }),
  updatedAt: Type.String(),
})
export type FoundWorkflow = Static<typeof FoundWorkflow>

const FoundRun = Type.Object({
  id: RunId,
  workflowId: WorkflowId,
  workflowName: Line,
  status: Type.String({ maxLength: 20 }),
  createdAt: Type.String(),
  endedAt: Type.Union([Type.String(), Type.Null()]),
  costMicroUsd: Type.Integer(),
  error: Type.Optional(Type.Object({ code: Line, message: Line, nodeId: Type.Optional(Line) })),
})
export type FoundRun = Static<typeof FoundRun>

/** Apart from the results of tasks: a question must not wait behind them, nor they behind it. */
export const workQuestionQueue = queue('workflow-questions', {
  'work.find': message(WorkQuestion, ({ questionId }) => questionId),
  'work.advise': adviceQuestion,
})

/** Never inputs or outputs of runs: a question that is not about them must not carry them off. */
const WorkAnswer = Type.Object({
  questionId: QuestionId,
  workflows: Type.Array(FoundWorkflow, { maxItems: 10 }),
  runs: Type.Array(FoundRun, { maxItems: 10 }),
})
export type WorkAnswer = Static<typeof WorkAnswer>

export const workAnswerQueue = queue('agent-answers', {
  'work.found': message(WorkAnswer, ({ questionId }) => questionId),
  'work.advised': adviceAnswer,
})

/** Which agents of a project others can call: those of which something is published, or an alias leads to it. */
const AgentQuestion = Type.Object({
  questionId: QuestionId,
  tenant: Tenant,
  /** Its id or its name; absent: all of them, page by page, the newest first. */
  agent: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  limit: Type.Integer({ minimum: 1, maximum: 51 }),
  /** Those after this one. */
  after: Type.Optional(Type.Object({ createdAt: Type.String(), id: Type.String() })),
})
export type AgentQuestion = Static<typeof AgentQuestion>

const FoundAgent = Type.Object({
  id: AgentId,
  name: Line,
  description: Line,
  publishedVersion: Type.Union([Type.Integer(), Type.Null()]),
  /** All versions up to it can be named. Absent: from an older process, which does not say. */
  latestVersion: Type.Optional(Type.Integer({ minimum: 0 })),
  aliases: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
  createdAt: Type.String(),
})
export type FoundAgent = Static<typeof FoundAgent>

const AgentAnswer = Type.Object({
  questionId: QuestionId,
  agents: Type.Array(FoundAgent, { maxItems: 51 }),
})
export type AgentAnswer = Static<typeof AgentAnswer>

export const agentQuestionQueue = queue('agent-questions', {
  'agents.find': message(AgentQuestion, ({ questionId }) => questionId),
})

export const agentAnswerQueue = queue('workflow-answers', {
  'agents.found': message(AgentAnswer, ({ questionId }) => questionId),
})
