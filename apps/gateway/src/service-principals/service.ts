import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant } from '@dure/contracts'
import { ConflictError, ForbiddenError, NotFoundError, prefixedId } from '@dure/kernel'
import { withTenant } from '@dure/platform'
import type pg from 'pg'
import { mayGrant, type Role } from '../members/role.ts'
import type { PageSlice } from '../paging.ts'
import { type ServicePrincipal, servicePrincipalsOf } from './store.ts'

/** Programs that have keys in a project: their keys change, they stay. */
export interface ServicePrincipalService {
  /**
   * @throws ForbiddenError `service-principal.role-too-high`
   * @throws ConflictError `service-principal.too-many`
   */
  create(granter: Identity, wanted: WantedPrincipal): Promise<ServicePrincipal>
  /** @throws NotFoundError `service-principal.not-found` */
  get(tenant: Tenant, id: string): Promise<ServicePrincipal>
  page(tenant: Tenant, page: PageSlice): Promise<ServicePrincipal[]>
  /**
   * All of its keys are refused while it is disabled.
   *
   * @throws NotFoundError `service-principal.not-found`
   * @throws ForbiddenError `service-principal.role-too-high` when it is to be enabled
   */
  setDisabled(granter: Identity, id: string, disabled: boolean): Promise<ServicePrincipal>
}

export interface WantedPrincipal {
  readonly name: string
  readonly role: Role
}

export interface ServicePrincipalDependencies {
  readonly pool: pg.Pool
  /** Told of every principal that may do something else from now on, after the commit. */
  readonly announce: (ids: readonly string[]) => Promise<void>
}

type Principals = ReturnType<typeof servicePrincipalsOf>

/** Of one project, also those that are disabled. */
const MAX_PRINCIPALS = 1000

export function createServicePrincipalService({
  pool,
  announce,
}: ServicePrincipalDependencies): ServicePrincipalService {
  const within = <Result>(tenant: Tenant, work: (principals: Principals) => Promise<Result>) =>
    withTenant(pool, tenant, (client) => work(servicePrincipalsOf(client, tenant)))

  return {
    create: (granter, wanted) =>
      within(granter.tenant, async (principals) => {
        refuseTooHigh(granter, wanted.role)
        if ((await principals.count()) >= MAX_PRINCIPALS) throw tooMany()
        return found(await principals.add(prefixedId('svc', randomUUIDv7()), wanted))
      }),

    get: (tenant, id) => within(tenant, async (principals) => found(await principals.find(id))),
    page: (tenant, page) => within(tenant, (principals) => principals.page(page)),

    async setDisabled(granter, id, disabled) {
      const changed = await within(granter.tenant, async (principals) => {
        const { role } = found(await principals.find(id))
        if (!disabled) refuseTooHigh(granter, role)
        return found(await principals.setDisabled(id, disabled))
      })
      await announce([id])
      return changed
    },
  }
}

function refuseTooHigh(granter: Identity, role: Role): void {
  if (mayGrant(granter, role)) return
  const message = `You cannot give the role ${role}: it is more than you are`
  throw new ForbiddenError('service-principal.role-too-high', message, { role })
}

function found(principal: ServicePrincipal | undefined): ServicePrincipal {
  if (principal) return principal
  const message = 'There is no such service principal in this project'
  throw new NotFoundError('service-principal.not-found', message)
}

function tooMany(): ConflictError {
  const message = `A project has at most ${MAX_PRINCIPALS} service principals`
  return new ConflictError('service-principal.too-many', message, { maximum: MAX_PRINCIPALS })
}
