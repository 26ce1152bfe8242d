import { randomUUIDv7 } from 'node:crypto'
import type { BudgetId, Identity, Scope, Tenant } from '@dure/contracts'
import { ConflictError, ForbiddenError, NotFoundError, prefixedId } from '@dure/kernel'
import type { ExpectedRevisions } from '@dure/platform'
import {
  type Budget,
  type BudgetRules,
  type BudgetScope,
  type BudgetSubject,
  checkRules,
  checkSubject,
} from './budget.ts'
import type { EntryStore, LedgerEntry } from './entry-store.ts'
import type { BudgetStore } from './store.ts'

type Changes = { readonly [Name in keyof BudgetRules]?: BudgetRules[Name] | undefined }

/**
 * Budgets as people edit them. Those of an organization are shown to all of its projects, since they bind all; who
 * changes one, or looks at who spent what of it, needs the right to the organization, too. Everything that names one throws
 * NotFoundError `budget.not-found`, and what changes one ConflictError `budget.changed`.
 */
export interface BudgetService {
  /**
   * @throws InvalidInputError `budget.invalid`
   * @throws ConflictError `budget.exists`, `budget.too-many`
   * @throws ForbiddenError `budget.of-organization`
   */
  create(identity: Identity, budget: BudgetSubject & BudgetRules): Promise<Budget>
  get(tenant: Tenant, id: string): Promise<Budget>
  page: BudgetStore['page']
  /** The accounts follow with the next call. @throws InvalidInputError, ForbiddenError as above */
  change(
    identity: Identity,
    id: string,
    of: { readonly changes: Changes; readonly expected: ExpectedRevisions },
  ): Promise<Budget>
  /** Its books are kept. @throws ForbiddenError as above */
  remove(identity: Identity, id: string, expected: ExpectedRevisions): Promise<void>
  /** Newest first. @throws ForbiddenError as above */
  entries(
    identity: Identity,
    id: string,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<LedgerEntry[]>
}

/** Each call locks those that apply to it. */
const MAX_BUDGETS = 200

export interface BudgetServiceDependencies {
  readonly store: BudgetStore
  readonly entries: EntryStore
}

export function createBudgetService({ store, entries }: BudgetServiceDependencies): BudgetService {
  const get = async (tenant: Tenant, id: string) => (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: store.page,

    async create(identity, budget) {
      const { tenant, principalId: createdBy } = identity
      needScope(identity, budget.scope, 'organizations:write')
      checkSubject(budget)
      const rules = orderly(budget)
      const id = prefixedId('bud', randomUUIDv7()) as BudgetId
      const added = { ...budget, ...rules, tenant, id, createdBy, max: MAX_BUDGETS }
      return (await store.insert(added)) ?? refused(await store.hasSame(tenant, budget))
    },

    async change(identity, id, { changes, expected }) {
      const { tenant } = identity
      const before = expectedOne(await get(tenant, id), expected)
      needScope(identity, before.scope, 'organizations:write')
      return (await store.change(tenant, before, orderly(merged(before, changes)))) ?? lostUpdate()
    },

    async remove(identity, id, expected) {
      const { tenant } = identity
      const budget = expectedOne(await get(tenant, id), expected)
      needScope(identity, budget.scope, 'organizations:write')
      if (!(await store.remove(tenant, budget))) lostUpdate()
    },

    async entries(identity, id, page) {
      const { organizationId, scope } = await get(identity.tenant, id)
      needScope(identity, scope, 'organizations:read')
      return entries.page({ organizationId, budgetId: id, ...page })
    },
  }
}

function merged(before: BudgetRules, changes: Changes): BudgetRules {
  return {
    name: changes.name ?? before.name,
    limitMicroUsd: changes.limitMicroUsd ?? before.limitMicroUsd,
    onExhaustion: changes.onExhaustion ?? before.onExhaustion,
    warnAtPercents: changes.warnAtPercents ?? before.warnAtPercents,
  }
}

function orderly(rules: BudgetRules): BudgetRules {
  checkRules(rules)
  const { name, limitMicroUsd, onExhaustion } = rules
  const warnAtPercents = [...new Set(rules.warnAtPercents)].sort((one, other) => one - other)
  return { name, limitMicroUsd, onExhaustion, warnAtPercents }
}

function needScope({ scopes }: Identity, of: BudgetScope, scope: Scope): void {
  if (of !== 'organization' || scopes.includes(scope)) return
  const detail = `It is a budget of the whole organization: use a key with the scope ${scope} as well`
  throw new ForbiddenError('budget.of-organization', detail)
}

function expectedOne(budget: Budget, expected: ExpectedRevisions): Budget {
  return expected && !expected.includes(budget.revision) ? lostUpdate() : budget
}

function refused(isThere: boolean): never {
  if (isThere) {
    const detail = 'There is a budget of this subject and period already: change that one'
    throw new ConflictError('budget.exists', detail)
  }
  const detail = `A project, and an organization, has at most ${MAX_BUDGETS} budgets: delete one`
  throw new ConflictError('budget.too-many', detail)
}

function lostUpdate(): never {
  const detail = 'Somebody else has changed it meanwhile: get it again before you change it'
  throw new ConflictError('budget.changed', detail)
}

function notFound(): never {
  throw new NotFoundError('budget.not-found', 'There is no such budget')
}
