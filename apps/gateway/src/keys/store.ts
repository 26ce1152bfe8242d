import type { Identity } from '@dure/contracts'
import { withTenant } from '@dure/platform'
import type pg from 'pg'
import { type Role, scopesOfRole } from '../members/role.ts'

/** What recognises a key and says what it may do. */
export interface StoredKey {
  readonly id: string
  readonly identity: Identity
  readonly hash: Buffer
  readonly revoked: boolean
  /** Whether the service principal whose key it is may do nothing at the moment. */
  readonly disabled: boolean
  /** CIDRs; empty: it may be used from everywhere. */
  readonly allowedCidrs: readonly string[]
  /** Milliseconds until it expires, by the clock of the database; not positive when it has. */
  readonly expiresInMs: number
}

export interface NewKey {
  readonly identity: Identity
  readonly publicId: string
  readonly hash: Buffer
  readonly pepperVersion: number
  readonly start: string
  readonly last4: string
}

export interface KeyStore {
  find(publicId: string): Promise<StoredKey | undefined>
  /**
   * Adds the key with its organization and project, where they do not exist yet. When it is there,
   * it gets these scopes and roles.
   */
  addWithTenant(key: NewKey, name: string): Promise<void>
  /** The same, unless the organization is there. @returns whether it was not */
  addFirst(key: NewKey, name: string): Promise<boolean>
  /** @param used from the id of a key to its organization */
  markUsed(used: ReadonlyMap<string, string>): Promise<void>
}

interface KeyRow {
  readonly id: string
  readonly organization_id: Identity['tenant']['organizationId']
  readonly project_id: Identity['tenant']['projectId']
  readonly scopes: Identity['scopes']
  readonly hash: Buffer
  readonly allowed_cidrs: readonly string[]
  readonly roles: readonly string[]
  readonly principal_id: string | null
  readonly principal_role: Role | null
  readonly disabled: boolean
  readonly revoked: boolean
  readonly expires_in_ms: number | null
}

export function createKeyStore(pool: pg.Pool): KeyStore {
  return {
    async find(publicId) {
      const { rows } = await pool.query<KeyRow>({
        name: 'find-key',
        text: FIND,
        values: [publicId],
      })
      return rows[0] && storedKey(rows[0])
    },

    // Replicas that start together all succeed.
    addWithTenant: (key, name) =>
      withTenant(pool, key.identity.tenant, async (client) => {
        await insertTenant(client, key.identity.tenant, name)
        await insertKey(client, key)
      }),

    addFirst: (key, name) =>
      withTenant(pool, key.identity.tenant, async (client) => {
        const isFirst = await insertTenant(client, key.identity.tenant, name)
        if (isFirst) await insertKey(client, key)
        return isFirst
      }),

    async markUsed(used) {
      await pool.query('SELECT mark_keys_used($1, $2)', [[...used.values()], [...used.keys()]])
    },
  }
}

/**
 * One statement. The tenant is not known before the row: a setting shows this one row, then the
 * tenant of it shows its service principal. Each step is made with what the step before gave, and
 * OFFSET 0 keeps them apart: no row is looked at before its setting is made.
 */
const FIND = `
  SELECT k.id, k.organization_id, k.project_id, k.scopes, k.roles, k.hash, k.allowed_cidrs,
         p.id AS principal_id, p.role AS principal_role, p.disabled_at IS NOT NULL AS disabled,
         k.revoked_at IS NOT NULL AS revoked,
         (extract(epoch FROM k.expires_at - now()) * 1000)::float8 AS expires_in_ms
    FROM (SELECT set_config('dure.looked_up', $1, true) AS public_id OFFSET 0) asked
   CROSS JOIN LATERAL (
         SELECT * FROM api_key WHERE public_id = asked.public_id OFFSET 0) k
   CROSS JOIN LATERAL (
         SELECT set_config('dure.organization', k.organization_id, true) AS organization_id,
                set_config('dure.project', k.project_id, true) AS project_id OFFSET 0) tenant
    LEFT JOIN LATERAL (
         SELECT id, role, disabled_at FROM service_principal
          WHERE organization_id = tenant.organization_id AND project_id = tenant.project_id
            AND id = k.service_principal_id OFFSET 0) p ON true`

function storedKey(row: KeyRow): StoredKey {
  return {
    id: row.id,
    identity: identityOfKey(row),
    hash: row.hash,
    allowedCidrs: row.allowed_cidrs,
    revoked: row.revoked,
    disabled: row.disabled,
    expiresInMs: row.expires_in_ms ?? Number.POSITIVE_INFINITY,
  }
}

/** A key of a service principal speaks for it, and never does more than its role. */
function identityOfKey(row: KeyRow): Identity {
  const tenant = { organizationId: row.organization_id, projectId: row.project_id }
  if (row.principal_id === null || row.principal_role === null) {
    const roles = row.roles.length > 0 ? { roles: [...row.roles] } : {}
    return { principalId: row.id, tenant, scopes: row.scopes, ...roles }
  }
  const allowed = scopesOfRole(row.principal_role)
  return {
    principalId: row.principal_id,
    keyId: row.id,
    tenant,
    scopes: row.scopes.filter((scope) => allowed.includes(scope)),
    roles: [row.principal_role, ...row.roles],
  }
}

/** @returns whether the organization was not there before: of several at once, one hears that */
async function insertTenant(
  client: pg.PoolClient,
  { organizationId, projectId }: Identity['tenant'],
  name: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'INSERT INTO organization (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [organizationId, name],
  )
  await client.query(
    'INSERT INTO project (id, organization_id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [projectId, organizationId, name],
  )
  return rowCount === 1
}

async function insertKey(client: pg.PoolClient, key: NewKey): Promise<void> {
  const { principalId, tenant, scopes, roles = [] } = key.identity
  await client.query(
    `INSERT INTO api_key
       (id, organization_id, project_id, public_id, hash, pepper_version, start, last4, scopes, roles,
        name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'Bootstrap')
     ON CONFLICT (public_id) DO UPDATE SET scopes = excluded.scopes, roles = excluded.roles
       WHERE api_key.hash = excluded.hash
         AND (api_key.scopes, api_key.roles) <> (excluded.scopes, excluded.roles)`,
    [
      principalId,
      tenant.organizationId,
      tenant.projectId,
      key.publicId,
      key.hash,
      key.pepperVersion,
      key.start,
      key.last4,
      scopes,
      roles,
    ],
  )
}
