import type { TaskOutcome, TaskRef } from '@dure/contracts'
import { currentTrace, type Queryable } from '@dure/platform'
import type { Claim, Finish, Hold, StoredTrace } from './effect.ts'

/**
 * What became of each task, whichever process executes it and however often it is delivered. Time is
 * PostgreSQL's, so that a process with a wrong clock neither steals nor keeps a task.
 */
export interface EffectLedger {
  /** Takes a task that is new, whose attempt is newer, or whose lease is over. */
  claim(task: TaskRef): Promise<Claim>
  /** @returns false when the task belongs to somebody else by now */
  renew(hold: Hold): Promise<boolean>
  /** Lets others take the task at once; `counted: false` takes the try back, too. */
  release(hold: Hold, options: { readonly counted: boolean }): Promise<void>
  /** In the transaction of the caller, who appends the event at the version that it gets. */
  finish(client: Queryable, hold: Hold, outcome: TaskOutcome): Promise<Finish>
}

interface ClaimRow {
  readonly state: Claim['state']
  readonly token: number
  readonly tries: number
  readonly in_doubt: boolean
  readonly outcome: TaskOutcome | null
  readonly trace: StoredTrace
}

const CLAIM = `
  WITH claimed AS (
    INSERT INTO task_effect AS e
      (task_key, organization_id, project_id, attempt, token, tries, status, lease_until, trace)
    VALUES ($1, $2, $3, $4, 1, 1, 'executing', now() + $5 * interval '1 millisecond', $6)
    ON CONFLICT (task_key) DO UPDATE SET
      attempt = excluded.attempt,
      token = e.token + 1,
      tries = CASE WHEN e.attempt = excluded.attempt THEN e.tries + 1 ELSE 1 END,
      in_doubt = e.in_doubt OR e.status = 'executing',
      status = 'executing',
      outcome = NULL,
      lease_until = excluded.lease_until,
      trace = excluded.trace,
      updated_at = now()
    WHERE e.organization_id = excluded.organization_id
      AND e.project_id = excluded.project_id
      AND (e.attempt < excluded.attempt
        OR (e.attempt = excluded.attempt AND e.status = 'executing' AND e.lease_until <= now()))
    RETURNING token, tries, in_doubt
  )
  SELECT 'claimed' AS state, token, tries, in_doubt, NULL::json AS outcome, NULL::jsonb AS trace
  FROM claimed
  UNION ALL
  SELECT
    CASE
      WHEN attempt > $4 THEN 'outdated'
      WHEN attempt = $4 AND status = 'finished' THEN 'finished'
      ELSE 'busy'
    END,
    token, tries, in_doubt, outcome, trace
  FROM task_effect
  WHERE task_key = $1 AND organization_id = $2 AND project_id = $3
    AND NOT EXISTS (SELECT FROM claimed)`

const RENEW = `
  UPDATE task_effect SET lease_until = now() + $3 * interval '1 millisecond'
  WHERE task_key = $1 AND token = $2 AND status = 'executing'`

const RELEASE = `
  UPDATE task_effect SET lease_until = now(), tries = tries - $3
  WHERE task_key = $1 AND token = $2 AND status = 'executing'`

const FINISH = `
  UPDATE task_effect SET
    status = 'finished', outcome = $3, in_doubt = in_doubt OR $4, version = version + 1,
    updated_at = now()
  WHERE task_key = $1 AND token = $2 AND status = 'executing'
  RETURNING version`

const IS_MINE = `SELECT FROM task_effect WHERE task_key = $1 AND token = $2`

export function createEffectLedger({
  pool,
  leaseMs,
}: {
  readonly pool: Queryable
  readonly leaseMs: number
}): EffectLedger {
  return {
    async claim({ taskKey, attempt, tenant: { organizationId, projectId } }) {
      const trace = JSON.stringify(currentTrace())
      const { rows } = await pool.query<ClaimRow>({
        name: 'dure-claim',
        text: CLAIM,
        values: [taskKey, organizationId, projectId, attempt, leaseMs, trace],
      })
      return claimOf(taskKey, rows[0])
    },

    async renew({ taskKey, token }) {
      const values = [taskKey, token, leaseMs]
      const { rowCount } = await pool.query({ name: 'dure-renew', text: RENEW, values })
      return rowCount === 1
    },

    async release({ taskKey, token }, { counted }) {
      await pool.query({ text: RELEASE, values: [taskKey, token, counted ? 0 : 1] })
    },

    async finish(client, { taskKey, token }, outcome) {
      const { rows } = await client.query<{ version: number }>({
        name: 'dure-finish',
        text: FINISH,
        values: [taskKey, token, JSON.stringify(outcome), isInDoubt(outcome)],
      })
      const [finished] = rows
      if (finished) return { state: 'finished', version: finished.version }
      const { rowCount } = await client.query({ text: IS_MINE, values: [taskKey, token] })
      return { state: rowCount === 1 ? 'repeated' : 'superseded' }
    },
  }
}

/** No row: somebody else has inserted it at this very moment. */
function claimOf(taskKey: string, row: ClaimRow | undefined): Claim {
  if (row === undefined) return { state: 'busy' }
  const { state, token, tries, in_doubt: inDoubt, outcome, trace } = row
  if (state === 'claimed') return { state, hold: { taskKey, token }, tries, inDoubt }
  if (state === 'finished' && outcome) return { state, outcome, trace }
  return { state: state === 'outdated' ? 'outdated' : 'busy' }
}

function isInDoubt(outcome: TaskOutcome): boolean {
  return outcome.status === 'failed' && outcome.error.code === 'effect.outcome-unknown'
}
