import type { RunEvent, RunId, Tenant } from '@dure/contracts'
import {
  type CommitResult,
  type NewTask,
  type RunChange,
  type RunIdentity,
  runEvents,
} from '@dure/engine'
import type { EventRegistry } from '@dure/kernel'
import { currentTrace, grouped, type Queryable } from '@dure/platform'
import { sha256 } from '../sha256.ts'
import { commitValues, type EncodedChange, encodeChange } from './commit-values.ts'
import { isAtFault, retrying } from './statement-errors.ts'

const ARGUMENTS = Array.from({ length: 36 }, (_, index) => `$${index + 1}`).join(', ')
const COMMIT = `SELECT id, was_dirty, now_ms FROM commit_runs(${ARGUMENTS})`

interface CommittedRow {
  readonly id: RunId
  readonly was_dirty: boolean
  readonly now_ms: number
}

/**
 * Commits decisions, each as a whole or not at all, many of one process in one statement. A change
 * whose run has another version than expected conflicts, and the others of its batch do not care.
 *
 * When a commit rejects because its connection was lost, nobody knows its outcome.
 *
 * @param registry absent: of the events that this build knows
 */
export function createCommitter(
  db: Queryable,
  registry: EventRegistry<RunEvent> = runEvents,
): (change: RunChange) => Promise<CommitResult> {
  async function commitAll(batch: readonly EncodedChange[]): Promise<CommitResult[]> {
    const query = { name: 'dure-commit', text: COMMIT, values: commitValues(inOrder(batch)) }
    const { rows } = await retrying(() => db.query<CommittedRow>(query))
    const held = new Map(rows.map((row) => [row.id, row]))
    return batch.map(({ change }) => {
      const row = held.get(change.run.id)
      return row
        ? { state: 'committed', dirty: row.was_dirty, now: row.now_ms }
        : { state: 'conflict' }
    })
  }

  const submit = grouped<EncodedChange, CommitResult>({
    run: commitAll,
    keyOf: ({ change }) => change.run.id,
    bytesOf: ({ bytes }) => bytes,
    maxBytes: 4 * 1024 * 1024,
    // One at a time: the next one carries all that came meanwhile, and a step costs less for it.
    maxInFlight: 1,
    isOneToBlame: isAtFault,
  })
  return (change) =>
    submit(encodeChange(withVersions(change, registry), { trace: currentTrace(), lookupOf }))
}

/** As long as every event is of version 1, which is not written, nothing is copied. */
function withVersions(change: RunChange, { fingerprint, write }: EventRegistry<RunEvent>) {
  return fingerprint === '' ? change : { ...change, events: change.events.map(write) }
}

/** Two processes that commit the same runs at the same time lock them in the same order. */
function inOrder(batch: readonly EncodedChange[]): readonly EncodedChange[] {
  return batch.toSorted((a, b) => (a.change.run.id < b.change.run.id ? -1 : 1))
}

/** What an approval is known by outside. */
export function approvalId(runId: RunId, path: string): string {
  return `apr_${sha256(`${runId}/${path}`).slice(0, 32)}`
}

/** What all nodes share that wait for the same event. */
export function eventLookup(tenant: Tenant, name: string, correlation: string | null): string {
  const { organizationId, projectId } = tenant
  return `ev_${sha256([organizationId, projectId, name, correlation ?? ''].join('|'))}`
}

function lookupOf({ id, tenant }: RunIdentity, { kind, path, request }: NewTask): string | null {
  if (kind === 'approval') return approvalId(id, path)
  if (request?.kind !== 'event') return null
  return eventLookup(tenant, request.name, request.correlation)
}
