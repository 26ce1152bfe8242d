import type { BudgetId, Tenant } from '@dure/contracts'
import { type FieldProblem, InvalidInputError } from '@dure/kernel'

export const BUDGET_SCOPES = ['run', 'agent', 'project', 'organization', 'key'] as const
export type BudgetScope = (typeof BUDGET_SCOPES)[number]
export const BUDGET_PERIODS = ['none', 'day', 'month'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]
export const POLICIES = ['stop', 'cheaper-model', 'ask'] as const

export interface Exhaustion {
  readonly policy: (typeof POLICIES)[number]
  /** With `cheaper-model`. */
  readonly model?: string | undefined
  readonly atPercent?: number | undefined
}

/** What may be changed of a budget. */
export interface BudgetRules {
  readonly name: string
  readonly limitMicroUsd: number
  readonly onExhaustion: Exhaustion
  /** In rising order, each once. */
  readonly warnAtPercents: readonly number[]
}

/** What it is a budget of, for good. */
export interface BudgetSubject {
  readonly scope: BudgetScope
  /** Of an agent or a key. */
  readonly subjectId?: string | undefined
  readonly period: BudgetPeriod
  readonly timeZone: string
}

export interface Budget extends BudgetSubject, BudgetRules {
  readonly id: BudgetId
  readonly organizationId: Tenant['organizationId']
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
  /** In the period that is now; undefined for a budget that each run has one of. */
  readonly current: Balance | undefined
}

export interface Balance {
  readonly period: string
  readonly reservedMicroUsd: number
  readonly spentMicroUsd: number
}

/** Of `cheaper-model`, where none is given. */
export const DEGRADE_AT_PERCENT = 80

const SUBJECTS: Readonly<Partial<Record<BudgetScope, RegExp>>> = {
  agent: /^agt_[0-9a-f]{32}$/,
  key: /^key_[0-9A-Za-z]{1,64}$/,
}
/** `Area/Place`, or `UTC`. Not `+09:00`: PostgreSQL reads a sign the other way round. */
const ZONE = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){0,2}$/

/** @throws InvalidInputError `budget.invalid` */
export function checkSubject({ scope, subjectId, period, timeZone }: BudgetSubject): void {
  const problems: FieldProblem[] = []
  const wanted = SUBJECTS[scope]
  if (wanted && !wanted.test(subjectId ?? '')) {
    problems.push({ pointer: '#/subjectId', message: `must be the id of the ${scope}` })
  }
  if (!wanted && subjectId !== undefined) {
    problems.push({ pointer: '#/subjectId', message: `is not for a budget of scope ${scope}` })
  }
  if (scope === 'run' && period !== 'none') {
    const message = 'must be `none`: each run has the whole limit, once'
    problems.push({ pointer: '#/period', message })
  }
  if (!isTimeZone(timeZone)) problems.push(NO_ZONE)
  refuse(problems)
}

const NO_ZONE = {
  pointer: '#/timeZone',
  message: 'is not a time zone that is known here, such as `Asia/Seoul` or `UTC`',
}

/** @throws InvalidInputError `budget.invalid`, always: PostgreSQL does not know the zone */
export function unknownTimeZone(): never {
  throw new InvalidInputError('budget.invalid', 'Correct the budget', [NO_ZONE])
}

/** @throws InvalidInputError `budget.invalid` */
export function checkRules({ onExhaustion: { policy, model, atPercent } }: BudgetRules): void {
  const problems: FieldProblem[] = []
  const isCheaper = policy === 'cheaper-model'
  const at = (name: string) => `#/onExhaustion/${name}`
  if (isCheaper && model === undefined) {
    problems.push({ pointer: at('model'), message: 'is needed: the one to ask for instead' })
  }
  for (const [name, value] of Object.entries({ model, atPercent })) {
    if (isCheaper || value === undefined) continue
    problems.push({ pointer: at(name), message: `is not for the policy ${policy}` })
  }
  refuse(problems)
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return
  throw new InvalidInputError('budget.invalid', 'Correct the budget', problems)
}

function isTimeZone(name: string): boolean {
  if (!ZONE.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
