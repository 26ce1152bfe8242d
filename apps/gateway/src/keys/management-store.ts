import type { ApiKeyId, Scope, ServicePrincipalId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import type { Grant } from './grant.ts'

/** A key as its owner may see it. */
export interface ManagedKey extends Grant {
  readonly id: ApiKeyId
  readonly name: string
  readonly start: string
  readonly last4: string
  readonly createdBy: string | undefined
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
  readonly revokedAt: Date | undefined
  readonly replacedBy: ApiKeyId | undefined
  /** Whose key it is; absent: its own. */
  readonly servicePrincipalId: ServicePrincipalId | undefined
  /** By the clock of the database. */
  readonly state: 'active' | 'expired' | 'revoked'
}

/** What is written of a new key. */
export interface NewManagedKey extends Grant {
  readonly id: string
  readonly name: string
  readonly createdBy: string
  readonly publicId: string
  readonly start: string
  readonly last4: string
  readonly hash: Buffer
  readonly pepperVersion: number
  readonly servicePrincipalId: string | undefined
}

interface KeyRow {
  readonly id: ApiKeyId
  readonly name: string
  readonly start: string
  readonly last4: string
  readonly scopes: Scope[]
  readonly allowed_cidrs: string[]
  readonly created_by: string | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
  readonly replaced_by: ApiKeyId | null
  readonly roles: string[]
  readonly service_principal_id: ServicePrincipalId | null
  readonly state: ManagedKey['state']
}

const COLUMNS = `id, name, start, last4, scopes, allowed_cidrs, created_by, created_at, expires_at,
  last_used_at, revoked_at, replaced_by, roles, service_principal_id,
  CASE WHEN revoked_at IS NOT NULL THEN 'revoked'
       WHEN expires_at <= now() THEN 'expired' ELSE 'active' END AS state`

/** SQL on keys of one project, within the transaction of `client`. Foreign ids find nothing. */
export function keysOf(client: pg.PoolClient, { organizationId, projectId }: Tenant) {
  const tenant = [organizationId, projectId]

  async function read(text: string, values: readonly unknown[]): Promise<ManagedKey[]> {
    const { rows } = await client.query<KeyRow>(text, [...tenant, ...values])
    return rows.map(managedKey)
  }

  return {
    async find(id: string) {
      return (await read(`SELECT ${COLUMNS} ${WHERE} AND id = $3`, [id]))[0]
    },

    /** Until the end of the transaction, nobody changes it. */
    async findAndHold(id: string) {
      return (await read(`SELECT ${COLUMNS} ${WHERE} AND id = $3 FOR UPDATE`, [id]))[0]
    },

    page: (limit: number, after: PageKey | undefined) =>
      read(
        `SELECT ${COLUMNS} ${WHERE}
            AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5))
          ORDER BY created_at DESC, id DESC LIMIT $3`,
        [limit, after?.createdAt ?? null, after?.id ?? null],
      ),

    async count(): Promise<number> {
      const { rows } = await client.query<{ keys: number }>(
        `SELECT count(*)::int AS keys FROM api_key ${TENANT}
            AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
        tenant,
      )
      return rows[0]?.keys ?? 0
    },

    async insert(key: NewManagedKey): Promise<ManagedKey> {
      const [made] = await read(INSERT, [
        key.id,
        key.name,
        key.createdBy,
        key.publicId,
        key.hash,
        key.pepperVersion,
        key.start,
        key.last4,
        key.scopes,
        key.expiresAt ?? null,
        key.allowedCidrs,
        key.roles,
        key.servicePrincipalId ?? null,
      ])
      if (!made) throw new TypeError('An insert returns its row')
      return made
    },

    /** @param overlapMs from now on it lives this long, or as long as before when that is less */
    async replace(id: string, by: string, overlapMs: number): Promise<void> {
      await client.query(
        `UPDATE api_key SET replaced_by = $4,
                expires_at = least(expires_at, now() + $5 * interval '1 millisecond')
          ${TENANT} AND id = $3`,
        [...tenant, id, by, overlapMs],
      )
    },

    /**
     * A second time changes nothing.
     *
     * @returns the keys that were revoked, also before
     */
    async revoke(ids: readonly string[]): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(
        `UPDATE api_key SET revoked_at = coalesce(revoked_at, now())
          ${TENANT} AND id = ANY ($3) RETURNING id`,
        [...tenant, ids],
      )
      return rows.map(({ id }) => id)
    },

    /** A key, and those that were made with it, with one of those, and so on. */
    async withDescendants(id: string): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(DESCENDANTS, [...tenant, id])
      return rows.map(({ id: one }) => one)
    },
  }
}

const TENANT = 'WHERE organization_id = $1 AND project_id = $2'
const WHERE = `FROM api_key ${TENANT}`

const INSERT = `
  INSERT INTO api_key (organization_id, project_id, id, name, created_by, public_id, hash,
                       pepper_version, start, last4, scopes, expires_at, allowed_cidrs, roles,
                       service_principal_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  RETURNING ${COLUMNS}`

/** UNION, not UNION ALL: a circle would end. */
const DESCENDANTS = `
  WITH RECURSIVE family AS (
    SELECT id FROM api_key ${TENANT} AND id = $3
    UNION
    SELECT child.id FROM api_key child JOIN family ON child.created_by = family.id
     WHERE child.organization_id = $1 AND child.project_id = $2
  )
  SELECT id FROM family`

function managedKey(row: KeyRow): ManagedKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    last4: row.last4,
    scopes: row.scopes,
    allowedCidrs: row.allowed_cidrs,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    replacedBy: row.replaced_by ?? undefined,
    roles: row.roles,
    servicePrincipalId: row.service_principal_id ?? undefined,
    state: row.state,
  }
}
