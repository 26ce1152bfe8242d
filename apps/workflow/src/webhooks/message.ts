import type { RecordedEvent, RunEvent, RunEventType, RunId } from '@dure/contracts'

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

/**
 * Of each event what is small and says what has happened. What is large, or somebody's data, is left
 * out: whoever may read the run gets it from the API.
 */
const TOLD: Readonly<Record<WebhookEventType, readonly string[]>> = {
  'run.started': ['startedBy'],
  'run.completed': [],
  'run.failed': ['error', 'nodeId'],
  'run.cancelled': ['by', 'reason'],
  'run.timed_out': ['error'],
  'run.paused': ['by'],
  'run.resumed': ['by'],
  'run.retried': ['by'],
  'approval.requested': ['nodeId', 'path', 'title', 'hash', 'dueAt'],
  'approval.decided': ['nodeId', 'path', 'decision', 'by', 'comment'],
  'approval.escalated': ['nodeId', 'path', 'to', 'level'],
  'node.needs-review': ['nodeId', 'path', 'error'],
}

export interface ToldRun {
  readonly workflowId: string
  readonly versionNumber: number
}

export function isTold(type: string): type is WebhookEventType {
  return Object.hasOwn(TOLD, type)
}

/**
 * The body of a delivery, as https://www.standardwebhooks.com wants it: `{type, timestamp, data}`.
 *
 * @param run undefined when it was deleted meanwhile
 */
export function messageOf(
  event: RecordedEvent & { readonly type: WebhookEventType },
  { run, approvalId }: { readonly run: ToldRun | undefined; readonly approvalId?: string },
): string {
  const told = event.data as Partial<Record<string, unknown>> & Pick<RunEvent, 'type'>
  const fields = TOLD[event.type].flatMap((name) =>
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
