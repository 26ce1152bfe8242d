import type { RunId, TaskOutcome } from '@dure/contracts'
import type { Creation, InboxItem, NewTask, RunIdentity, RunStatus } from '@dure/engine'

/** What a task row says about its task. */
export type TaskState = 'open' | 'answered' | 'folded' | 'cancelled'

/** A task as it is stored: of each path the newest attempt. */
export interface TaskRecord {
  readonly task: NewTask
  readonly state: TaskState
  readonly outcome: TaskOutcome | undefined
  /** When it was stored or sent last. */
  readonly sentAt: number
}

export interface InboxRecord {
  readonly item: InboxItem
  readonly at: number
  readonly consumed: boolean
}

/** Everything of one run. Content is kept as JSON: what is read is never what was written. */
export interface RunRecord {
  readonly run: RunIdentity
  readonly creation: Creation
  readonly createdAt: number
  readonly events: string[]
  readonly tasks: Map<string, TaskRecord>
  readonly inbox: InboxRecord[]
  status: RunStatus
  output: string | undefined
  error: { readonly code: string; readonly message: string } | null
  costMicroUsd: number
  endedAt: number | null
  wakeAt: number | null
  lease: { readonly owner: string; readonly untilMs: number } | null
  dirty: boolean
  snapshot: { readonly version: number; readonly state: string } | undefined
}

/** What survives when every process has died. */
export interface Database {
  readonly runs: Map<RunId, RunRecord>
  /** By tenant and idempotency key. */
  readonly keys: Map<string, RunId>
  /** By tenant and hash. */
  readonly payloads: Map<string, string>
}

export const ENDED: ReadonlySet<RunStatus> = new Set([
  'completed',
  'failed',
  'cancelled',
  'timed_out',
])

export function emptyDatabase(): Database {
  return { runs: new Map(), keys: new Map(), payloads: new Map() }
}

/** What JSON makes of a value: without functions, without what is undefined, and nobody else's. */
export function copy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
