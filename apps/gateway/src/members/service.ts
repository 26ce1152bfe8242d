import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant } from '@dure/contracts'
import { ConflictError, ForbiddenError, NotFoundError, prefixedId } from '@dure/kernel'
import { withTenant } from '@dure/platform'
import type pg from 'pg'
import type { PageSlice } from '../paging.ts'
import { mayGrant, type Role, scopesOfRole } from './role.ts'
import { type Member, membersOf, type NewMember } from './store.ts'

/** Whether a member is still what somebody has seen. */
type IsExpected = (member: Member) => boolean

/** The people of an organization. Nobody gives or takes a role that is more than their own. */
export interface MemberService {
  /**
   * @throws ConflictError `member.exists`, `member.too-many`
   * @throws ForbiddenError `member.role-too-high`
   */
  add(granter: Identity, member: NewMember): Promise<Member>
  /** @throws NotFoundError `member.not-found` */
  get(tenant: Tenant, id: string): Promise<Member>
  page(tenant: Tenant, page: PageSlice): Promise<Member[]>
  /**
   * What the new role lacks is taken from the keys that they made for themselves, too; a higher role later
   * does not give it back.
   *
   * @throws NotFoundError `member.not-found`
   * @throws ForbiddenError `member.role-too-high`
   * @throws ConflictError `member.last-owner`, `member.changed`
   */
  setRole(
    granter: Identity,
    id: string,
    change: { readonly role: Role; readonly isExpected: IsExpected },
  ): Promise<Member>
  /**
   * The keys that they made for themselves are revoked with them, and all that were made with these.
   *
   * @throws NotFoundError `member.not-found`
   * @throws ForbiddenError `member.role-too-high`
   * @throws ConflictError `member.last-owner`, `member.changed`
   */
  remove(granter: Identity, id: string, isExpected: IsExpected): Promise<void>
}

export interface MemberDependencies {
  readonly pool: pg.Pool
  /** Told of every key and principal that may do something else from now on, after the commit. */
  readonly announce: (ids: readonly string[]) => Promise<void>
}

type Members = ReturnType<typeof membersOf>

const MAX_MEMBERS = 10_000

export function createMemberService({ pool, announce }: MemberDependencies): MemberService {
  const within = <Result>(
    { organizationId }: Tenant,
    work: (members: Members) => Promise<Result>,
  ) => withTenant(pool, { organizationId }, (client) => work(membersOf(client, organizationId)))

  return {
    add: (granter, member) =>
      within(granter.tenant, async (members) => {
        refuseTooHigh(granter, member.role)
        await members.hold()
        if ((await members.counts()).members >= MAX_MEMBERS) throw tooMany()
        const added = await members.add(prefixedId('usr', randomUUIDv7()), member)
        if (!added) throw exists()
        return added
      }),

    get: (tenant, id) => within(tenant, async (members) => found(await members.find(id))),
    page: (tenant, page) => within(tenant, (members) => members.page(page)),

    async setRole(granter, id, { role, isExpected }) {
      const { changed, keys } = await within(granter.tenant, async (members) => {
        const before = await changeable(members, granter, id)
        if (!isExpected(before)) throw changedMeanwhile()
        refuseTooHigh(granter, role)
        // Keys before people: whoever changes both takes their rows in this order.
        const lowered = await members.lowerKeys(id, grantableBy(role))
        const after = found(await members.setRole(id, role))
        if (before.role === 'owner') await refuseNoOwner(members)
        return { changed: after, keys: lowered }
      })
      await announce([id, ...keys])
      return changed
    },

    async remove(granter, id, isExpected) {
      const keys = await within(granter.tenant, async (members) => {
        const before = await changeable(members, granter, id)
        if (!isExpected(before)) throw changedMeanwhile()
        const revoked = await members.revokeKeys(id)
        await members.remove(id)
        if (before.role === 'owner') await refuseNoOwner(members)
        return revoked
      })
      await announce([id, ...keys])
    },
  }
}

/** What somebody of a role can give to a key: an owner speaks for every role. */
function grantableBy(role: Role) {
  const scopes = scopesOfRole(role)
  return role === 'owner' ? { scopes } : { scopes, roles: [role] }
}

async function changeable(members: Members, granter: Identity, id: string): Promise<Member> {
  await members.hold()
  const member = found(await members.findAndHold(id, 'UPDATE'))
  refuseTooHigh(granter, member.role)
  return member
}

/** After the change: the transaction is undone. */
async function refuseNoOwner(members: Members): Promise<void> {
  const { owners } = await members.counts()
  if (owners > 0) return
  throw new ConflictError(
    'member.last-owner',
    'An organization keeps at least one owner: make somebody else one first',
  )
}

function refuseTooHigh(granter: Identity, role: Role): void {
  if (mayGrant(granter, role)) return
  const message = `You can neither give nor take the role ${role}: it is more than you are`
  throw new ForbiddenError('member.role-too-high', message, { role })
}

function found(member: Member | undefined): Member {
  if (member) return member
  throw new NotFoundError('member.not-found', 'There is no such member in this organization')
}

function changedMeanwhile(): ConflictError {
  const message = 'Somebody changed the member meanwhile: read it again, then decide'
  return new ConflictError('member.changed', message)
}

function exists(): ConflictError {
  const message = 'Somebody with this e-mail address or subject is a member already'
  return new ConflictError('member.exists', message)
}

function tooMany(): ConflictError {
  const message = `An organization has at most ${MAX_MEMBERS} members`
  return new ConflictError('member.too-many', message, { maximum: MAX_MEMBERS })
}
