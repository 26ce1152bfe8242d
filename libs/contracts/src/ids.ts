import { type Static, Type } from 'typebox'

declare const brand: unique symbol

/** A string that only its own kind of id can be assigned to. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

/** `run_0198c0de…`: an id says what it names, in a log line as well as in a URL. */
function id<Kind extends string>(prefix: string) {
  return Type.Unsafe<Id<Kind>>(
    Type.String({
      pattern: `^${prefix}_[0-9a-f]{32}$`,
      examples: [`${prefix}_0198c0de4a7b7c3e9f10223344556677`],
    }),
  )
}

export const OrganizationId = id<'organization'>('org')
export type OrganizationId = Static<typeof OrganizationId>

export const ProjectId = id<'project'>('prj')
export type ProjectId = Static<typeof ProjectId>

export const ApiKeyId = id<'api-key'>('key')
export type ApiKeyId = Static<typeof ApiKeyId>

export const MemberId = id<'member'>('usr')
export type MemberId = Static<typeof MemberId>

export const ServicePrincipalId = id<'service-principal'>('svc')
export type ServicePrincipalId = Static<typeof ServicePrincipalId>

export const WorkflowId = id<'workflow'>('wf')
export type WorkflowId = Static<typeof WorkflowId>

/** One published, immutable state of a workflow. */
export const WorkflowVersionId = id<'workflow-version'>('wfv')
export type WorkflowVersionId = Static<typeof WorkflowVersionId>

export const RunId = id<'run'>('run')
export type RunId = Static<typeof RunId>

export const ScheduleId = id<'schedule'>('sch')
export type ScheduleId = Static<typeof ScheduleId>

export const WebhookTriggerId = id<'webhook-trigger'>('whk')
export type WebhookTriggerId = Static<typeof WebhookTriggerId>

export const EventTriggerId = id<'event-trigger'>('evt')
export type EventTriggerId = Static<typeof EventTriggerId>

export const KnowledgeBaseId = id<'knowledge-base'>('kb')
export type KnowledgeBaseId = Static<typeof KnowledgeBaseId>

export const DocumentId = id<'document'>('doc')
export type DocumentId = Static<typeof DocumentId>

export const EvaluationId = id<'evaluation'>('eval')
export type EvaluationId = Static<typeof EvaluationId>

export const SecretId = id<'secret'>('sec')
export type SecretId = Static<typeof SecretId>

export const WebhookEndpointId = id<'webhook-endpoint'>('whe')
export type WebhookEndpointId = Static<typeof WebhookEndpointId>

export const WebhookDeliveryId = id<'webhook-delivery'>('whd')
export type WebhookDeliveryId = Static<typeof WebhookDeliveryId>

export const AgentId = id<'agent'>('agt')
export type AgentId = Static<typeof AgentId>

export const ExecutionId = id<'execution'>('exe')
export type ExecutionId = Static<typeof ExecutionId>

export const ThreadId = id<'thread'>('thr')
export type ThreadId = Static<typeof ThreadId>

export const AgentTeamId = id<'agent-team'>('team')
export type AgentTeamId = Static<typeof AgentTeamId>

export const TeamRunId = id<'team-run'>('tru')
export type TeamRunId = Static<typeof TeamRunId>

export const ToolId = id<'tool'>('tool')
export type ToolId = Static<typeof ToolId>

export const McpServerId = id<'mcp-server'>('mcp')
export type McpServerId = Static<typeof McpServerId>

export const BudgetId = id<'budget'>('bud')
export type BudgetId = Static<typeof BudgetId>

export const DatasetId = id<'dataset'>('dst')
export type DatasetId = Static<typeof DatasetId>

export const EvaluatorId = id<'evaluator'>('evr')
export type EvaluatorId = Static<typeof EvaluatorId>

export const ExperimentId = id<'experiment'>('exp')
export type ExperimentId = Static<typeof ExperimentId>

export const PromptOptimizationId = id<'prompt-optimization'>('opt')
export type PromptOptimizationId = Static<typeof PromptOptimizationId>

/** Chosen by the author of a workflow, unique within it; `_`, not `-`, so that expressions can name it. */
export const NodeId = Type.Unsafe<Id<'node'>>(
  Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$', examples: ['find_articles'] }),
)
export type NodeId = Static<typeof NodeId>
