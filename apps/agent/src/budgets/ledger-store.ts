import { currentTrace, type Queryable } from '@dure/platform'
import { type Payer, spenderIn } from '../models/model-call.ts'
import type { Exhausted, PaidCall, SettledCall } from './spending.ts'

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
  /** And tells of the call in an event, once, if it was made. */
  settle(of: SettledCall): Promise<void>
  /** Reservations past their deadline, the oldest first. */
  overdue(limit: number): Promise<ReservationKey[]>
  /** @returns false when it is settled, or has got more time, meanwhile */
  expire(of: ReservationKey): Promise<boolean>
}

const RESERVE = 'SELECT reserve_money($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS answer'
const SETTLE = 'SELECT settle_call($1, $2, $3, $4, $5, $6, $7, $8)'
const EXPIRE = 'SELECT expire_money($1, $2, $3, $4) AS expired'
const OVERDUE = `
  SELECT organization_id AS "organizationId", project_id AS "projectId", call_key AS key
  FROM reservation WHERE state = 'reserved' AND deadline <= now() ORDER BY deadline LIMIT $1`

/** @param pool of every tenant: a budget of an organization counts what all of its projects spend */
export function createLedgerStore(pool: Queryable): LedgerStore {
  return {
    async reserve({ key, payer, kind, model, estimateMicroUsd, lastsMs }) {
      const who = [payer.runId ?? null, payer.agentId ?? null, payer.keyId ?? null]
      const { rows } = await pool.query<{ answer: ReserveAnswer }>({
        name: 'dure-reserve-money',
        text: RESERVE,
        values: [
          ...[...ownerOf(payer, key), ...who, model ?? null, estimateMicroUsd, lastsMs, trace()],
          ...[kind, payer.workflowId ?? null],
        ],
      })
      const [row] = rows
      if (!row) throw new Error('reserve_money answered nothing')
      return row.answer
    },

    async settle(call) {
      const { key, payer, model, costMicroUsd, used } = call
      const values = [...ownerOf(payer, key), costMicroUsd, model ?? null, trace()]
      const told = [paidEvent(call), used !== undefined]
      await pool.query({ name: 'dure-settle-call', text: SETTLE, values: [...values, ...told] })
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

/** What reports count. */
export function paidEvent({ kind, payer, model, costMicroUsd, used, durationMs }: SettledCall) {
  const { inputTokens = 0, outputTokens = 0 } = used ?? {}
  const usage = { ...(model && { model }), inputTokens, outputTokens, costMicroUsd }
  return JSON.stringify({ kind, ...spenderIn(payer), usage, durationMs: durationMs ?? 0 })
}

function trace(): string {
  return JSON.stringify(currentTrace())
}
