import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { VARIABLE_LIMITS, type Variable } from './variable.ts'

interface Content {
  /** JSON, as it is to be kept. */
  readonly json: string
  readonly description: string
}
type NewVariable = Pick<Variable, 'id' | 'tenant' | 'name' | 'createdBy'> & Content

export interface VariableStore {
  /** @returns undefined when the name is taken, or the project has no room for it */
  insert(variable: NewVariable): Promise<Variable | undefined>
  find(tenant: Tenant, id: string): Promise<Variable | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Variable[]>
  /** @returns undefined at another revision, or when the project has no room for it */
  update(
    variable: Pick<Variable, 'id' | 'tenant' | 'revision'> & Content,
  ): Promise<Variable | undefined>
  /** @returns false at another revision */
  remove(variable: Pick<Variable, 'id' | 'tenant' | 'revision'>): Promise<boolean>
  isTaken(tenant: Tenant, name: string): Promise<boolean>
  /** @param names undefined: all */
  values(tenant: Tenant, names: readonly string[] | undefined): Promise<Record<string, unknown>>
}

const OWNED = 'organization_id = $1 AND project_id = $2'
const { count: MAX_COUNT, totalBytes: MAX_BYTES } = VARIABLE_LIMITS

/** As near as two changes at the same time let it be. */
const HAS_ROOM = (json: string, but: string) => `
  SELECT count(*) < ${MAX_COUNT}
    AND coalesce(sum(octet_length(value::text)), 0) + octet_length(${json}::text) <= ${MAX_BYTES}
  FROM variable WHERE ${OWNED} AND id <> ${but}`

const INSERT = `
  INSERT INTO variable (organization_id, project_id, id, name, value, description, created_by)
  SELECT $1, $2, $3, $4, $5::json, $6, $7 WHERE (${HAS_ROOM('$5', '$3')})
  ON CONFLICT (organization_id, project_id, name) DO NOTHING
  RETURNING *`

const PAGE = `
  SELECT * FROM variable
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

const UPDATE = `
  UPDATE variable SET value = $5::json, description = $6, revision = revision + 1, updated_at = now()
  WHERE ${OWNED} AND id = $3 AND revision = $4 AND (${HAS_ROOM('$5', '$3')})
  RETURNING *`

const VALUES = `
  SELECT name, value FROM variable WHERE ${OWNED} AND ($3::text[] IS NULL OR name = ANY ($3))`

interface Row extends Omit<Variable, 'tenant' | 'createdBy' | 'createdAt' | 'updatedAt'> {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
}

export function createVariableStore(pool: pg.Pool): VariableStore {
  async function rowsOf(text: string, tenant: Tenant, values: unknown[]): Promise<Variable[]> {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Row>(text, [...owner, ...values])).rows.map(toVariable)
  }
  const one = async (text: string, tenant: Tenant, values: unknown[]) =>
    (await rowsOf(text, tenant, values))[0]

  return {
    insert: ({ tenant, id, name, json, description, createdBy }) =>
      one(INSERT, tenant, [id, name, json, description, createdBy]),

    find: (tenant, id) => one(`SELECT * FROM variable WHERE ${OWNED} AND id = $3`, tenant, [id]),

    page: (tenant, { limit, after }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit]),

    update: ({ tenant, id, revision, json, description }) =>
      one(UPDATE, tenant, [id, revision, json, description]),

    async remove({ tenant, id, revision }) {
      const text = `DELETE FROM variable WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING *`
      return (await one(text, tenant, [id, revision])) !== undefined
    },

    async isTaken(tenant, name) {
      const found = await one(`SELECT * FROM variable WHERE ${OWNED} AND name = $3`, tenant, [name])
      return found !== undefined
    },

    async values({ organizationId, projectId }, names) {
      const query = {
        name: 'dure-variables',
        text: VALUES,
        values: [organizationId, projectId, names ?? null],
      }
      const { rows } = await pool.query<{ name: string; value: unknown }>(query)
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
    },
  }
}

function toVariable(row: Row): Variable {
  const { id, name, value, description, revision } = row
  return {
    ...{ id, name, value, description, revision },
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
