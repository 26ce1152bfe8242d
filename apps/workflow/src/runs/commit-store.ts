import { setTimeout as sleep } from 'node:timers/promises'
import type { RunId, Tenant } from '@dure/contracts'
import type { CommitResult, NewTask, RunChange, RunIdentity } from '@dure/engine'
import { currentTrace } from '@dure/platform'
import type pg from 'pg'
import { sha256 } from '../sha256.ts'
import { createBatcher } from './batcher.ts'
import { commitValues, type EncodedChange, encodeChange } from './commit-values.ts'

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
 */
export function createCommitter(pool: pg.Pool): (change: RunChange) => Promise<CommitResult> {
  async function commitAll(batch: readonly EncodedChange[]): Promise<CommitResult[]> {
    const query = { name: 'dure-commit', text: COMMIT, values: commitValues(inOrder(batch)) }
    const { rows } = await retrying(() => pool.query<CommittedRow>(query))
    const held = new Map(rows.map((row) => [row.id, row]))
    return batch.map(({ change }) => {
      const row = held.get(change.run.id)
      return row
        ? { state: 'committed', dirty: row.was_dirty, now: row.now_ms }
        : { state: 'conflict' }
    })
  }

  const submit = createBatcher<EncodedChange, CommitResult>({
    maxItems: 64,
    maxBytes: 4 * 1024 * 1024,
    maxInFlight: 2,
    keyOf: ({ change }) => change.run.id,
    bytesOf: ({ bytes }) => bytes,
    send: (batch) => sendOrSplit(batch, commitAll),
  })
  return (change) => submit(encodeChange(change, { trace: currentTrace(), lookupOf }))
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

/**
 * Sends a batch as one statement. When PostgreSQL refuses it for what is in it, each item goes alone:
 * then only that one is refused which is at fault.
 */
export async function sendOrSplit<Item, Result>(
  batch: readonly Item[],
  sendAll: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<PromiseSettledResult<Result>[]> {
  try {
    const results = await sendAll(batch)
    return results.map((value) => ({ status: 'fulfilled', value }))
  } catch (error) {
    if (batch.length === 1 || !isAtFault(error)) throw error
  }
  const settled: PromiseSettledResult<Result>[] = []
  for (const item of batch) settled.push(...(await Promise.allSettled([sendOne(item, sendAll)])))
  return settled
}

async function sendOne<Item, Result>(
  item: Item,
  sendAll: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result> {
  const [result] = await sendAll([item])
  if (result === undefined) throw new TypeError('A statement gave no result for its only item')
  return result
}

const RETRIES = 3

/** Does it again when PostgreSQL has undone it because of others: serialization failure, deadlock. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work()
    } catch (error) {
      const undone = ['40001', '40P01'].includes(sqlState(error))
      if (!undone || retry === RETRIES) throw error
      await sleep(Math.random() * 20 * 2 ** retry)
    }
  }
}

/** Data exceptions, violated constraints, exceeded limits of the program: not the server's state. */
function isAtFault(error: unknown): boolean {
  return ['22', '23', '54'].includes(sqlState(error).slice(0, 2))
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; empty when it is not from there. */
function sqlState(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}
