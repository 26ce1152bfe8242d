import type { GiveUpMoney, ReserveMoney, SettleMoney } from '@dure/contracts'
import { currentTrace, type Queryable } from '@dure/platform'
import { paidEvent, type ReserveAnswer } from '../budgets/ledger-store.ts'

/** What is asked of the ledger by messages: each may come twice, late, and in any order. */
export interface PaidCallStore {
  /** @returns undefined when the call is over already: a message that has come again reserves nothing */
  reserve(
    of: ReserveMoney & { readonly estimateMicroUsd: number },
  ): Promise<ReserveAnswer | undefined>
  /** And tells of the call in an event, once. @returns what there was: `unknown` where no budget applied */
  settle(of: SettleMoney): Promise<string>
  /** Gives back what is reserved; or sees to it that nothing will be. */
  giveUp(of: GiveUpMoney): Promise<void>
}

const RESERVE = `
  SELECT CASE WHEN NOT EXISTS (
      SELECT FROM reservation
      WHERE organization_id = $1 AND project_id = $2 AND call_key = $3 AND state <> 'reserved')
    THEN reserve_money($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) END AS answer`

const SETTLE = 'SELECT settle_call($1, $2, $3, $4, $5, $6, $7, $8) AS state'

const GIVE_UP = `
  WITH settled AS MATERIALIZED (
    SELECT settle_call($1, $2, $3, 0, NULL, $4, NULL, false) AS state),
  marked AS (
    INSERT INTO reservation (organization_id, project_id, call_key, state, cost)
    SELECT $1, $2, $3, 'settled', 0 FROM settled WHERE state = 'unknown'
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT state = 'unknown' AND NOT EXISTS (SELECT FROM marked) AS met FROM settled`

const trace = () => JSON.stringify(currentTrace())

/** @param pool of every tenant: a budget of an organization counts what all of its projects spend */
export function createPaidCallStore(pool: Queryable): PaidCallStore {
  return {
    async reserve({ payer, callKey, kind, model, estimateMicroUsd, lastsMs }) {
      const who = [payer.runId ?? null, payer.agentId ?? null, payer.keyId ?? null]
      const { rows } = await pool.query<{ answer: ReserveAnswer | null }>({
        name: 'dure-reserve-money-once',
        text: RESERVE,
        values: [
          ...[...nameOf(payer, callKey), ...who, model, estimateMicroUsd, lastsMs, trace()],
          ...[kind, payer.workflowId ?? null],
        ],
      })
      return rows[0]?.answer ?? undefined
    },

    async settle({ payer, callKey, kind, model, used, costMicroUsd, durationMs }) {
      const tokens = { inputTokens: used.tokens, outputTokens: 0 }
      const call = { key: callKey, payer, kind, model, costMicroUsd, durationMs }
      const wasMade = costMicroUsd > 0 || used.tokens > 0 || used.searches > 0
      const event = paidEvent({ ...call, used: tokens })
      const { rows } = await pool.query<{ state: string }>({
        name: 'dure-settle-paid-call',
        text: SETTLE,
        values: [...nameOf(payer, callKey), costMicroUsd, model, trace(), event, wasMade],
      })
      return rows[0]?.state ?? 'unknown'
    },

    async giveUp({ payer, callKey }) {
      const query = { text: GIVE_UP, values: [...nameOf(payer, callKey), trace()] }
      const { rows } = await pool.query<{ met: boolean }>(query)
      // Somebody has reserved it in the meantime: now it is there to be settled.
      if (rows[0]?.met) await pool.query(query)
    },
  }
}

function nameOf({ tenant: { organizationId, projectId } }: GiveUpMoney['payer'], key: string) {
  return [organizationId, projectId, key]
}
