import type {
  Caller,
  OutgoingMessage,
  RunEvent,
  RunId,
  TaskOutcome,
  Tenant,
  TraceContext,
  WaitKind,
  WorkflowId,
  WorkflowVersionId,
} from '@dure/contracts'
import type { Graph } from '../graph/graph.ts'
import type { WaitRequest } from '../nodes/define.ts'
import type { InboxCommand } from '../run/command.ts'
import type { Plan } from '../run/plan.ts'

export type RunStatus =
  | 'queued'
  | 'running'
  | 'paused'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'timed_out'

/** What is fixed when a run is made. */
export interface RunIdentity {
  readonly id: RunId
  readonly tenant: Tenant
  readonly workflowId: WorkflowId
  readonly versionId: WorkflowVersionId
  readonly versionNumber: number
  readonly input: unknown
  readonly startedBy: string
  /** 32 hex digits, random: jitter and callback tokens come from it. Never shown. */
  readonly seed: string
  /** 0 for a run that no other run started. */
  readonly depth: number
  readonly parent: {
    readonly runId: RunId
    readonly path: string
    readonly attempt: number
  } | null
  /** 0 lowest, 9 highest. */
  readonly priority: number
  readonly trace: TraceContext
  /** Milliseconds that it may take from its start. */
  readonly timeoutMs: number
  /** By which it was started, if by any. */
  readonly alias?: string | null
  /** For whom it reads, as known when it was started; absent: for nobody who is known. */
  readonly caller?: Caller | null
}

/** The row of a run: its identity, and what its events add up to as far as lists show it. */
export interface RunRow extends RunIdentity {
  readonly status: RunStatus
  /** How many events it has. Guards every change. */
  readonly version: number
  readonly output: unknown
  readonly error: { readonly code: string; readonly message: string } | null
  readonly costMicroUsd: number
  readonly requestHash: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export interface TaskResult {
  readonly path: string
  readonly attempt: number
  readonly outcome: TaskOutcome
}

export interface InboxItem {
  readonly id: string
  readonly command: InboxCommand
}

/** All of a run that is stored, read at one moment. */
export interface StoredRun {
  readonly row: RunRow
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: number
  /** A state that the events go on from; absent: from the beginning, or from what the caller has. */
  readonly snapshot: { readonly version: number; readonly state: unknown } | undefined
  /** Those that follow the snapshot, or the version that the caller said to have. */
  readonly events: readonly RunEvent[]
  /** Results that are stored and not yet part of the events. */
  readonly results: readonly TaskResult[]
  /** In the order in which they arrived. */
  readonly inbox: readonly InboxItem[]
  /** Who executes nodes of it in place, as long as that is so. */
  readonly lease: { readonly owner: string; readonly expired: boolean } | null
}

/** Something outstanding: a row that says what was asked for, until the run has its result. */
export interface NewTask {
  readonly path: string
  readonly attempt: number
  readonly kind: Extract<WaitKind, 'task' | 'event' | 'approval' | 'child'>
  /** Of kind `task`: what to send. */
  readonly message: OutgoingMessage | null
  /** Of the other kinds: what is waited for. */
  readonly request: WaitRequest | null
  readonly childRunId: RunId | null
  /** Where a fresh earlier result may be taken from. */
  readonly cache: { readonly key: string; readonly ttlS: number } | null
}

export interface Creation {
  readonly idempotencyKey: string | null
  readonly requestHash: string | null
  readonly concurrencyKey: string | null
  readonly debounceKey: string | null
  /** Milliseconds after which a queued run is given up; null: never. */
  readonly ttlMs: number | null
  /** Milliseconds before which a queued run is not started; null: none. */
  readonly startAfterMs: number | null
  readonly labels: Readonly<Record<string, string>>
}

/** What one decision changes, committed as one. */
export interface RunChange {
  readonly run: RunIdentity
  /** Of the events that it is based on; 0 for a new run. */
  readonly expectedVersion: number
  /** Of a new run only. */
  readonly creation: Creation | null
  readonly events: readonly RunEvent[]
  readonly status: RunStatus
  /** Of a run that has ended with it; else undefined. */
  readonly output: unknown
  readonly error: { readonly code: string; readonly message: string } | null
  /** By how much the cost of the run rises. */
  readonly costMicroUsd: number
  /** When it has to be looked at again, epoch milliseconds: the least of its timers. */
  readonly wakeAt: number | null
  /** `hold`: this process executes nodes of it in place, for at most this long without a renewal. */
  readonly lease: { readonly owner: string; readonly forMs: number } | null
  readonly tasks: readonly NewTask[]
  /** Results that are part of the events now. */
  readonly folded: readonly string[]
  /** Tasks that nobody needs any more: who executes them is to be told. */
  readonly cancelled: readonly string[]
  /** Ids of commands of the inbox that are part of the events now. */
  readonly consumed: readonly string[]
}

export type CommitResult =
  /** `dirty`: something has arrived meanwhile, look again. */
  | { readonly state: 'committed'; readonly dirty: boolean; readonly now: number }
  /** Somebody else has changed the run, or, of a new one, its key or id is taken. */
  | { readonly state: 'conflict' }

/** Runs in a store that survives. Only the store knows the time. */
export interface RunStore {
  /** @param knownVersion what the caller has in memory: only later events are given */
  load(runId: RunId, knownVersion?: number): Promise<StoredRun | undefined>
  /** All of it or nothing. When it rejects, nobody knows which: load before doing it again. */
  commit(change: RunChange): Promise<CommitResult>
  /** @returns false when the task does not wait for this result (any more) */
  recordResult(
    task: { readonly runId: RunId; readonly tenant: Tenant } & Omit<TaskResult, 'outcome'>,
    outcome: TaskOutcome,
  ): Promise<boolean>
  /** @returns false when a command with this id is or was there, or the run is not of this tenant */
  post(runId: RunId, tenant: Tenant, item: InboxItem): Promise<boolean>
  /** Tells the holder of a lease that there is something new. @returns false when nobody holds it */
  markDirty(runId: RunId): Promise<boolean>
  /** @returns the runs, of those given, that this owner still holds */
  renewLeases(owner: string, runIds: readonly RunId[], forMs: number): Promise<readonly RunId[]>
  saveSnapshot(runId: RunId, version: number, state: unknown): Promise<void>
  /** Content by hash, of one tenant; each is there or the run could not have been committed. */
  readPayloads(tenant: Tenant, hashes: readonly string[]): Promise<ReadonlyMap<string, unknown>>
  writePayloads(
    tenant: Tenant,
    payloads: readonly { readonly hash: string; readonly json: string }[],
  ): Promise<void>
}

/** A version that a run can be pinned to. Immutable, so it may be kept in memory for ever. */
export interface PublishedVersion {
  readonly id: WorkflowVersionId
  readonly workflowId: WorkflowId
  readonly number: number
  readonly graph: Graph
  readonly plan: Plan
}

export interface InPlaceStep {
  readonly path: string
  readonly attempt: number
  readonly nodeType: string
  readonly request: unknown
  /** Stable over attempts: what makes the effect idempotent. */
  readonly taskKey: string
}

export interface OrchestratorPorts {
  readonly store: RunStore
  readonly versions: { byId(id: WorkflowVersionId): Promise<PublishedVersion> }
  /**
   * After a commit: sends tasks, tells those who wait. It may fail or be lost altogether: from the rows
   * that were committed, the same is done again until there is a result.
   */
  readonly announce: (
    run: RunIdentity,
    change: Pick<RunChange, 'events' | 'tasks' | 'cancelled' | 'status'>,
  ) => Promise<void>
  /** Executes an effect in place. May be called again for the same key after a crash. */
  readonly execute: (run: RunIdentity, step: InPlaceStep, signal: AbortSignal) => Promise<unknown>
  /** Lower case hex. */
  readonly sha256: (text: string) => string
  /** Events after which a snapshot is saved; absent: 256. */
  readonly snapshotEvery?: number
  /** Unique per process start. */
  readonly owner: string
  readonly log: {
    warn(details: object, message: string): void
    error(details: object, message: string): void
  }
  /** Monotonic milliseconds and timers, replaced in a simulation. */
  readonly clock: {
    monotonicMs(): number
    sleep(ms: number, signal?: AbortSignal): Promise<void>
  }
}
