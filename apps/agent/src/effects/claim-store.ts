import type { TaskOutcome, TaskRef } from '@dure/contracts'
import type { Queryable, TraceHeaders } from '@dure/platform'
import type { Claim, StoredTrace } from './effect.ts'
import { byKey } from './task-row.ts'

// It reaches its rows by `ON CONFLICT` alone: that uses the primary key whatever the statistics say,
// where a join may be planned for the empty table of the first day. It locks them in the order of
// their keys, so that two processes with the same tasks never wait for each other.
const CLAIM = `
  INSERT INTO task_effect AS e
    (task_key, organization_id, project_id, attempt, token, tries, status, lease_until, trace)
  SELECT task_key, organization_id, project_id, attempt, 1, 1, 'executing',
    now() + $6 * interval '1 millisecond', trace
  FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::jsonb[])
    AS asked (task_key, organization_id, project_id, attempt, trace)
  ORDER BY task_key
  ON CONFLICT (task_key) DO UPDATE SET
    attempt = excluded.attempt,
    token = e.token + 1,
    tries = CASE WHEN e.attempt = excluded.attempt THEN e.tries + 1 ELSE 1 END,
    in_doubt = CASE WHEN e.outcome_unknown THEN false ELSE e.in_doubt OR e.status = 'executing' END,
    outcome_unknown = false,
    status = 'executing',
    outcome = NULL,
    lease_until = excluded.lease_until,
    trace = excluded.trace,
    updated_at = now()
  WHERE e.organization_id = excluded.organization_id
    AND e.project_id = excluded.project_id
    AND e.cancelled_attempt < excluded.attempt
    AND (e.attempt < excluded.attempt
      OR (e.attempt = excluded.attempt AND e.status = 'executing' AND e.lease_until <= now()))
  RETURNING task_key, token, tries, in_doubt`

const FIND = `
  SELECT task_key, organization_id, project_id, attempt, cancelled_attempt, outcome, trace
  FROM task_effect WHERE task_key = ANY ($1)`

export interface ClaimAsked {
  readonly task: TaskRef
  readonly trace: TraceHeaders
}

interface ClaimedRow {
  readonly task_key: string
  readonly token: number
  readonly tries: number
  readonly in_doubt: boolean
}

interface FoundRow {
  readonly task_key: string
  readonly organization_id: string
  readonly project_id: string
  readonly attempt: number
  readonly cancelled_attempt: number
  readonly outcome: TaskOutcome | null
  readonly trace: StoredTrace
}

/** One statement for all of them; another one for those that could not be had. */
export async function claimAll(
  db: Queryable,
  { asked, leaseMs }: { readonly asked: readonly ClaimAsked[]; readonly leaseMs: number },
): Promise<Claim[]> {
  const { rows } = await db.query<ClaimedRow>({
    name: 'dure-claim',
    text: CLAIM,
    values: [
      asked.map(({ task }) => task.taskKey),
      asked.map(({ task }) => task.tenant.organizationId),
      asked.map(({ task }) => task.tenant.projectId),
      asked.map(({ task }) => task.attempt),
      asked.map(({ trace }) => JSON.stringify(trace)),
      leaseMs,
    ],
  })
  const claimed = byKey(rows)
  const others = asked.map(({ task }) => task.taskKey).filter((key) => !claimed.has(key))
  const found = others.length === 0 ? NOTHING : byKey(await find(db, others))
  return asked.map(({ task }) => claimOf(claimed.get(task.taskKey), task, found.get(task.taskKey)))
}

function claimOf(claimed: ClaimedRow | undefined, task: TaskRef, found?: FoundRow): Claim {
  const { taskKey, attempt, tenant } = task
  if (claimed) {
    const { token, tries, in_doubt: inDoubt } = claimed
    return { state: 'claimed', hold: { taskKey, token }, tries, inDoubt }
  }
  const isOurs =
    found?.organization_id === tenant.organizationId && found.project_id === tenant.projectId
  // Another tenant's is none of our business; one that is not there was deleted at this very moment.
  if (!found || !isOurs) return { state: 'busy' }
  if (found.cancelled_attempt >= attempt) return { state: 'cancelled' }
  if (found.attempt > attempt) return { state: 'outdated' }
  const { outcome, trace } = found
  const isOver = found.attempt === attempt && outcome
  return isOver ? { state: 'finished', outcome, trace } : { state: 'busy' }
}

async function find(db: Queryable, keys: readonly string[]): Promise<FoundRow[]> {
  const { rows } = await db.query<FoundRow>({ text: FIND, values: [keys] })
  return rows
}

const NOTHING: ReadonlyMap<string, FoundRow> = new Map()
