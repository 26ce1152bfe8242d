import type { MemberId, OrganizationId } from '@dure/contracts'
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

    /** @returns the keys that the member made and that are their own, revoked from now on */
    async revokeKeys(id: string): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(
        `UPDATE api_key SET revoked_at = now()
          WHERE organization_id = $1 AND created_by = $2 AND service_principal_id IS NULL
            AND revoked_at IS NULL RETURNING id`,
        [organizationId, id],
      )
      return rows.map((row) => row.id)
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
