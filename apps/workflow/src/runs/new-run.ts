import type { Caller, RunEvent, RunId, Tenant, TraceContext } from '@dure/contracts'
import {
  absentRun,
  type Created,
  type Creation,
  evolve,
  type LeaveQueue,
  type PublishedVersion,
  type RunCommand,
  type RunIdentity,
  type RunRow,
  type RunStatus,
} from '@dure/engine'
import type { StartRun } from './start-service.ts'

const DEFAULT_PRIORITY = 5

/** What a new run has that nobody asks for. */
export interface NewRunParts {
  readonly id: RunId
  readonly seed: string
  readonly trace: TraceContext
  /** Milliseconds that any run may take. */
  readonly maxTimeoutMs: number
}

type Ordered = {
  readonly tenant: Tenant
  readonly startedBy: string
  readonly caller?: Caller | null | undefined
  readonly input: unknown
} & Pick<StartRun, 'priority' | 'timeoutMs' | 'alias' | 'depth'>

export function newRun(order: Ordered, version: PublishedVersion, parts: NewRunParts): RunIdentity {
  const { tenant, startedBy, caller = null, input, timeoutMs, alias = null } = order
  const { priority = DEFAULT_PRIORITY, depth = 0 } = order
  const { id, seed, trace, maxTimeoutMs } = parts
  return {
    ...{ id, tenant, input, startedBy, caller, seed, priority, trace, alias },
    workflowId: version.workflowId,
    versionId: version.id,
    versionNumber: version.number,
    depth,
    parent: null,
    timeoutMs: Math.min(timeoutMs ?? maxTimeoutMs, maxTimeoutMs),
  }
}

/**
 * What lets a run begin, also one that has waited.
 *
 * @param vars what its variables are at first
 */
export function startCommand(
  run: RunIdentity,
  at: number,
  vars: Readonly<Record<string, unknown>> | undefined,
): Extract<LeaveQueue, { type: 'run.start' }> {
  const { workflowId, versionId, versionNumber, input, startedBy, depth, parent, timeoutMs } = run
  return {
    type: 'run.start',
    ...{ workflowId, versionId, versionNumber, input, startedBy },
    startedAt: at,
    deadlineAt: at + timeoutMs,
    ...(depth > 0 && { depth }),
    ...(parent && { parent }),
    ...(vars && { vars: { ...vars } }),
  }
}

export function queueCommand(run: RunIdentity, reason: string): RunCommand {
  const { workflowId, versionId, versionNumber, startedBy } = run
  return { type: 'run.queue', workflowId, versionId, versionNumber, startedBy, reason }
}

export function creationOf(
  order: Partial<StartRun>,
  { requestHash, startAfterMs }: Pick<Creation, 'requestHash' | 'startAfterMs'>,
): Creation {
  const { idempotencyKey = null, concurrency, debounce, ttlMs = null, labels, alias } = order
  return {
    idempotencyKey,
    requestHash,
    concurrencyKey: concurrency?.key ?? null,
    debounceKey: debounce?.key ?? null,
    ttlMs,
    startAfterMs,
    labels: { ...labels, ...(alias && { alias }) },
  }
}

/** A run as its first commit had left it, told from the events of that. */
export function asStarted(run: RunRow, events: readonly RunEvent[]): RunRow {
  const state = absentRun()
  for (const event of events) evolve(state, event)
  return rowOf(run, { state, events, at: run.createdAt.getTime() }, run.requestHash)
}

/** The row of a run as its first commit has left it, without reading it. */
export function rowOf(
  run: RunIdentity,
  { state, at }: Created,
  requestHash: string | null,
): RunRow {
  const status = state.phase as RunStatus
  const ended = !['queued', 'running', 'paused'].includes(status)
  const time = new Date(at)
  return {
    ...run,
    status,
    version: state.version,
    output: ended ? state.output : null,
    error: ended && state.error ? { code: state.error.code, message: state.error.message } : null,
    costMicroUsd: state.costMicroUsd,
    requestHash,
    createdAt: time,
    endedAt: ended ? time : null,
  }
}
