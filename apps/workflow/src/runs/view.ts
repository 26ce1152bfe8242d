import { NodeId, RunId, TaskError, WorkflowId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { RunEventView, RunRow } from './run-row.ts'

export const RunSummary = Type.Object(
  {
    id: RunId,
    workflowId: WorkflowId,
    version: Type.Integer({ description: 'Of the workflow' }),
    status: Type.Enum(['running', 'completed', 'failed']),
    error: Type.Union([TaskError, Type.Null()]),
    costMicroUsd: Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' }),
    traceId: Type.Union([Type.String(), Type.Null()], { description: 'Look it up in Jaeger' }),
    createdAt: Type.String({ format: 'date-time' }),
    endedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { $id: 'RunSummary' },
)

const RunNode = Type.Object(
  {
    id: NodeId,
    status: Type.Enum(['scheduled', 'completed', 'failed', 'skipped']),
    port: Type.Optional(Type.String()),
    data: Type.Optional(Type.Unknown()),
    error: Type.Optional(TaskError),
    durationMs: Type.Optional(Type.Integer()),
    costMicroUsd: Type.Optional(Type.Integer()),
  },
  { $id: 'RunNode' },
)

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
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  }
}

export function viewDetail(run: RunRow, events: readonly RunEventView[]): Static<typeof RunDetail> {
  const nodes = new Map<NodeId, Static<typeof RunNode>>()
  for (const { event } of events) {
    switch (event.type) {
      case 'node.scheduled':
        nodes.set(event.nodeId, { id: event.nodeId, status: 'scheduled' })
        break
      case 'node.completed':
        nodes.set(event.nodeId, {
          id: event.nodeId,
          status: 'completed',
          port: event.port,
          data: event.data,
          ...(event.durationMs !== undefined && { durationMs: event.durationMs }),
          ...(event.usage && { costMicroUsd: event.usage.costMicroUsd }),
        })
        break
      case 'node.failed':
        nodes.set(event.nodeId, { id: event.nodeId, status: 'failed', error: event.error })
        break
      case 'node.skipped':
        nodes.set(event.nodeId, { id: event.nodeId, status: 'skipped' })
        break
    }
  }
  return { ...viewSummary(run), input: run.input, output: run.output, nodes: [...nodes.values()] }
}

/** `id` rises by one from event to event of a run: whoever has seen `n` goes on with `n + 1`. */
export function viewEvent(runId: RunId, { version, at, event }: RunEventView) {
  const { type, ...data } = event
  const id = String(version)
  return { id, event: type, data: { id, type, runId, time: at.toISOString(), data } }
}
