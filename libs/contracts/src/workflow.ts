import { type Static, Type } from 'typebox'
import { message, queue } from './define.ts'
import { NodeId, WorkflowId, WorkflowVersionId } from './ids.ts'
import { resendEvents } from './recorded-event.ts'
import { TaskError, TaskOutcome, TaskRef, TaskUsage } from './task.ts'

export const workflowQueue = queue('workflow', {
  /** Another service has executed a task of ours, or has given it up. */
  'task.finish': message(
    Type.Object({ task: TaskRef, outcome: TaskOutcome }),
    ({ task }) => `${task.taskKey}#${task.attempt}`,
  ),
  'events.resend': resendEvents,
})

/**
 * The one definition of what can happen to a run: the aggregate folds it, the event store checks
 * it, analytics reads it. Add a variant freely; never change one that has been recorded.
 */
export const RunEvent = Type.Union([
  Type.Object({
    type: Type.Literal('run.started'),
    workflowId: WorkflowId,
    versionId: WorkflowVersionId,
    versionNumber: Type.Integer({ minimum: 1 }),
    input: Type.Unknown(),
    startedBy: Type.String(),
  }),
  Type.Object({
    type: Type.Literal('node.scheduled'),
    nodeId: NodeId,
    nodeType: Type.String(),
    attempt: Type.Integer({ minimum: 1 }),
  }),
  Type.Object({
    type: Type.Literal('node.completed'),
    nodeId: NodeId,
    nodeType: Type.String(),
    /** The way out that the node took: edges from its other ports are dead. */
    port: Type.String(),
    data: Type.Unknown(),
    usage: Type.Optional(TaskUsage),
    durationMs: Type.Optional(Type.Integer()),
  }),
  Type.Object({
    type: Type.Literal('node.failed'),
    nodeId: NodeId,
    nodeType: Type.String(),
    error: TaskError,
  }),
  Type.Object({ type: Type.Literal('node.skipped'), nodeId: NodeId }),
  Type.Object({ type: Type.Literal('run.completed'), output: Type.Unknown() }),
  Type.Object({
    type: Type.Literal('run.failed'),
    error: TaskError,
    nodeId: Type.Optional(NodeId),
  }),
])
export type RunEvent = Static<typeof RunEvent>
