export {
  type AdviceAnswer,
  type AdviceGiven,
  type AdviceQuestion,
  MeasuredNode,
  WorkflowAdvice,
} from './advice.ts'
export {
  agentControlQueue,
  agentExecutionsQueue,
  agentQueue,
  agentToolAnswersQueue,
  GeneratedText,
  GenerateText,
  HttpAuth,
  HttpResponse,
  RanCode,
  RunCode,
  SecretName,
  SendHttpRequest,
  ToolAnswer,
} from './agent.ts'
export { AgentEvent, type PaidKind } from './agent-event.ts'
export {
  CheckedText,
  CheckText,
  RanAgent,
  RanTeam,
  RunAgent,
  RunTeam,
} from './agent-task.ts'
export {
  analyticsQueue,
  CostReport,
  CostRow,
  EVENTS_PER_MESSAGE,
  ReportQuery,
  UsageReport,
  UsageRow,
} from './analytics.ts'
export {
  type MessageContract,
  type MessageName,
  type MessagePayload,
  message,
  type OutgoingMessage,
  outgoing,
  type QueueContract,
  queue,
} from './define.ts'
export { agentEventVersions, runEventVersions } from './event-versions.ts'
export type { ExecutionEvent } from './execution-event.ts'
export { Filter, MetadataKey, MetadataText } from './filter.ts'
export {
  Caller,
  callerOf,
  EVERYBODY,
  Identity,
  INTERNAL_HEADERS,
  keyOf,
  SCOPES,
  Scope,
  SERVICES,
  type ServiceName,
  Tenant,
  type TraceContext,
} from './identity.ts'
export {
  AgentId,
  AgentTeamId,
  ApiKeyId,
  BudgetId,
  DatasetId,
  DocumentId,
  EvaluationId,
  EvaluatorId,
  EventTriggerId,
  ExecutionId,
  ExperimentId,
  type Id,
  KnowledgeBaseId,
  McpServerId,
  MemberId,
  NodeId,
  OrganizationId,
  ProjectId,
  PromptOptimizationId,
  RunId,
  ScheduleId,
  SecretId,
  ServicePrincipalId,
  TeamRunId,
  ThreadId,
  ToolId,
  WebhookDeliveryId,
  WebhookEndpointId,
  WebhookTriggerId,
  WorkflowId,
  WorkflowVersionId,
} from './ids.ts'
export {
  AgentSearch,
  evaluationQueue,
  ingestionQueue,
  knowledgeQueue,
  OnBehalfOf,
  PassageSource,
  SearchHit,
  SearchRequest,
  SearchResult,
} from './knowledge.ts'
export {
  MEMORY_KEY,
  MEMORY_OWNER,
  MEMORY_SCOPES,
  type MemoryScope,
  ReadMemory,
  RememberedEntries,
  WriteMemory,
} from './memory.ts'
export {
  type GiveUpMoney,
  type MoneyAnswer,
  moneyAnswerQueue,
  moneyQueue,
  type PaidUse,
  type ReserveMoney,
  type SettleMoney,
  type UsePrice,
} from './money.ts'
export { Page, PageQuery } from './page.ts'
export { Problem } from './problem.ts'
export {
  type AgentAnswer,
  type AgentQuestion,
  agentAnswerQueue,
  agentQuestionQueue,
  type FoundAgent,
  type FoundRun,
  type FoundWorkflow,
  type WorkAnswer,
  type WorkQuestion,
  workAnswerQueue,
  workQuestionQueue,
} from './question.ts'
export { EVENT_SOURCES, EventSource, RecordedEvent, resendEvents } from './recorded-event.ts'
export { RunEvent, type RunEventOf, type RunEventType, WAIT_KINDS, WaitKind } from './run-event.ts'
export { type Spender, spenderOf } from './spender.ts'
export { TAGS } from './tags.ts'
export {
  ERROR_CLASSES,
  ErrorClass,
  NodePath,
  TaskError,
  TaskOutcome,
  TaskRef,
  TaskUsage,
} from './task.ts'
export { workflowQueue, workflowToolQueue } from './workflow.ts'
