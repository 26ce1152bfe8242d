import { NodeId, NodePath, type RunEvent, RunId, TaskError, WorkflowId } from '@dure/contracts'
import type { RunRow } from '@dure/engine'
import { type Static, Type } from 'typebox'
import type { RunEventView } from './run-row.ts'

export const RUN_STATUSES = [
  'queued',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
] as const

export const NODE_STATUSES = [
  'scheduled',
  'started',
  'retrying',
  'review',
  'completed',
  'failed',
  'skipped',
  'cancelled',
] as const

export const RunSummary = Type.Object(
  {
    id: RunId,
    workflowId: WorkflowId,
    version: Type.Integer({ description: 'Of the workflow' }),
    status: Type.Enum(RUN_STATUSES),
    error: Type.Union([TaskError, Type.Null()]),
    costMicroUsd: Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' }),
    traceId: Type.Union([Type.String(), Type.Null()], { description: 'Look it up in Jaeger' }),
    parentRunId: Type.Union([RunId, Type.Null()], {
      description: 'The run that waits for this one, or started it',
    }),
    priority: Type.Integer({ description: '0 lowest, 9 highest' }),
    createdAt: Type.String({ format: 'date-time' }),
    endedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { $id: 'RunSummary' },
)

const RunNode = Type.Object(
  {
    id: NodeId,
    path: Type.Optional(NodePath),
    status: Type.Enum(NODE_STATUSES),
    port: Type.Optional(Type.String()),
    data: Type.Optional(Type.Unknown()),
    error: Type.Optional(TaskError),
    attempt: Type.Optional(Type.Integer()),
    durationMs: Type.Optional(Type.Integer()),
    costMicroUsd: Type.Optional(Type.Integer()),
  },
  { $id: 'RunNode' },
)
type RunNode = Static<typeof RunNode>

export const RunDetail = Type.Object(
  {
    ...RunSummary.properties,
    input: Type.Unknown(),
    output: Type.Unknown({ description: 'null until the run is completed' }),
    nodes: Type.Array(RunNode, { description: 'In the order in which they were reached' }),
  },
  { $id: 'Run' },
)

export function viewSummary(run: RunRow): Static<typeof RunSummary> {
  return {
    id: run.id,
    workflowId: run.workflowId,
    version: run.versionNumber,
    status: run.status,
    error: run.error,
    costMicroUsd: run.costMicroUsd,
    traceId: run.trace.traceparent?.split('-')[1] ?? null,
    parentRunId: run.parent?.runId ?? null,
    priority: run.priority,
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  }
}

export function viewDetail(run: RunRow, events: readonly RunEvent[]): Static<typeof RunDetail> {
  const nodes = new Map<string, RunNode>()
  for (const event of events) {
    const seen = nodeOf(event)
    if (seen) nodes.set(seen.path ?? seen.id, seen)
  }
  return { ...viewSummary(run), input: run.input, output: run.output, nodes: [...nodes.values()] }
}

/** What an event says of a node; undefined when it says nothing of where a node stands. */
function nodeOf(event: RunEvent): RunNode | undefined {
  if (!event.type.startsWith('node.') || !('nodeId' in event) || event.nodeId === undefined) {
    return undefined
  }
  const named = { id: event.nodeId, ...('path' in event && event.path && { path: event.path }) }
  switch (event.type) {
    case 'node.scheduled':
      return { ...named, status: 'scheduled', attempt: event.attempt }
    case 'node.started':
      return { ...named, status: 'started', attempt: event.attempt }
    case 'node.retrying':
      return { ...named, status: 'retrying', attempt: event.attempt, error: event.error }
    case 'node.needs-review':
      return { ...named, status: 'review', attempt: event.attempt, error: event.error }
    case 'node.completed':
      return {
        ...named,
        status: 'completed',
        port: event.port,
        data: event.data,
        ...(event.durationMs !== undefined && { durationMs: event.durationMs }),
        ...(event.usage && { costMicroUsd: event.usage.costMicroUsd }),
      }
    case 'node.failed':
      return { ...named, status: 'failed', error: event.error }
    case 'node.skipped':
      return { ...named, status: 'skipped' }
    case 'node.cancelled':
      return { ...named, status: 'cancelled' }
    default:
      return undefined
  }
}

/** `id` rises by one from event to event of a run: whoever has seen `n` goes on with `n + 1`. */
export function viewEvent(runId: RunId, { version, at, event }: RunEventView) {
  const { type, ...data } = event
  const id = String(version)
  return { id, event: type, data: { id, type, runId, time: at.toISOString(), data } }
}
