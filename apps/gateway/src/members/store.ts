import type { MemberId, OrganizationId, Scope } from '@dure/contracts'
import type pg from 'pg'
import { newestFirst, type PageSlice, pageValues } from '../paging.ts'
import type { Role } from './role.ts'

export interface Member {
  readonly id: MemberId
  readonly email: string | undefined
  readonly externalSubject: string | undefined
  readonly role: Role
  readonly createdAt: Date
}

export type NewMember = Pick<Member, 'email' | 'externalSubject' | 'role'>

interface MemberRow {
  readonly id: MemberId
  readonly email: string | null
  readonly external_subject: string | null
  readonly role: Role
  readonly created_at: Date
}

const COLUMNS = 'id, email, external_subject, role, created_at'

/**
 * The keys that a member made for themselves, those that were made with these, and so on. What they made
 * for a service principal is its own, and does no more than its role. UNION: a circle would end.
 */
const KEYS_OF = `
  WITH RECURSIVE family AS (
    SELECT id FROM api_key
     WHERE organization_id = $1 AND created_by = $2 AND service_principal_id IS NULL
    UNION
    SELECT child.id FROM api_key child JOIN family ON child.created_by = family.id
     WHERE child.organization_id = $1 AND child.service_principal_id IS NULL
  )`

/** SQL on the members of one organization, within the transaction of `client`. */
export function membersOf(client: pg.PoolClient, organizationId: OrganizationId) {
  async function read(text: string, values: readonly unknown[] = []): Promise<Member[]> {
    const { rows } = await client.query<MemberRow>(text, [organizationId, ...values])
    return rows.map(memberOf)
  }

  return {
    /** Until the end of the transaction, nobody else changes members of this organization. */
    async hold(): Promise<void> {
      await client.query('SELECT FROM organization WHERE id = $1 FOR UPDATE', [organizationId])
    },

    async find(id: string): Promise<Member | undefined> {
      const text = `SELECT ${COLUMNS} FROM member WHERE organization_id = $1 AND id = $2`
      return (await read(text, [id]))[0]
    },

    page: (page: PageSlice) =>
      read(
        `SELECT ${COLUMNS} FROM member WHERE organization_id = $1 ${newestFirst(2)}`,
        pageValues(page),
      ),

    async counts(): Promise<{ readonly members: number; readonly owners: number }> {
      const { rows } = await client.query<{ members: number; owners: number }>(
        `SELECT count(*)::int AS members, count(*) FILTER (WHERE role = 'owner')::int AS owners
           FROM member WHERE organization_id = $1`,
        [organizationId],
      )
      return rows[0] ?? { members: 0, owners: 0 }
    },

    /** @returns undefined when somebody with this e-mail address or subject is a member already */
    async add(id: string, { email, externalSubject, role }: NewMember) {
      const [added] = await read(
        `INSERT INTO member (organization_id, id, email, external_subject, role)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
        [id, email ?? null, externalSubject ?? null, role],
      )
      return added
    },

    async setRole(id: string, role: Role): Promise<Member | undefined> {
      const text = `UPDATE member SET role = $3 WHERE organization_id = $1 AND id = $2
                    RETURNING ${COLUMNS}`
      return (await read(text, [id, role]))[0]
    },

    async remove(id: string): Promise<void> {
      await client.query('DELETE FROM member WHERE organization_id = $1 AND id = $2', [
        organizationId,
        id,
      ])
    },

    /**
     * Until the end of the transaction, their role stays as it is. Whoever changes it holds it alone: keys that are
     * being made with it are there before, and those of after are made with the new one.
     */
    async findAndHold(id: string, how: 'SHARE' | 'UPDATE'): Promise<Member | undefined> {
      const text = `SELECT ${COLUMNS} FROM member WHERE organization_id = $1 AND id = $2 FOR ${how}`
      return (await read(text, [id]))[0]
    },

    /** @returns the keys of the member, revoked from now on */
    async revokeKeys(id: string): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(
        `${KEYS_OF} UPDATE api_key SET revoked_at = now()
          WHERE organization_id = $1 AND id IN (SELECT id FROM family) AND revoked_at IS NULL
          RETURNING id`,
        [organizationId, id],
      )
      return rows.map((row) => row.id)
    },

    /**
     * Takes from the keys of the member what their maker could not give any more; a key that is left with
     * nothing is revoked.
     *
     * @param roles as which keys may decide; undefined: any
     * @returns the keys that were changed
     */
    async lowerKeys(
      id: string,
      { scopes, roles }: { readonly scopes: readonly Scope[]; readonly roles?: readonly Role[] },
    ): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(
        `${KEYS_OF} UPDATE api_key SET
            scopes = ARRAY(SELECT scope FROM unnest(scopes) scope WHERE scope = ANY ($3)),
            roles = ARRAY(SELECT role FROM unnest(roles) role WHERE $4::text[] IS NULL OR role = ANY ($4)),
            revoked_at = CASE WHEN NOT scopes && $3 THEN now() END
          WHERE organization_id = $1 AND id IN (SELECT id FROM family) AND revoked_at IS NULL
            AND NOT (scopes <@ $3 AND ($4::text[] IS NULL OR roles <@ $4))
          RETURNING id`,
        [organizationId, id, scopes, roles ?? null],
      )
      const changed = rows.map((row) => row.id)
      // The trigger of keys does not look at roles.
      await client.query('SELECT append_key_changes($1)', [changed])
      return changed
    },
  }
}

function memberOf(row: MemberRow): Member {
  return {
    id: row.id,
    email: row.email ?? undefined,
    externalSubject: row.external_subject ?? undefined,
    role: row.role,
    createdAt: row.created_at,
  }
}
