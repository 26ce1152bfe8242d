import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant, WorkflowId } from '@dure/contracts'
import { ConflictError, NotFoundError, prefixedId } from '@dure/kernel'
import { asTenant, type PageKey } from '@dure/platform'
import {
  type AliasTarget,
  checkTargets,
  isSuspicious,
  judge,
  type Outcomes,
  promoted,
  type RollbackRule,
} from './alias.ts'
import type { AliasChange, AliasRun, AliasStore, Lead, StoredAlias } from './store.ts'

/** Where an alias leads to. */
interface AliasSetting {
  readonly targets: readonly AliasTarget[]
  readonly rollback: RollbackRule | null
}

/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/**
 * Names for versions of a workflow. Everything that names an alias throws NotFoundError
 * `alias.not-found`, and what changes one ConflictError `alias.changed`.
 */
export interface AliasService {
  /**
   * @throws InvalidInputError `alias.invalid` @throws NotFoundError `workflow.not-found`
   * @throws ConflictError `alias.name-taken`
   */
  create(
    identity: Identity,
    alias: AliasSetting & { readonly workflowId: WorkflowId; readonly name: string },
  ): Promise<StoredAlias>
  get(tenant: Tenant, id: string): Promise<StoredAlias>
  /** How the last runs of each target ended. */
  outcomes(tenant: Tenant, id: string): Promise<Outcomes[]>
  page(
    tenant: Tenant,
    page: {
      readonly limit: number
      readonly after: PageKey | undefined
      readonly workflowId: WorkflowId | undefined
    },
  ): Promise<StoredAlias[]>
  /** @throws InvalidInputError `alias.invalid` */
  set(
    identity: Identity,
    id: string,
    setting: AliasSetting & { readonly expected: Expected },
  ): Promise<StoredAlias>
  /** One canary takes all. @throws InvalidInputError `alias.nothing-to-promote` */
  promote(identity: Identity, id: string, version: number | undefined): Promise<StoredAlias>
  remove(identity: Identity, id: string, expected: Expected): Promise<void>
  changes(
    tenant: Tenant,
    id: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<AliasChange[]>
  /**
   * To be called once when a run has ended that an alias had started. Gives up a canary that fails too
   * often; one statement, and for an alias without such a rule one that finds nothing.
   */
  recordRunEnd(run: Omit<AliasRun, 'alias'> & { readonly alias: string | null }): Promise<void>
}

interface Parts {
  readonly store: AliasStore
  /** Told after what new runs of a workflow take has changed. */
  readonly changed: (id: WorkflowId) => void
}

/** In the records, for what nobody decided. */
const SYSTEM = 'system'

export function createAliasService({ store, changed }: Parts): AliasService {
  const get = async (tenant: Tenant, id: string) => (await store.find(tenant, id)) ?? notFound()

  async function check(tenant: Tenant, id: WorkflowId, targets: readonly AliasTarget[]) {
    const numbers = targets.map(({ version }) => version)
    const existing = await store.versionsOf(tenant, id, numbers)
    if (!existing) throw new NotFoundError('workflow.not-found', 'There is no such workflow')
    checkTargets(targets, existing)
  }

  async function lead(tenant: Tenant, alias: StoredAlias, change: Lead): Promise<StoredAlias> {
    const { id, revision, workflowId } = alias
    const led = await store.lead(tenant, id, { ...change, revision })
    if (!led) throw lostUpdate()
    changed(workflowId)
    return led
  }

  return {
    get,
    page: (tenant, page) => store.page(tenant, page),
    outcomes: (tenant, id) => store.outcomes(tenant, id),
    changes: (tenant, id, page) => store.changes(tenant, id, page),

    async create({ tenant, principalId }, alias) {
      await check(tenant, alias.workflowId, alias.targets)
      const id = prefixedId('als', randomUUIDv7())
      const created = await store.create(tenant, { id, ...alias }, principalId)
      if (!created) {
        const detail = `The workflow has an alias ${alias.name} already: change that one`
        throw new ConflictError('alias.name-taken', detail)
      }
      changed(alias.workflowId)
      return created
    },

    async set({ tenant, principalId }, id, { targets, rollback, expected }) {
      const alias = expectedOne(await get(tenant, id), expected)
      await check(tenant, alias.workflowId, targets)
      return lead(tenant, alias, { kind: 'changed', targets, rollback, by: principalId })
    },

    async promote({ tenant, principalId }, id, version) {
      const alias = await get(tenant, id)
      const targets = promoted(alias.targets, version)
      return lead(tenant, alias, { kind: 'promoted', targets, by: principalId })
    },

    async remove({ tenant, principalId }, id, expected) {
      const { revision, workflowId } = expectedOne(await get(tenant, id), expected)
      const isRemoved = await store.remove(tenant, id, { revision, by: principalId })
      if (!isRemoved) throw lostUpdate()
      changed(workflowId)
    },

    async recordRunEnd({ alias, ...run }) {
      // No request tells of it.
      if (alias !== null) await asTenant(run.tenant, () => judgeRunEnd({ ...run, alias }))
    },
  }

  async function judgeRunEnd(run: AliasRun): Promise<void> {
    const { tenant, workflowId, versionNumber: version, failed } = run
    const counted = await store.count(run)
    if (!failed || !counted) return
    const { id, targets, rollback, outcomes } = counted
    if (!isSuspicious(targets, rollback, { version, outcomes })) return
    const isGivenUp = await store.judge(tenant, id, (current, all) => {
      const verdict = current.rollback && judge(current.targets, current.rollback, all)
      return verdict ? { ...verdict, by: SYSTEM } : undefined
    })
    if (isGivenUp) changed(workflowId)
  }
}

function expectedOne(alias: StoredAlias, expected: Expected): StoredAlias {
  if (expected && !expected.includes(alias.revision)) throw lostUpdate()
  return alias
}

function lostUpdate(): ConflictError {
  return new ConflictError(
    'alias.changed',
    'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense',
  )
}

function notFound(): never {
  throw new NotFoundError('alias.not-found', 'There is no such alias')
}
