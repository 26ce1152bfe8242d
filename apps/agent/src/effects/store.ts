import type { TaskRef } from '@dure/contracts'
import { currentTrace, grouped, type Queryable } from '@dure/platform'
import { DatabaseError } from 'pg'
import { type ClaimAsked, claimAll } from './claim-store.ts'
import type { Claim, Finish, Hold, Recording, Renewal } from './effect.ts'
import { type FinishAsked, finishAll } from './finish-store.ts'

/**
 * What became of each task, whichever process executes it and however often it is delivered. Time is
 * PostgreSQL's, so that a process with a wrong clock neither steals nor keeps a task. What is claimed
 * and finished at the same time in one process shares its statements.
 */
export interface EffectLedger {
  /** Takes a task that is new, whose attempt is newer, or whose lease is over. */
  claim(task: TaskRef): Promise<Claim>
  renew(hold: Hold): Promise<Renewal>
  /** Lets others take the task at once; `counted: false` takes the try back, too. */
  release(hold: Hold, options: { readonly counted: boolean }): Promise<void>
  /** Records the outcome and appends the event to the stream of the task, both or neither. */
  finish(task: TaskRef, hold: Hold, recording: Recording): Promise<Finish>
  /** From now on this attempt and older ones are not begun, and whoever executes one is told. */
  cancel(task: TaskRef): Promise<void>
  /** Whether this attempt, or a newer one, was cancelled. */
  isCancelled(task: TaskRef): Promise<boolean>
}

const RENEW = `
  UPDATE task_effect SET lease_until = now() + $3 * interval '1 millisecond'
  WHERE task_key = $1 AND token = $2 AND status = 'executing'
  RETURNING cancelled_attempt >= attempt AS cancelled`

const RELEASE = `
  UPDATE task_effect SET lease_until = now(), tries = tries - $3
  WHERE task_key = $1 AND token = $2 AND status = 'executing'`

// A task that was never begun is finished without an outcome, so that a newer attempt is in no doubt.
const CANCEL = `
  INSERT INTO task_effect AS e
    (task_key, organization_id, project_id, attempt, token, tries, status, lease_until, trace,
      cancelled_attempt)
  VALUES ($1, $2, $3, $4, 0, 0, 'finished', now(), $5, $4)
  ON CONFLICT (task_key) DO UPDATE SET
    cancelled_attempt = greatest(e.cancelled_attempt, excluded.cancelled_attempt),
    updated_at = now()
  WHERE e.organization_id = excluded.organization_id AND e.project_id = excluded.project_id`

const IS_CANCELLED = `
  SELECT task_key FROM task_effect
  WHERE task_key = $1 AND organization_id = $2 AND project_id = $3 AND cancelled_attempt >= $4`

export function createEffectLedger({
  pool,
  leaseMs,
}: {
  readonly pool: Queryable
  readonly leaseMs: number
}): EffectLedger {
  const claim = grouped({
    run: (asked: readonly ClaimAsked[]) => claimAll(pool, { asked, leaseMs }),
    keyOf: ({ task }) => task.taskKey,
    isOneToBlame: isRefused,
  })
  const finish = grouped({
    run: (asked: readonly FinishAsked[]) => finishAll(pool, asked),
    keyOf: ({ hold }) => hold.taskKey,
    isOneToBlame: isRefused,
  })

  return {
    claim: (task) => claim({ task, trace: currentTrace() }),

    async renew({ taskKey, token }) {
      const values = [taskKey, token, leaseMs]
      const { rows } = await pool.query<{ cancelled: boolean }>({
        name: 'dure-renew',
        text: RENEW,
        values,
      })
      const [held] = rows
      if (held === undefined) return 'lost'
      return held.cancelled ? 'cancelled' : 'held'
    },

    async release({ taskKey, token }, { counted }) {
      await pool.query({ text: RELEASE, values: [taskKey, token, counted ? 0 : 1] })
    },

    finish: (task, hold, recording) => finish({ task, hold, recording, trace: currentTrace() }),

    async cancel({ taskKey, tenant: { organizationId, projectId }, attempt }) {
      const trace = JSON.stringify(currentTrace())
      const values = [taskKey, organizationId, projectId, attempt, trace]
      await pool.query({ name: 'dure-cancel', text: CANCEL, values })
    },

    async isCancelled({ taskKey, tenant: { organizationId, projectId }, attempt }) {
      const values = [taskKey, organizationId, projectId, attempt]
      const { rows } = await pool.query({ name: 'dure-is-cancelled', text: IS_CANCELLED, values })
      return rows.length > 0
    },
  }
}

/** PostgreSQL has said no to the statement: nothing of it was done. Not so when it is going down. */
function isRefused(error: unknown): boolean {
  return error instanceof DatabaseError && !error.code?.startsWith('57')
}
