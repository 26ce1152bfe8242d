import type { ServicePrincipalId, Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { Role } from '../members/role.ts'
import { newestFirst, type PageSlice, pageValues } from '../paging.ts'

export interface ServicePrincipal {
  readonly id: ServicePrincipalId
  readonly name: string
  readonly role: Role
  readonly disabledAt: Date | undefined
  readonly createdAt: Date
}

interface Row {
  readonly id: ServicePrincipalId
  readonly name: string
  readonly role: Role
  readonly disabled_at: Date | null
  readonly created_at: Date
}

const COLUMNS = 'id, name, role, disabled_at, created_at'
const TENANT = 'organization_id = $1 AND project_id = $2'

/** SQL on the service principals of one project, within the transaction of `client`. */
export function servicePrincipalsOf(client: pg.PoolClient, { organizationId, projectId }: Tenant) {
  async function read(text: string, values: readonly unknown[]): Promise<ServicePrincipal[]> {
    const { rows } = await client.query<Row>(text, [organizationId, projectId, ...values])
    return rows.map(({ disabled_at, created_at, ...row }) => ({
      ...row,
      disabledAt: disabled_at ?? undefined,
      createdAt: created_at,
    }))
  }
  const one = async (text: string, values: readonly unknown[]) => (await read(text, values))[0]

  return {
    find: (id: string) =>
      one(`SELECT ${COLUMNS} FROM service_principal WHERE ${TENANT} AND id = $3`, [id]),

    page: (page: PageSlice) =>
      read(
        `SELECT ${COLUMNS} FROM service_principal WHERE ${TENANT} ${newestFirst(3)}`,
        pageValues(page),
      ),

    async count(): Promise<number> {
      const { rows } = await client.query<{ principals: number }>(
        `SELECT count(*)::int AS principals FROM service_principal WHERE ${TENANT}`,
        [organizationId, projectId],
      )
      return rows[0]?.principals ?? 0
    },

    add: (id: string, { name, role }: Pick<ServicePrincipal, 'name' | 'role'>) =>
      one(
        `INSERT INTO service_principal (organization_id, project_id, id, name, role)
         VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
        [id, name, role],
      ),

    /** A second time changes nothing. */
    setDisabled: (id: string, disabled: boolean) =>
      one(
        `UPDATE service_principal
            SET disabled_at = CASE WHEN $4 THEN coalesce(disabled_at, now()) END
          WHERE ${TENANT} AND id = $3 RETURNING ${COLUMNS}`,
        [id, disabled],
      ),
  }
}
