import {
  NodeId,
  NodePath,
  type RecordedEvent,
  type RunEvent,
  type RunEventType,
  RunId,
  TaskError,
  WebhookEndpointId,
  WorkflowId,
} from '@dure/contracts'
import { type TProperties, type TSchema, Type } from 'typebox'

/** What an endpoint can be told of. Their names are those of the events of runs. */
export const WEBHOOK_EVENT_TYPES = [
  'run.started',
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.timed_out',
  'run.paused',
  'run.resumed',
  'run.retried',
  'approval.requested',
  'approval.decided',
  'approval.escalated',
  'node.needs-review',
] as const satisfies readonly RunEventType[]
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number]

/** Sent by `:test`, whatever the endpoint wants to be told. */
export const TEST_EVENT = 'webhook.test'

const At = Type.String({ format: 'date-time' })
const By = Type.String({
  description: 'The principal',
  examples: ['key_0198c0de4a7b7c3e9f10223344556677'],
})
const Place = {
  nodeId: NodeId,
  path: Type.Optional(NodePath),
}
const Approval = {
  ...Place,
  approvalId: Type.String({ pattern: '^apr_[0-9a-f]{32}$' }),
}

/**
 * Of each event what is small and says what has happened. What is large, or somebody's data, is left
 * out: whoever may read the run gets it from the API.
 */
const TOLD = {
  'run.started': { startedBy: By },
  'run.completed': {},
  'run.failed': { error: TaskError, nodeId: Type.Optional(NodeId) },
  'run.cancelled': { by: By, reason: Type.Optional(Type.String()) },
  'run.timed_out': { error: TaskError },
  'run.paused': { by: By },
  'run.resumed': { by: By },
  'run.retried': { by: By },
  'approval.requested': {
    ...Approval,
    ...{ title: Type.String(), hash: Type.String(), dueAt: Type.Optional(At) },
  },
  'approval.decided': {
    ...Approval,
    ...{
      decision: Type.Enum(['approve', 'reject']),
      by: By,
      comment: Type.Optional(Type.String()),
    },
  },
  'approval.escalated': { ...Approval, to: Type.Array(Type.String()), level: Type.Integer() },
  'node.needs-review': { ...Place, error: TaskError },
} as const satisfies Readonly<Record<WebhookEventType, TProperties>>

/** The body of a delivery, as https://www.standardwebhooks.com wants it: `{type, timestamp, data}`. */
export function messageSchema(type: WebhookEventType): TSchema {
  const data = Type.Object({
    runId: RunId,
    workflowId: Type.Optional(WorkflowId),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    seq: Type.Integer({ minimum: 1, description: 'Of the event among those of its run' }),
    ...TOLD[type],
  })
  return Type.Object({ type: Type.Literal(type), timestamp: At, data })
}

export const TestMessage = Type.Object({
  type: Type.Literal(TEST_EVENT),
  timestamp: At,
  data: Type.Object({ endpointId: WebhookEndpointId }),
})

export interface ToldRun {
  readonly workflowId: string
  readonly versionNumber: number
}

export function isTold(type: string): type is WebhookEventType {
  return Object.hasOwn(TOLD, type)
}

/**
 * The body of a delivery: see `messageSchema`.
 *
 * @param run undefined when it was deleted meanwhile
 */
export function messageOf(
  event: RecordedEvent & { readonly type: WebhookEventType },
  { run, approvalId }: { readonly run: ToldRun | undefined; readonly approvalId?: string },
): string {
  const told = event.data as Partial<Record<string, unknown>> & Pick<RunEvent, 'type'>
  const fields = Object.keys(TOLD[event.type]).flatMap((name) =>
    told[name] === undefined ? [] : [[name, forPeople(name, told[name])] as const],
  )
  return JSON.stringify({
    type: event.type,
    timestamp: event.at,
    data: {
      runId: event.stream as RunId,
      ...(run && { workflowId: run.workflowId, version: run.versionNumber }),
      seq: event.version,
      ...(approvalId !== undefined && { approvalId }),
      ...Object.fromEntries(fields),
    },
  })
}

export function testMessage(at: Date, data: { readonly endpointId: string }): string {
  return JSON.stringify({ type: TEST_EVENT, timestamp: at.toISOString(), data })
}

/** Times are texts wherever somebody else reads them. */
function forPeople(name: string, value: unknown): unknown {
  return name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value
}
