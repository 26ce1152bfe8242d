import type pg from 'pg'

export const ENTRY_KINDS = ['fund', 'limit', 'reserve', 'settle', 'expire', 'correct'] as const

/** One transaction of the ledger: its four amounts add up to zero. */
export interface LedgerEntry {
  readonly id: string
  readonly kind: (typeof ENTRY_KINDS)[number]
  readonly period: string
  readonly availableMicroUsd: number
  readonly reservedMicroUsd: number
  readonly spentMicroUsd: number
  readonly outsideMicroUsd: number
  /** What was available after it. */
  readonly balanceMicroUsd: number
  readonly callKey: string | null
  readonly projectId: string | null
  readonly runId: string | null
  readonly agentId: string | null
  readonly keyId: string | null
  readonly model: string | null
  readonly at: Date
}

export interface EntryStore {
  /** Newest first. @param of a budget that whoever asks may see */
  page(of: {
    readonly organizationId: string
    readonly budgetId: string
    readonly limit: number
    /** The id of the last one on the page before. */
    readonly after: string | undefined
  }): Promise<LedgerEntry[]>
}

const PAGE = `
  SELECT e.id, e.kind, a.period, e.available, e.reserved, e.spent, e.outside, e.balance, e.call_key,
    e.payer_project_id, coalesce(e.run_id, nullif(a.run_id, '')) AS run_id, e.agent_id, e.key_id, e.model, e.created_at
  FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
  WHERE e.organization_id = $1 AND e.budget_id = $2 AND ($3::bigint IS NULL OR e.id < $3)
  ORDER BY e.id DESC LIMIT $4`

interface Row {
  readonly id: string
  readonly kind: LedgerEntry['kind']
  readonly period: string
  readonly available: string
  readonly reserved: string
  readonly spent: string
  readonly outside: string
  readonly balance: string
  readonly call_key: string | null
  readonly payer_project_id: string | null
  readonly run_id: string | null
  readonly agent_id: string | null
  readonly key_id: string | null
  readonly model: string | null
  readonly created_at: Date
}

export function createEntryStore(pool: pg.Pool): EntryStore {
  return {
    async page({ organizationId, budgetId, limit, after }) {
      const values = [organizationId, budgetId, after ?? null, limit]
      return (await pool.query<Row>(PAGE, values)).rows.map(toEntry)
    },
  }
}

function toEntry(row: Row): LedgerEntry {
  return {
    id: row.id,
    kind: row.kind,
    period: row.period,
    availableMicroUsd: Number(row.available),
    reservedMicroUsd: Number(row.reserved),
    spentMicroUsd: Number(row.spent),
    outsideMicroUsd: Number(row.outside),
    balanceMicroUsd: Number(row.balance),
    callKey: row.call_key,
    projectId: row.payer_project_id,
    runId: row.run_id,
    agentId: row.agent_id,
    keyId: row.key_id,
    model: row.model,
    at: row.created_at,
  }
}
