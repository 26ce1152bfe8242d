import { type Static, type TProperties, Type } from 'typebox'
import { NodeId, RunId, WorkflowId, WorkflowVersionId } from './ids.ts'
import { NodePath, TaskError, TaskUsage } from './task.ts'

/** Epoch milliseconds by the clock of PostgreSQL. */
const Instant = Type.Integer({ minimum: 0 })
const Attempt = Type.Integer({ minimum: 1 })

/** What a node that is under way waits for. */
export const WAIT_KINDS = [
  /** Another service to execute it. */
  'task',
  /** A moment. */
  'timer',
  /** An event or a callback. */
  'event',
  /** People to decide. */
  'approval',
  /** A run of another workflow. */
  'child',
  /** Itself: it executes in the workflow service, after this event was committed. */
  'in-place',
  /** The iterations of its body. */
  'body',
] as const
export const WaitKind = Type.Enum(WAIT_KINDS)
export type WaitKind = Static<typeof WaitKind>

function ofRun<Type extends string, More extends TProperties>(type: Type, more: More) {
  return Type.Object({ type: Type.Literal(type), ...more })
}

/** `path` is left out where it is the id of the node, which is everywhere outside of bodies. */
function ofNode<Kind extends string, More extends TProperties>(type: Kind, more: More) {
  return Type.Object({
    type: Type.Literal(type),
    nodeId: NodeId,
    path: Type.Optional(NodePath),
    ...more,
  })
}

/**
 * The one definition of what can happen to a run: the engine folds it, streams and webhooks show it,
 * analytics reads it. Any change of a variant is a new version of it: docs/how-to/change-an-event.md.
 */
export const RunEvent = Type.Union([
  ofRun('run.queued', {
    workflowId: WorkflowId,
    versionId: WorkflowVersionId,
    versionNumber: Type.Integer({ minimum: 1 }),
    startedBy: Type.String(),
    /** `backlog`, `concurrency-key`, `debounce` or `scheduled`. */
    reason: Type.String(),
  }),
  ofRun('run.started', {
    workflowId: WorkflowId,
    versionId: WorkflowVersionId,
    versionNumber: Type.Integer({ minimum: 1 }),
    input: Type.Unknown(),
    startedBy: Type.String(),
    startedAt: Type.Optional(Instant),
    deadlineAt: Type.Optional(Instant),
    /** Absent: 0, a run that nobody's run started. */
    depth: Type.Optional(Type.Integer({ minimum: 0 })),
    parent: Type.Optional(Type.Object({ runId: RunId, path: NodePath, attempt: Attempt })),
    /** Of which run it takes over what had happened up to that version of it. */
    forkedFrom: Type.Optional(Type.Object({ runId: RunId, version: Type.Integer({ minimum: 1 }) })),
    /** Values of the variables that a fork begins with. */
    vars: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
  ofRun('run.paused', { by: Type.String() }),
  ofRun('run.resumed', { by: Type.String() }),
  /** It had failed: these nodes, and what depends on them, are executed again. */
  ofRun('run.retried', {
    by: Type.String(),
    paths: Type.Array(NodePath),
    deadlineAt: Type.Optional(Instant),
  }),
  ofRun('run.cancel-requested', { by: Type.String(), reason: Type.Optional(Type.String()) }),
  ofRun('run.signalled', {
    name: Type.String(),
    payload: Type.Unknown(),
    by: Type.String(),
    /** Too many of this name wait already: no node will ever take it. */
    dropped: Type.Optional(Type.Boolean()),
  }),
  /** What the caller of a webhook is answered, while the run goes on. */
  ofRun('run.responded', {
    nodeId: NodeId,
    status: Type.Integer(),
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.Unknown(),
  }),
  ofRun('run.completed', { output: Type.Unknown() }),
  ofRun('run.failed', { error: TaskError, nodeId: Type.Optional(NodeId) }),
  ofRun('run.cancelled', { by: Type.String(), reason: Type.Optional(Type.String()) }),
  ofRun('run.timed_out', { error: TaskError }),

  ofNode('node.scheduled', {
    nodeType: Type.String(),
    attempt: Attempt,
    /** Absent: `task`. */
    kind: Type.Optional(WaitKind),
    /** When it goes on by itself: the end of a delay, the deadline of an approval or of an event. */
    dueAt: Type.Optional(Instant),
    /** Of a child: its run. */
    childRunId: Type.Optional(RunId),
    /** Of an approval or an event: what it asks for. */
    request: Type.Optional(Type.Unknown()),
  }),
  /** It executes in the workflow service: as an effect in place, or as a container of a body. */
  ofNode('node.started', {
    nodeType: Type.String(),
    attempt: Attempt,
    kind: WaitKind,
    /** Of a map: what it iterates over, or a reference to it. */
    items: Type.Optional(Type.Unknown()),
    dueAt: Type.Optional(Instant),
  }),
  ofNode('node.retrying', {
    nodeType: Type.String(),
    /** The attempt that failed. */
    attempt: Attempt,
    error: TaskError,
    dueAt: Instant,
  }),
  ofNode('node.completed', {
    nodeType: Type.String(),
    /** The way out that the node took: edges from its other ports are dead. */
    port: Type.String(),
    data: Type.Unknown(),
    usage: Type.Optional(TaskUsage),
    durationMs: Type.Optional(Type.Integer()),
    attempt: Type.Optional(Attempt),
    cached: Type.Optional(Type.Boolean()),
    /** Variables of the run that it set. */
    vars: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** Of a node that waited: the signal that it took. */
    signal: Type.Optional(Type.String()),
  }),
  /** One iteration of the body of a container is over. */
  ofNode('iteration.completed', {
    index: Type.Integer({ minimum: 0 }),
    status: Type.Enum(['completed', 'failed', 'left']),
    /** Its result is the data of this node of it; absent: `data`. */
    from: Type.Optional(NodeId),
    data: Type.Optional(Type.Unknown()),
    error: Type.Optional(TaskError),
    /** How it was left. */
    leave: Type.Optional(Type.Enum(['break', 'continue'])),
  }),
  ofNode('node.failed', {
    nodeType: Type.String(),
    error: TaskError,
    attempt: Type.Optional(Attempt),
    /**
     * `branch`: it goes on by the port `error`. `default`: with the data of its policy. `join`: a
     * join further on counts it. Absent: what contains it fails, too.
     */
    handled: Type.Optional(Type.Enum(['branch', 'default', 'join'])),
    /** With `default`, its data from now on. */
    data: Type.Optional(Type.Unknown()),
  }),
  ofNode('node.skipped', {}),
  /** Nobody needs it any more: it lost a race, its loop was left, or its run ended. */
  ofNode('node.cancelled', { reason: Type.String() }),
  /** A write with an unknown outcome: somebody has to say what became of it. */
  ofNode('node.needs-review', { nodeType: Type.String(), attempt: Attempt, error: TaskError }),
  /** The answer to that. */
  ofNode('node.reviewed', {
    resolution: Type.Enum(['succeeded', 'failed', 'retry']),
    by: Type.String(),
    note: Type.Optional(Type.String()),
  }),
  ofNode('approval.requested', {
    title: Type.String(),
    hash: Type.String(),
    dueAt: Type.Optional(Instant),
  }),
  ofNode('approval.decided', {
    decision: Type.Enum(['approve', 'reject']),
    by: Type.String(),
    comment: Type.Optional(Type.String()),
    /** The payload as it was edited; the approval is of this, and earlier ones do not count. */
    edit: Type.Optional(Type.Unknown()),
    /** Of the payload that was decided on. */
    hash: Type.String(),
  }),
  ofNode('approval.escalated', { to: Type.Array(Type.String()), level: Type.Integer() }),
])
export type RunEvent = Static<typeof RunEvent>
export type RunEventType = RunEvent['type']
export type RunEventOf<Type extends RunEventType> = Extract<RunEvent, { type: Type }>
