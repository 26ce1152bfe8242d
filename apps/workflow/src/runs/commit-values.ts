import type { RunEvent, TraceContext } from '@dure/contracts'
import type { NewTask, RunChange } from '@dure/engine'

/** A change as the statement takes it: what is large is text already, once. */
export interface EncodedChange {
  readonly change: RunChange
  /** Headers of the trace that it happened in, when that is not the trace of the run. */
  readonly meta: TraceContext | null
  readonly events: string
  readonly tasks: readonly EncodedTask[]
  readonly bytes: number
}

interface EncodedTask {
  readonly task: NewTask
  readonly payload: string | null
  readonly request: string | null
  readonly lookup: string | null
}

export interface Encoding {
  readonly trace: TraceContext
  lookupOf(run: RunChange['run'], task: NewTask): string | null
}

export function encodeChange(change: RunChange, { trace, lookupOf }: Encoding): EncodedChange {
  const events = JSON.stringify(change.events)
  const tasks = change.tasks.map((task) => ({
    task,
    payload: task.message && jsonOf(task.message.payload),
    request: task.request && jsonOf(task.request),
    lookup: lookupOf(change.run, task),
  }))
  const bytes = tasks.reduce(
    (sum, { payload, request }) => sum + (payload?.length ?? 0) + (request?.length ?? 0),
    events.length,
  )
  const ofRun = traceId(trace) === undefined || traceId(trace) === traceId(change.run.trace)
  return { change, meta: ofRun ? null : trace, events, tasks, bytes }
}

/** The arguments of `commit_runs`, in their order. */
export function commitValues(encoded: readonly EncodedChange[]): unknown[] {
  return [...runValues(encoded), ...taskValues(encoded), ...pathValues(encoded)]
}

function runValues(encoded: readonly EncodedChange[]): unknown[] {
  const of = <Value>(value: (change: RunChange) => Value) =>
    encoded.map(({ change }) => value(change))
  return [
    of(({ run }) => run.id),
    of(({ run }) => run.tenant.organizationId),
    of(({ run }) => run.tenant.projectId),
    of(({ expectedVersion }) => expectedVersion),
    of(({ events }) => events.length),
    encoded.map(({ events }) => events),
    encoded.map(({ meta }) => meta && JSON.stringify(meta)),
    of(({ status }) => status),
    of(({ output }) => (output === undefined ? null : JSON.stringify(output))),
    of(({ error }) => error && JSON.stringify(error)),
    of(({ costMicroUsd }) => costMicroUsd),
    of(({ wakeAt }) => wakeAt && Math.ceil(wakeAt)),
    of(({ lease }) => lease?.owner ?? null),
    of(({ lease }) => lease && Math.ceil(lease.forMs)),
    of(({ events }) => deadlineIn(events)),
    of((change) => creationOf(change)),
    of(({ creation, run }) => creation && jsonOf(run.input)),
  ]
}

function taskValues(encoded: readonly EncodedChange[]): unknown[] {
  const tasks = encoded.flatMap(({ change, tasks }) =>
    tasks.map((one) => ({ ...one, runId: change.run.id })),
  )
  return [
    tasks.map(({ runId }) => runId),
    tasks.map(({ task }) => task.path),
    tasks.map(({ task }) => task.attempt),
    tasks.map(({ task }) => task.kind),
    tasks.map(({ task }) => task.message?.queue ?? null),
    tasks.map(({ task }) => task.message?.name ?? null),
    tasks.map(({ task }) => task.message?.key ?? null),
    tasks.map(({ payload }) => payload),
    tasks.map(({ request }) => request),
    tasks.map(({ task }) => task.childRunId),
    tasks.map(({ lookup }) => lookup),
    tasks.map(({ task }) => task.cache?.key ?? null),
    tasks.map(({ task }) => task.cache?.ttlS ?? null),
  ]
}

function pathValues(encoded: readonly EncodedChange[]): unknown[] {
  return (['folded', 'cancelled', 'consumed'] as const).flatMap((which) => {
    const pairs = encoded.flatMap(({ change }) =>
      change[which].map((name) => ({ runId: change.run.id, name })),
    )
    return [pairs.map(({ runId }) => runId), pairs.map(({ name }) => name)]
  })
}

/** What is written once; the input goes beside it, because it may hold what `jsonb` does not take. */
function creationOf({ run, creation }: RunChange): string | null {
  if (creation === null) return null
  const { workflowId, versionId, versionNumber, startedBy, trace, seed } = run
  const { depth, parent, priority, timeoutMs, caller } = run
  const origin = { workflowId, versionId, versionNumber, startedBy, trace, seed }
  return JSON.stringify({ ...creation, ...origin, depth, parent, priority, timeoutMs, caller })
}

function deadlineIn(events: readonly RunEvent[]): number | null {
  const started = events.find((event) => event.type === 'run.started')
  return started?.deadlineAt ?? null
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value ?? null)
}

/** `00-<trace id>-<span id>-<flags>`, https://www.w3.org/TR/trace-context/#traceparent-header */
function traceId({ traceparent }: TraceContext): string | undefined {
  return traceparent?.split('-')[1]
}
