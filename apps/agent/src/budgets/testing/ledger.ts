import { randomUUID } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { testDatabase } from '@dure/platform/testing'
import type { Pool } from 'pg'
import { createLedgerStore, type LedgerStore } from '../ledger-store.ts'

export interface Account {
  readonly budgetId: string
  readonly runId: string
  readonly available: number
  readonly reserved: number
  readonly spent: number
  readonly limit: number
}

export interface LedgerUnderTest {
  readonly pool: Pool
  readonly ledger: LedgerStore
  budget(of: Partial<BudgetRow> & { readonly tenant: Tenant }): Promise<string>
  setLimit(budgetId: string, limitMicroUsd: number): Promise<void>
  accounts(): Promise<Account[]>
  /** What `ledger_faults` finds, which is nothing. */
  faults(): Promise<unknown[]>
  close(): Promise<void>
}

interface BudgetRow {
  readonly scope: string
  readonly subjectId: string
  readonly limitMicroUsd: number
  readonly period: string
  readonly timeZone: string
  readonly policy: string
  readonly cheaperModel: string
  readonly degradeAtPercent: number
  readonly warnAtPercents: number[]
}

const INSERT = `
  INSERT INTO budget (id, organization_id, project_id, scope, subject_id, limit_micro_usd, period, time_zone, policy,
    cheaper_model, degrade_at_percent, warn_at_percents, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'key_test')`

/** The tables on a real PostgreSQL, and what one looks at to see whether the books are right. */
export async function startLedger(): Promise<LedgerUnderTest> {
  const { databaseUrl, drop } = await testDatabase('agent')
  const pool = createPool({ DATABASE_URL: databaseUrl }, { max: 8, rows: 'of every tenant' })

  return {
    pool,
    ledger: createLedgerStore(pool),

    async budget({ tenant: { organizationId, projectId }, ...of }) {
      const { scope = 'project', subjectId = '', limitMicroUsd = 1000, period = 'none' } = of
      const { timeZone = 'UTC', policy = 'stop', cheaperModel = '', degradeAtPercent = 80 } = of
      const id = `bud_${randomUUID().replaceAll('-', '')}`
      const owner = [organizationId, scope === 'organization' ? '' : projectId]
      const rules = [limitMicroUsd, period, timeZone, policy, cheaperModel, degradeAtPercent]
      const warnings = of.warnAtPercents ?? []
      await pool.query(INSERT, [id, ...owner, scope, subjectId, ...rules, warnings])
      return id
    },

    async setLimit(budgetId, limitMicroUsd) {
      const text = 'UPDATE budget SET limit_micro_usd = $2, revision = revision + 1 WHERE id = $1'
      await pool.query(text, [budgetId, limitMicroUsd])
    },

    async accounts() {
      const { rows } = await pool.query(`
        SELECT budget_id, run_id, available, reserved, spent, -outside AS "limit"
        FROM ledger_account ORDER BY budget_id, run_id`)
      return rows.map((row) => ({
        budgetId: row.budget_id,
        runId: row.run_id,
        available: Number(row.available),
        reserved: Number(row.reserved),
        spent: Number(row.spent),
        limit: Number(row.limit),
      }))
    },

    faults: async () => (await pool.query('SELECT * FROM ledger_faults()')).rows,

    async close() {
      await pool.end()
      await drop()
    },
  }
}
