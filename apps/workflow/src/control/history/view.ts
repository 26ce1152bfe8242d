import { NodeId, NodePath, RunId, TaskError, WaitKind } from '@dure/contracts'
import type { NodeRecord } from '@dure/engine'
import { type Static, Type } from 'typebox'
import { NODE_STATUSES } from '../../runs/view.ts'
import type { Checkpoint } from './checkpoints.ts'

const Time = Type.String({ format: 'date-time' })

export const RunNodeView = Type.Object(
  {
    path: NodePath,
    nodeId: NodeId,
    type: Type.Union([Type.String(), Type.Null()], { description: 'null when it was skipped' }),
    status: Type.Enum(NODE_STATUSES),
    attempts: Type.Integer({ description: 'Executions; 0 of a node that is computed on the way' }),
    waitsFor: Type.Optional(WaitKind),
    dueAt: Type.Optional(Time),
    port: Type.Optional(Type.String({ description: 'The way out that it took' })),
    data: Type.Optional(
      Type.Unknown({
        description:
          'Of a page, 4 MiB at the most; what is beyond is `{ $payload, bytes }`: ask for fewer nodes',
      }),
    ),
    error: Type.Optional(TaskError),
    childRunId: Type.Optional(RunId),
    startedAt: Time,
    endedAt: Type.Union([Time, Type.Null()]),
    durationMs: Type.Optional(Type.Integer({ description: 'Of the execution that succeeded' })),
    costMicroUsd: Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' }),
    callbackPath: Type.Optional(
      Type.String({ description: 'Of a node that waits for an event: a POST there delivers it' }),
    ),
  },
  { $id: 'RunNodeDetail' },
)

export const CheckpointView = Type.Object(
  {
    version: Type.Integer({ description: 'What a fork names as `fromCheckpoint`' }),
    at: Time,
    events: Type.Array(
      Type.Object({ type: Type.String(), path: Type.Union([NodePath, Type.Null()]) }),
    ),
    more: Type.Integer({ description: 'Events beyond those that are shown' }),
  },
  { $id: 'RunCheckpoint' },
)

/** @param data as it is shown */
export function viewNode(
  node: NodeRecord,
  data: unknown,
  callbackPath: string | undefined,
): Static<typeof RunNodeView> {
  const { kind, dueAt, port, error, childRunId, durationMs } = node
  return {
    path: node.path,
    nodeId: node.nodeId,
    type: node.type === '' ? null : node.type,
    status: node.status,
    attempts: node.attempts,
    ...(kind && node.endedAt === null && { waitsFor: kind }),
    ...(dueAt !== undefined && { dueAt: new Date(dueAt).toISOString() }),
    ...(port !== undefined && { port }),
    ...(data !== undefined && { data }),
    ...(error && { error }),
    ...(childRunId && { childRunId }),
    startedAt: node.startedAt.toISOString(),
    endedAt: node.endedAt?.toISOString() ?? null,
    ...(durationMs !== undefined && { durationMs }),
    costMicroUsd: node.costMicroUsd,
    ...(callbackPath !== undefined && { callbackPath }),
  }
}

export function viewCheckpoint(checkpoint: Checkpoint): Static<typeof CheckpointView> {
  const { version, at, events, more } = checkpoint
  return { version, at: at.toISOString(), events: [...events], more }
}
