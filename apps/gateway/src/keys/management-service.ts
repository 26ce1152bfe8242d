import { randomUUIDv7 } from 'node:crypto'
import type { Identity, ProjectId, Tenant } from '@dure/contracts'
import {
  ConflictError,
  type FieldProblem,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  prefixedId,
  UnauthenticatedError,
} from '@dure/kernel'
import { type PageKey, withTenant } from '@dure/platform'
import type pg from 'pg'
import { keyIdOf } from '../identity/subject.ts'
import { type Role, scopesOfRole } from '../members/role.ts'
import { membersOf } from '../members/store.ts'
import { unknownMember } from '../oidc/refusal.ts'
import { servicePrincipalsOf } from '../service-principals/store.ts'
import { cidrProblem } from './address-list.ts'
import { parseApiKey } from './api-key.ts'
import { excessOf, type Grant, grantOf, type WantedGrant } from './grant.ts'
import { keysOf, type ManagedKey } from './management-store.ts'
import { newApiKey } from './new-key-service.ts'
import type { Seal } from './seal-service.ts'

/** The only time that a key is seen. */
export interface ShownKey {
  readonly key: string
  readonly managed: ManagedKey
}

export interface WantedKey extends WantedGrant {
  readonly name: string
  /** Whose key it will be; absent: its own. */
  readonly servicePrincipalId?: string | undefined
}

/** What the owner of keys does with them. The ids of other projects are as unknown as any other. */
export interface KeyManagement {
  /**
   * @throws ForbiddenError `key.stronger-than-maker`
   * @throws InvalidInputError `key.invalid-cidr`, `key.expiry-in-the-past`
   * @throws NotFoundError `service-principal.not-found`
   * @throws ConflictError `key.too-many`
   */
  create(maker: Identity, wanted: WantedKey): Promise<ShownKey>
  /** The same in another project of the organization, in the transaction of `client`. */
  createIn(client: pg.PoolClient, place: KeyPlace, wanted: WantedKey): Promise<ShownKey>
  /**
   * The first key of a new organization, in the transaction of `client`: with the scopes of its maker,
   * without the one to make organizations, and the role of an owner.
   */
  createFirst(client: pg.PoolClient, tenant: Tenant, maker: Identity): Promise<ShownKey>
  /** @throws NotFoundError `key.not-found` */
  get(tenant: Tenant, id: string): Promise<ManagedKey>
  page(tenant: Tenant, limit: number, after: PageKey | undefined): Promise<ManagedKey[]>
  /**
   * A new key that may do the same; the old one goes on for `overlapMs`.
   *
   * @throws NotFoundError `key.not-found`
   * @throws ConflictError `key.not-active`, `key.already-replaced`
   * @throws ForbiddenError `key.stronger-than-maker`
   */
  rotate(maker: Identity, id: string, overlapMs: number): Promise<ShownKey>
  /**
   * From now on it is refused; a second time changes nothing.
   *
   * @throws NotFoundError `key.not-found`
   */
  revoke(tenant: Tenant, id: string, options: { readonly descendants: boolean }): Promise<void>
}

export interface KeyPlace {
  readonly maker: Identity
  readonly projectId: ProjectId
}

export interface KeyManagementDependencies {
  readonly pool: pg.Pool
  readonly seal: Seal
  /** Told of every key that may do something else from now on, after the commit. */
  readonly announce: (ids: readonly string[]) => Promise<void>
}

type Keys = ReturnType<typeof keysOf>
type NewKey = Grant & Pick<ManagedKey, 'name'> & { readonly servicePrincipalId: string | undefined }

/** Of one project, without those that are expired or revoked. */
const MAX_KEYS = 1000

export function createKeyManagement({
  pool,
  seal,
  announce,
}: KeyManagementDependencies): KeyManagement {
  const within = <Result>(tenant: Tenant, work: (keys: Keys) => Promise<Result>) =>
    withTenant(pool, tenant, (client) => work(keysOf(client, tenant)))

  async function add(keys: Keys, maker: Identity, { name, servicePrincipalId, ...grant }: NewKey) {
    if ((await keys.count()) >= MAX_KEYS) throw tooMany()
    const key = newApiKey()
    const parsed = parseApiKey(key)
    if (!parsed) throw new TypeError('What was formatted can be parsed')
    const id = prefixedId('key', randomUUIDv7())
    const owner = { name, createdBy: keyIdOf(maker), servicePrincipalId }
    const managed = await keys.insert({ ...grant, ...parsed, ...seal(key), ...owner, id })
    return { key, managed }
  }

  const createIn: KeyManagement['createIn'] = async (client, { maker, projectId }, wanted) => {
    refuseBadCidrs(wanted.allowedCidrs ?? [])
    const tenant = { ...maker.tenant, projectId }
    const { name, servicePrincipalId } = wanted
    if (servicePrincipalId)
      refuseBeyondRole(await roleOf(client, tenant, servicePrincipalId), wanted)
    const own = await grantOfMaker(client, maker)
    const grant = grantOf(wanted, own)
    refuseStronger(grant, own)
    const made = await add(keysOf(client, tenant), maker, { name, servicePrincipalId, ...grant })
    if (made.managed.state !== 'active') throw alreadyExpired()
    return made
  }

  return {
    create: (maker, wanted) =>
      withTenant(pool, maker.tenant, (client) =>
        createIn(client, { maker, projectId: maker.tenant.projectId }, wanted),
      ),
    createIn,

    createFirst: (client, tenant, maker) =>
      add(keysOf(client, tenant), maker, {
        name: 'First key',
        scopes: maker.scopes.filter((scope) => scope !== 'organizations:create'),
        roles: ['owner'],
        allowedCidrs: [],
        expiresAt: undefined,
        servicePrincipalId: undefined,
      }),

    get: (tenant, id) => within(tenant, async (keys) => found(await keys.find(id))),
    page: (tenant, limit, after) => within(tenant, (keys) => keys.page(limit, after)),

    async rotate(maker, id, overlapMs) {
      const shown = await withTenant(pool, maker.tenant, async (client) => {
        const own = await grantOfMaker(client, maker)
        const keys = keysOf(client, maker.tenant)
        const old = found(await keys.findAndHold(id))
        if (old.state !== 'active') throw notActive(old)
        if (old.replacedBy) throw alreadyReplaced(old.replacedBy)
        refuseStronger(old, own)
        const made = await add(keys, maker, old)
        await keys.replace(id, made.managed.id, overlapMs)
        return made
      })
      await announce([id])
      return shown
    },

    async revoke(tenant, id, { descendants }) {
      const revoked = await within(tenant, async (keys) =>
        keys.revoke(descendants ? await keys.withDescendants(id) : [id]),
      )
      if (revoked.length === 0) throw notFound()
      await announce(revoked)
    },
  }
}

/** As it is now: a key that was revoked a moment ago makes no others, and so does a member who was removed. */
async function grantOfMaker(client: pg.PoolClient, maker: Identity): Promise<Grant> {
  const { scopes, roles = [], tenant } = maker
  const keyId = keyIdOf(maker)
  if (!keyId.startsWith('key_')) return grantOfMember(client, maker)
  const key = await keysOf(client, tenant).findAndHold(keyId)
  // Of the scopes and roles, those that count: a service principal narrows the ones of its keys.
  if (key?.state === 'active') return { ...key, scopes, roles }
  throw new UnauthenticatedError('key.revoked', 'This key was revoked: use another one')
}

async function grantOfMember(
  client: pg.PoolClient,
  { tenant, principalId }: Identity,
): Promise<Grant> {
  const member = await membersOf(client, tenant.organizationId).findAndHold(principalId, 'SHARE')
  if (!member) throw unknownMember()
  const { role } = member
  return { scopes: scopesOfRole(role), roles: [role], expiresAt: undefined, allowedCidrs: [] }
}

async function roleOf(client: pg.PoolClient, tenant: Tenant, id: string): Promise<Role> {
  const principal = await servicePrincipalsOf(client, tenant).find(id)
  if (principal && !principal.disabledAt) return principal.role
  const message = 'There is no such service principal in this project, or it is disabled'
  throw new NotFoundError('service-principal.not-found', message)
}

/** A key for a service principal has no scope that the principal could not use. */
function refuseBeyondRole(role: Role, { scopes }: WantedKey): void {
  const excess = scopes.flatMap((scope, index) =>
    scopesOfRole(role).includes(scope)
      ? []
      : [{ pointer: `#/scopes/${index}`, message: `is none of the role ${role}: ${scope}` }],
  )
  if (excess.length > 0) throw tooStrong(excess)
}

function refuseStronger(grant: Grant, maker: Grant): void {
  const excess = excessOf(grant, maker)
  if (excess.length > 0) throw tooStrong(excess)
}

function tooStrong(excess: readonly FieldProblem[]): ForbiddenError {
  return new ForbiddenError(
    'key.stronger-than-maker',
    'A key can do no more than who makes it, and than whose key it is: ask for less',
    { excess },
  )
}

function refuseBadCidrs(cidrs: readonly string[]): void {
  const fields = cidrs.flatMap((cidr, index) => {
    const message = cidrProblem(cidr)
    return message ? [{ pointer: `#/allowedCidrs/${index}`, message }] : []
  })
  if (fields.length > 0) {
    throw new InvalidInputError('key.invalid-cidr', 'An allowed network is none', fields)
  }
}

function alreadyExpired(): InvalidInputError {
  const message = 'must be in the future'
  return new InvalidInputError('key.expiry-in-the-past', 'The key would have expired already', [
    { pointer: '#/expiresAt', message },
  ])
}

function found(key: ManagedKey | undefined): ManagedKey {
  if (!key) throw notFound()
  return key
}

function notFound(): NotFoundError {
  return new NotFoundError('key.not-found', 'There is no such API key in this project')
}

function notActive({ state }: ManagedKey): ConflictError {
  return new ConflictError('key.not-active', `The key is ${state}: create another one`, { state })
}

function alreadyReplaced(replacedBy: string): ConflictError {
  return new ConflictError(
    'key.already-replaced',
    'The key was replaced before: rotate the one that took its place',
    { replacedBy },
  )
}

function tooMany(): ConflictError {
  return new ConflictError(
    'key.too-many',
    `A project has at most ${MAX_KEYS} active keys: revoke some`,
    { maximum: MAX_KEYS },
  )
}
