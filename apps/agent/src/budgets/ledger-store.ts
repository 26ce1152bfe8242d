import { currentTrace, type Queryable } from '@dure/platform'
import type { Payer } from '../models/model-call.ts'
import type { Exhausted, PaidCall } from './spending.ts'

export type ReserveAnswer =
  | {
      readonly outcome: 'reserved'
      readonly reservedMicroUsd: number
      readonly degradeTo: string | null
    }
  | ({ readonly outcome: 'exceeded'; readonly cheaperModel: string | null } & Omit<
      Exhausted,
      'cheaperModel'
    >)
  /** No budget applies. */
  | { readonly outcome: 'free' }
  /** The organization has none at all. */
  | { readonly outcome: 'none' }

/** Names a reservation. */
export interface ReservationKey {
  readonly organizationId: string
  readonly projectId: string
  readonly key: string
}

/** The books: each of these is one statement, and all of what it does or nothing. */
export interface LedgerStore {
  reserve(
    of: PaidCall & { readonly estimateMicroUsd: number; readonly lastsMs: number },
  ): Promise<ReserveAnswer>
  settle(of: PaidCall & { readonly costMicroUsd: number }): Promise<void>
  /** Reservations past their deadline, the oldest first. */
  overdue(limit: number): Promise<ReservationKey[]>
  /** @returns false when it is settled, or has got more time, meanwhile */
  expire(of: ReservationKey): Promise<boolean>
}

const RESERVE = 'SELECT reserve_money($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS answer'
const SETTLE = 'SELECT settle_money($1, $2, $3, $4, $5, $6)'
const EXPIRE = 'SELECT expire_money($1, $2, $3, $4) AS expired'
const OVERDUE = `
  SELECT organization_id AS "organizationId", project_id AS "projectId", call_key AS key
  FROM reservation WHERE state = 'reserved' AND deadline <= now() ORDER BY deadline LIMIT $1`

/** @param pool of every tenant: a budget of an organization counts what all of its projects spend */
export function createLedgerStore(pool: Queryable): LedgerStore {
  return {
    async reserve({ key, payer, model, estimateMicroUsd, lastsMs }) {
      const who = [payer.runId ?? null, payer.agentId ?? null, payer.keyId ?? null]
      const { rows } = await pool.query<{ answer: ReserveAnswer }>({
        name: 'dure-reserve-money',
        text: RESERVE,
        values: [...ownerOf(payer, key), ...who, model ?? null, estimateMicroUsd, lastsMs, trace()],
      })
      const [row] = rows
      if (!row) throw new Error('reserve_money answered nothing')
      return row.answer
    },

    async settle({ key, payer, model, costMicroUsd }) {
      const values = [...ownerOf(payer, key), costMicroUsd, model ?? null, trace()]
      await pool.query({ name: 'dure-settle-money', text: SETTLE, values })
    },

    async overdue(limit) {
      return (await pool.query<ReservationKey>({ text: OVERDUE, values: [limit] })).rows
    },

    async expire({ organizationId, projectId, key }) {
      const values = [organizationId, projectId, key, trace()]
      const { rows } = await pool.query<{ expired: boolean }>({ text: EXPIRE, values })
      return rows[0]?.expired === true
    },
  }
}

function ownerOf({ tenant: { organizationId, projectId } }: Payer, key: string): string[] {
  return [organizationId, projectId, key]
}

function trace(): string {
  return JSON.stringify(currentTrace())
}
