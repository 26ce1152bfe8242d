export {
  AgentEvent,
  agentQueue,
  GeneratedText,
  GenerateText,
  HttpResponse,
  SendHttpRequest,
} from './agent.ts'
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
export {
  Identity,
  INTERNAL_HEADERS,
  SCOPES,
  Scope,
  SERVICES,
  type ServiceName,
  Tenant,
  type TraceContext,
} from './identity.ts'
export {
  DocumentId,
  type Id,
  KnowledgeBaseId,
  NodeId,
  OrganizationId,
  ProjectId,
  RunId,
  WorkflowId,
  WorkflowVersionId,
} from './ids.ts'
export {
  ingestionQueue,
  knowledgeQueue,
  SearchHit,
  SearchRequest,
  SearchResult,
} from './knowledge.ts'
export { Page, PageQuery } from './page.ts'
export { Problem } from './problem.ts'
export { EVENT_SOURCES, EventSource, RecordedEvent, resendEvents } from './recorded-event.ts'
export { TaskError, TaskOutcome, TaskRef, TaskUsage } from './task.ts'
export { RunEvent, workflowQueue } from './workflow.ts'
