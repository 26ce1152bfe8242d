import type { Identity } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'

/** What recognises a key and says what it may do. */
export interface StoredKey {
  readonly id: string
  readonly identity: Identity
  readonly hash: Buffer
  readonly revoked: boolean
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
   * it gets these scopes.
   */
  addWithTenant(key: NewKey, name: string): Promise<void>
  markUsed(ids: readonly string[]): Promise<void>
}

interface KeyRow {
  readonly id: string
  readonly organization_id: Identity['tenant']['organizationId']
  readonly project_id: Identity['tenant']['projectId']
  readonly scopes: Identity['scopes']
  readonly hash: Buffer
  readonly allowed_cidrs: readonly string[]
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
      withTransaction(pool, async (client) => {
        const { organizationId, projectId } = key.identity.tenant
        await client.query(
          'INSERT INTO organization (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING',
          [organizationId, name],
        )
        await client.query(
          'INSERT INTO project (id, organization_id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          [projectId, organizationId, name],
        )
        await insertKey(client, key)
      }),

    async markUsed(ids) {
      await pool.query('UPDATE api_key SET last_used_at = now() WHERE id = ANY ($1)', [ids])
    },
  }
}

const FIND = `
  SELECT id, organization_id, project_id, scopes, hash, allowed_cidrs,
         revoked_at IS NOT NULL AS revoked,
         (extract(epoch FROM expires_at - now()) * 1000)::float8 AS expires_in_ms
    FROM api_key WHERE public_id = $1`

function storedKey(row: KeyRow): StoredKey {
  return {
    id: row.id,
    identity: {
      principalId: row.id,
      tenant: { organizationId: row.organization_id, projectId: row.project_id },
      scopes: row.scopes,
    },
    hash: row.hash,
    allowedCidrs: row.allowed_cidrs,
    revoked: row.revoked,
    expiresInMs: row.expires_in_ms ?? Number.POSITIVE_INFINITY,
  }
}

async function insertKey(client: pg.PoolClient, key: NewKey): Promise<void> {
  const { principalId, tenant, scopes } = key.identity
  await client.query(
    `INSERT INTO api_key
       (id, organization_id, project_id, public_id, hash, pepper_version, start, last4, scopes, name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Bootstrap')
     ON CONFLICT (public_id) DO UPDATE SET scopes = excluded.scopes
       WHERE api_key.hash = excluded.hash AND api_key.scopes <> excluded.scopes`,
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
    ],
  )
}
