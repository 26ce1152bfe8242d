import type { Tenant } from '@dure/contracts'
import type { PageKey, Sealed } from '@dure/platform'
import type pg from 'pg'
import type { SecretInfo } from './secret.ts'

export type StoredSecret = SecretInfo & { readonly sealed: Sealed }

export interface SecretStore {
  /** @returns undefined when the name is taken, or when the project has as many as it may */
  insert(secret: NewSecret): Promise<SecretInfo | undefined>
  find(tenant: Tenant, id: string): Promise<SecretInfo | undefined>
  findByName(tenant: Tenant, name: string): Promise<StoredSecret | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<SecretInfo[]>
  /** The version after it. @returns undefined at another version */
  replace(secret: Replacement): Promise<SecretInfo | undefined>
  /** @returns false at another version */
  remove(of: Pick<SecretInfo, 'tenant' | 'id' | 'version'>): Promise<boolean>
}

export type NewSecret = Omit<StoredSecret, 'version' | 'createdAt' | 'updatedAt'> & {
  /** How many a project may have. */
  readonly limit: number
}
type Replacement = Pick<
  StoredSecret,
  'id' | 'tenant' | 'version' | 'description' | 'hosts' | 'sealed'
>

const COLUMNS = `id, organization_id, project_id, name, description, hosts, version, created_by,
  created_at, updated_at`
const OWNED = 'organization_id = $1 AND project_id = $2'

const INSERT = `
  INSERT INTO secret (organization_id, project_id, id, name, description, hosts, key_id,
    wrapped_key, payload, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
  WHERE (SELECT count(*) FROM secret WHERE ${OWNED}) < $11
  ON CONFLICT (organization_id, project_id, name) DO NOTHING
  RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM secret
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

const REPLACE = `
  UPDATE secret SET description = $5, hosts = $6, key_id = $7, wrapped_key = $8, payload = $9,
    version = version + 1, updated_at = now()
  WHERE ${OWNED} AND id = $3 AND version = $4
  RETURNING ${COLUMNS}`

interface Row {
  readonly id: SecretInfo['id']
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly name: string
  readonly description: string
  readonly hosts: readonly string[]
  readonly version: number
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
}

type SealedRow = Row & {
  readonly key_id: string
  readonly wrapped_key: Buffer
  readonly payload: Buffer
}

export function createSecretStore(pool: pg.Pool): SecretStore {
  async function rowsOf<Some extends Row = Row>(text: string, tenant: Tenant, values: unknown[]) {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Some>(text, [...owner, ...values])).rows
  }
  const one = async (text: string, tenant: Tenant, values: unknown[]) => {
    const [row] = await rowsOf(text, tenant, values)
    return row && toInfo(row)
  }

  return {
    insert: ({ tenant, id, name, description, hosts, sealed, createdBy, limit }) =>
      one(INSERT, tenant, [
        ...[id, name, description, hosts],
        ...columnsOf(sealed),
        ...[createdBy, limit],
      ]),

    find: (tenant, id) =>
      one(`SELECT ${COLUMNS} FROM secret WHERE ${OWNED} AND id = $3`, tenant, [id]),

    async findByName(tenant, name) {
      const text = `SELECT * FROM secret WHERE ${OWNED} AND name = $3`
      const [row] = await rowsOf<SealedRow>(text, tenant, [name])
      if (!row) return undefined
      const { key_id: keyId, wrapped_key: wrappedKey, payload } = row
      return { ...toInfo(row), sealed: { keyId, wrappedKey, payload } }
    },

    async page(tenant, { limit, after }) {
      const values = [after?.createdAt ?? null, after?.id ?? null, limit]
      return (await rowsOf(PAGE, tenant, values)).map(toInfo)
    },

    replace: ({ tenant, id, version, description, hosts, sealed }) =>
      one(REPLACE, tenant, [id, version, description, hosts, ...columnsOf(sealed)]),

    async remove({ tenant, id, version }) {
      const text = `DELETE FROM secret WHERE ${OWNED} AND id = $3 AND version = $4 RETURNING id`
      return (await rowsOf(text, tenant, [id, version])).length > 0
    },
  }
}

function columnsOf({ keyId, wrappedKey, payload }: Sealed): unknown[] {
  return [keyId, wrappedKey, payload]
}

function toInfo(row: Row): SecretInfo {
  return {
    id: row.id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    name: row.name,
    description: row.description,
    hosts: row.hosts,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
