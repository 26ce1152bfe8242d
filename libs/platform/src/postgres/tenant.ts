import { AsyncLocalStorage } from 'node:async_hooks'
import type { Tenant } from '@dure/contracts'

/** Whose rows are meant: those of one project, or without it those of every project of an organization. */
export type TenantOfRows = Pick<Tenant, 'organizationId'> & Partial<Tenant>

/** The two settings that policies of row level security compare rows with. Empty: no row. */
export interface TenantSettings {
  readonly organization: string
  readonly project: string
}

const NOBODY: TenantSettings = { organization: '', project: '' }

const current = new AsyncLocalStorage<TenantSettings>()

/**
 * What `work` asks a pool of one tenant's rows is asked for this tenant, until it is over. Within, it may be
 * said again for another one.
 */
export function asTenant<Result>(tenant: TenantOfRows, work: () => Result): Result {
  const { organizationId, projectId = '' } = tenant
  return current.run({ organization: organizationId, project: projectId }, work)
}

/** Of nobody where nobody was named: then no row is seen. */
export function currentTenant(): TenantSettings {
  return current.getStore() ?? NOBODY
}
