import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { DatabaseError } from 'pg'
import {
  type Budget,
  type BudgetRules,
  type BudgetSubject,
  DEGRADE_AT_PERCENT,
  unknownTimeZone,
} from './budget.ts'

/** Budgets of a project, and of the organization that it belongs to. */
export interface BudgetStore {
  /**
   * @returns undefined when there is one of the same subject and period, or as many as there may be
   * @throws InvalidInputError `budget.invalid` for a time zone that PostgreSQL does not know
   */
  insert(budget: NewBudget): Promise<Budget | undefined>
  find(tenant: Tenant, id: string): Promise<Budget | undefined>
  hasSame(tenant: Tenant, of: BudgetSubject): Promise<boolean>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Budget[]>
  /** @returns undefined at another revision */
  change(tenant: Tenant, of: Revised, rules: BudgetRules): Promise<Budget | undefined>
  /** Its books are kept. @returns false at another revision */
  remove(tenant: Tenant, of: Revised): Promise<boolean>
}

type Revised = Pick<Budget, 'id' | 'revision'>

export type NewBudget = BudgetSubject &
  BudgetRules &
  Pick<Budget, 'id' | 'createdBy'> & {
    readonly tenant: Tenant
    /** How many a project, or an organization, may have. */
    readonly max: number
  }

const OWNED = `organization_id = $1 AND project_id IN ($2, '') AND deleted_at IS NULL`

const SELECT = (from: string) => `
  SELECT b.*, current_period, coalesce(a.reserved, 0) AS reserved, coalesce(a.spent, 0) AS spent
  FROM ${from} b
  CROSS JOIN LATERAL budget_period(b.period, b.time_zone) AS current_period
  LEFT JOIN ledger_account a ON a.budget_id = b.id AND a.period = current_period AND a.run_id = ''`

// An expression of the zone that PostgreSQL does not know fails the statement.
const INSERT = `
  WITH added AS (
    INSERT INTO budget (organization_id, project_id, id, scope, subject_id, period, time_zone, created_by, name,
      limit_micro_usd, policy, cheaper_model, degrade_at_percent, warn_at_percents)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
    WHERE budget_period('day', $7) <> ''
      AND (SELECT count(*) FROM budget WHERE organization_id = $1 AND project_id = $2 AND deleted_at IS NULL) < $15
    ON CONFLICT DO NOTHING RETURNING *
  ) ${SELECT('added')}`

const FIND = `${SELECT(`(SELECT * FROM budget WHERE ${OWNED} AND id = $3)`)}`

const SAME = `
  SELECT FROM budget WHERE organization_id = $1 AND project_id = $2 AND deleted_at IS NULL
    AND scope = $3 AND subject_id = $4 AND period = $5`

const PAGE = `${SELECT(`(
    SELECT * FROM budget
    WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    ORDER BY created_at DESC, id DESC LIMIT $5)`)}
  ORDER BY b.created_at DESC, b.id DESC`

// The accounts follow with the next call: `open_account`.
const CHANGE = `
  WITH changed AS (
    UPDATE budget SET name = $5, limit_micro_usd = $6, policy = $7, cheaper_model = $8, degrade_at_percent = $9,
      warn_at_percents = $10, revision = revision + 1, updated_at = now()
    WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING *
  ) ${SELECT('changed')}`

const REMOVE = `
  UPDATE budget SET deleted_at = now() WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING id`

interface Row {
  readonly id: Budget['id']
  readonly organization_id: Budget['organizationId']
  readonly scope: Budget['scope']
  readonly subject_id: string
  readonly name: string
  readonly limit_micro_usd: string
  readonly period: Budget['period']
  readonly time_zone: string
  readonly policy: Budget['onExhaustion']['policy']
  readonly cheaper_model: string
  readonly degrade_at_percent: number
  readonly warn_at_percents: readonly number[]
  readonly revision: number
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
  readonly current_period: string
  readonly reserved: string
  readonly spent: string
}

export function createBudgetStore(pool: pg.Pool): BudgetStore {
  async function rowsOf(text: string, tenant: Tenant, values: unknown[]) {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Row>(text, [...owner, ...values])).rows
  }
  const one = async (text: string, tenant: Tenant, values: unknown[]) => {
    const [row] = await rowsOf(text, tenant, values)
    return row && toBudget(row)
  }

  return {
    insert: ({ tenant, id, createdBy, max, ...budget }) => {
      const { subjectId = '', period, timeZone, scope } = budget
      const subject = [id, scope, subjectId, period, timeZone, createdBy]
      const values = [...subject, ...columnsOf(budget), max]
      return one(INSERT, ownerOf(tenant, budget), values).catch(refuseTimeZone)
    },

    find: (tenant, id) => one(FIND, tenant, [id]),

    async hasSame(tenant, of) {
      const values = [of.scope, of.subjectId ?? '', of.period]
      return (await rowsOf(SAME, ownerOf(tenant, of), values)).length > 0
    },

    async page(tenant, { limit, after }) {
      const values = [after?.createdAt ?? null, after?.id ?? null, limit]
      return (await rowsOf(PAGE, tenant, values)).map(toBudget)
    },

    change: (tenant, { id, revision }, rules) =>
      one(CHANGE, tenant, [id, revision, ...columnsOf(rules)]),

    async remove(tenant, { id, revision }) {
      return (await rowsOf(REMOVE, tenant, [id, revision])).length > 0
    },
  }
}

/** What is of the organization is of no project. */
function ownerOf(tenant: Tenant, { scope }: Pick<BudgetSubject, 'scope'>): Tenant {
  return scope === 'organization' ? { ...tenant, projectId: '' as Tenant['projectId'] } : tenant
}

function columnsOf({ name, limitMicroUsd, onExhaustion, warnAtPercents }: BudgetRules): unknown[] {
  const { policy, model = '', atPercent = DEGRADE_AT_PERCENT } = onExhaustion
  return [name, limitMicroUsd, policy, model, atPercent, warnAtPercents]
}

const INVALID_PARAMETER = '22023'

function refuseTimeZone(error: unknown): never {
  if (error instanceof DatabaseError && error.code === INVALID_PARAMETER) unknownTimeZone()
  throw error
}

function toBudget(row: Row): Budget {
  const { policy, cheaper_model: model, degrade_at_percent: atPercent } = row
  return {
    id: row.id,
    organizationId: row.organization_id,
    scope: row.scope,
    subjectId: row.subject_id || undefined,
    name: row.name,
    limitMicroUsd: Number(row.limit_micro_usd),
    period: row.period,
    timeZone: row.time_zone,
    onExhaustion: policy === 'cheaper-model' ? { policy, model, atPercent } : { policy },
    warnAtPercents: row.warn_at_percents,
    revision: row.revision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    current: row.scope === 'run' ? undefined : balanceOf(row),
  }
}

function balanceOf({ current_period: period, reserved, spent }: Row) {
  return { period, reservedMicroUsd: Number(reserved), spentMicroUsd: Number(spent) }
}
