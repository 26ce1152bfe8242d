import type { Tenant } from '@dure/contracts'
import type { Queryable } from '@dure/platform'
import type { Hold, Renewal } from '../effects/effect.ts'
import type { Outcome } from './outcome.ts'

export interface CallAsked {
  readonly callKey: string
  readonly tenant: Tenant
  readonly tool: string
  /** Of tool and arguments: the same key with something else is refused. */
  readonly requestHash: string
}

export type CallClaim =
  | {
      readonly state: 'claimed'
      readonly hold: Hold
      readonly tries: number
      /** It was begun before, and nobody knows with what effect. */
      readonly inDoubt: boolean
    }
  | { readonly state: 'finished'; readonly outcome: Outcome }
  /** Another process is at it. */
  | { readonly state: 'busy' }
  /** The key stands for another call. */
  | { readonly state: 'mismatch' }

/** What became of each call of a tool, by the time of PostgreSQL. */
export interface CallLedger {
  claim(call: CallAsked): Promise<CallClaim>
  renew(hold: Hold): Promise<Renewal>
  /** @returns false when somebody else has claimed it since: what we have to say is discarded */
  finish(hold: Hold, outcome: Outcome): Promise<boolean>
  /** Lets others have it at once. `begun: false`: nothing was done. */
  release(hold: Hold, options: { readonly begun: boolean }): Promise<void>
}

const CLAIM = `
  INSERT INTO tool_call AS c
    (call_key, organization_id, project_id, tool, request_hash, token, tries, status, lease_until)
  VALUES ($1, $2, $3, $4, $5, 1, 1, 'executing', now() + $6 * interval '1 millisecond')
  ON CONFLICT (call_key) DO UPDATE SET
    token = c.token + 1,
    tries = c.tries + 1,
    in_doubt = c.in_doubt OR c.status = 'executing',
    status = 'executing',
    lease_until = excluded.lease_until,
    updated_at = now()
  WHERE c.organization_id = excluded.organization_id
    AND c.project_id = excluded.project_id
    AND c.request_hash = excluded.request_hash
    AND (c.status = 'free' OR (c.status = 'executing' AND c.lease_until <= now()))
  RETURNING token, tries, in_doubt`

const FIND = `
  SELECT request_hash, outcome FROM tool_call
  WHERE call_key = $1 AND organization_id = $2 AND project_id = $3`

const HELD = `call_key = $1 AND token = $2 AND status = 'executing'`
const RENEW = `
  UPDATE tool_call SET lease_until = now() + $3 * interval '1 millisecond' WHERE ${HELD}`
const FINISH = `
  UPDATE tool_call SET status = 'finished', outcome = $3, updated_at = now() WHERE ${HELD}`
const RELEASE = `
  UPDATE tool_call SET status = CASE WHEN $3 THEN status ELSE 'free' END, lease_until = now(),
    tries = tries - 1, updated_at = now()
  WHERE ${HELD}`

export function createCallLedger({
  pool,
  leaseMs,
}: {
  readonly pool: Queryable
  readonly leaseMs: number
}): CallLedger {
  return {
    async claim({ callKey, tenant, tool, requestHash }) {
      const owner = [tenant.organizationId, tenant.projectId]
      const { rows } = await pool.query<{ token: number; tries: number; in_doubt: boolean }>({
        text: CLAIM,
        values: [callKey, ...owner, tool, requestHash, leaseMs],
      })
      const [claimed] = rows
      if (claimed) {
        const { token, tries, in_doubt: inDoubt } = claimed
        return { state: 'claimed', hold: { taskKey: callKey, token }, tries, inDoubt }
      }
      const found = await pool.query<{ request_hash: string; outcome: Outcome | null }>({
        text: FIND,
        values: [callKey, ...owner],
      })
      const [row] = found.rows
      // Of another tenant: as if it were another call, which it is.
      if (row?.request_hash !== requestHash) return { state: 'mismatch' }
      return row.outcome ? { state: 'finished', outcome: row.outcome } : { state: 'busy' }
    },

    async renew({ taskKey, token }) {
      const { rowCount } = await pool.query({ text: RENEW, values: [taskKey, token, leaseMs] })
      return rowCount === 0 ? 'lost' : 'held'
    },

    async finish({ taskKey, token }, outcome) {
      const values = [taskKey, token, JSON.stringify(outcome)]
      const { rowCount } = await pool.query({ text: FINISH, values })
      return rowCount !== 0
    },

    async release({ taskKey, token }, { begun }) {
      await pool.query({ text: RELEASE, values: [taskKey, token, begun] })
    },
  }
}
