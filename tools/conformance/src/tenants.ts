import { createHmac, randomBytes } from 'node:crypto'
import { SCOPES, type Scope } from '@dure/contracts'
import { generateApiKey, type ServiceName } from '@dure/dev'
import type { System } from '@dure/system-test/system'
import pg from 'pg'

/** An organization with one project. */
export interface Tenant {
  readonly organizationId: string
  readonly projectId: string
}

export interface KeyWish {
  /** All when absent. */
  readonly scopes?: readonly Scope[]
  readonly state?: 'valid' | 'expired' | 'revoked'
}

/**
 * Makes tenants and keys in the database of the gateway, as its operator could: over the API, nobody can
 * make a key that has expired, and no key of another tenant.
 */
export interface Tenants {
  create(): Promise<Tenant>
  /** Another project of the same organization. */
  createProject(tenant: Tenant): Promise<Tenant>
  createKey(tenant: Tenant, wish?: KeyWish): Promise<string>
  /** Of a key that is known: its own id, and those of its tenant. */
  idsOf(key: string): Promise<readonly string[]>
  close(): Promise<void>
}

export function connectTenants({ adminUrl, secrets }: System): Tenants {
  const pool = poolOf(adminUrl, 'gateway')
  const hex = () => randomBytes(16).toString('hex')

  async function createProject(organizationId: string): Promise<Tenant> {
    const projectId = `prj_${hex()}`
    await pool.query("INSERT INTO project (id, organization_id, name) VALUES ($1, $2, 'Project')", [
      projectId,
      organizationId,
    ])
    return { organizationId, projectId }
  }

  return {
    async create() {
      const organizationId = `org_${hex()}`
      await pool.query("INSERT INTO organization (id, name) VALUES ($1, 'Tenant')", [
        organizationId,
      ])
      return createProject(organizationId)
    },

    createProject: ({ organizationId }) => createProject(organizationId),

    async createKey({ organizationId, projectId }, { scopes = SCOPES, state = 'valid' } = {}) {
      const key = generateApiKey()
      const pepper = Buffer.from(secrets.keyPepper, 'base64')
      await pool.query(INSERT_KEY, [
        ...[`key_${hex()}`, organizationId, projectId, publicIdOf(key)],
        createHmac('sha256', pepper).update(key).digest(),
        ...[key.slice(0, 14), key.slice(-4), scopes],
        ...[state === 'expired', state === 'revoked'],
      ])
      return key
    },

    async idsOf(key) {
      const { rows } = await pool.query<{ ids: string[] }>(
        'SELECT ARRAY[id, organization_id, project_id] AS ids FROM api_key WHERE public_id = $1',
        [publicIdOf(key)],
      )
      return rows[0]?.ids ?? []
    },

    close: () => pool.end(),
  }
}

const INSERT_KEY = `
  INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start, last4,
    scopes, expires_at, revoked_at)
  VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, CASE WHEN $9 THEN now() - interval '1 s' END,
    CASE WHEN $10 THEN now() END)`

function poolOf(adminUrl: string, service: ServiceName): pg.Pool {
  const url = new URL(adminUrl)
  url.pathname = `/dure_${service}`
  return new pg.Pool({ connectionString: url.href, max: 1 })
}

function publicIdOf(key: string): string {
  return key.split('_')[2] ?? ''
}
