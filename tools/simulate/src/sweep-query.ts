import type { RunId } from '@dure/contracts'
import type { NewTask, RunIdentity } from '@dure/engine'
import { type Database, ENDED, type RunRecord, type TaskRecord } from './database.ts'

/** What is left undone, as the rows say. */
export type Chore =
  | { readonly kind: 'advance'; readonly runId: RunId }
  | { readonly kind: 'send'; readonly run: RunIdentity; readonly task: NewTask }
  | { readonly kind: 'start-child'; readonly run: RunIdentity; readonly task: NewTask }
  | { readonly kind: 'child-ended'; readonly runId: RunId }
  | { readonly kind: 'cancel-child'; readonly runId: RunId }
  | { readonly kind: 'start'; readonly runId: RunId }

/** A task without a result is sent again after this long. */
const RESEND_MS = 15_000
/** So long results and commands may wait for whoever has stored them. */
const PATIENCE_MS = 3000

/**
 * What a sweep takes up: runs that are due, that have something unread, or whose holder has died;
 * tasks that nobody answers; children that were not started, have ended, or are not needed.
 */
export function choresOf(database: Database, now: number): Chore[] {
  const chores: Chore[] = []
  for (const record of database.runs.values()) {
    if (record.status === 'queued') chores.push({ kind: 'start', runId: record.run.id })
    if (isDue(record, now)) chores.push({ kind: 'advance', runId: record.run.id })
    for (const [path, task] of record.tasks) {
      const chore = choreOf(database, record, { path, task, now })
      if (chore) chores.push(chore)
    }
  }
  return chores
}

function isDue({ wakeAt, status, lease, inbox, tasks }: RunRecord, now: number): boolean {
  const held = lease !== null && lease.untilMs > now
  if (held) return false
  const unread =
    inbox.some(({ consumed, at }) => !consumed && at + PATIENCE_MS <= now) ||
    [...tasks.values()].some(({ state }) => state === 'answered')
  if (unread || lease !== null) return true
  return !ENDED.has(status) && wakeAt !== null && wakeAt <= now
}

interface Row {
  readonly path: string
  readonly task: TaskRecord
  readonly now: number
}

function choreOf(database: Database, record: RunRecord, { path, task, now }: Row) {
  const { run } = record
  const { kind, childRunId } = task.task
  const child = childRunId ? database.runs.get(childRunId) : undefined
  const isDetached = task.task.request?.kind === 'child' && !task.task.request.wait
  const isMissing = child === undefined || (isDetached && task.state === 'open')
  if (kind === 'child' && isMissing && isStale(task, now)) {
    touch(record, path, task, now)
    return { kind: 'start-child', run, task: task.task } as const
  }
  if (task.state === 'cancelled') return cancelChore(task, child)
  if (task.state !== 'open') return undefined
  if (kind === 'child' && !isDetached && child && ENDED.has(child.status)) {
    return { kind: 'child-ended', runId: child.run.id } as const
  }
  if (kind !== 'task' || !isStale(task, now)) return undefined
  touch(record, path, task, now)
  return { kind: 'send', run, task: task.task } as const
}

function cancelChore({ task }: TaskRecord, child: RunRecord | undefined) {
  const propagates = task.request?.kind === 'child' && task.request.propagateCancel
  if (!propagates || !child || ENDED.has(child.status)) return undefined
  return { kind: 'cancel-child', runId: child.run.id } as const
}

function isStale({ sentAt }: TaskRecord, now: number): boolean {
  return sentAt + RESEND_MS <= now
}

function touch({ tasks }: RunRecord, path: string, task: TaskRecord, sentAt: number): void {
  tasks.set(path, { ...task, sentAt })
}

/** When there will next be something to do, if nothing else happens. */
export function nextChoreAt({ runs }: Database): number {
  let next = Number.POSITIVE_INFINITY
  for (const { status, wakeAt, lease, tasks, inbox } of runs.values()) {
    if (status === 'queued') return 0
    if (!ENDED.has(status) && wakeAt !== null) next = Math.min(next, wakeAt)
    if (lease) next = Math.min(next, lease.untilMs)
    for (const { state, sentAt, task } of tasks.values()) {
      const waits = state === 'open' && (task.kind === 'task' || task.kind === 'child')
      if (waits) next = Math.min(next, sentAt + RESEND_MS)
    }
    if (inbox.some(({ consumed }) => !consumed)) return 0
  }
  return next
}
