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
  createKey(tenant: Tenant, wish?: KeyWish): Promise<string>
  /** What a step that nobody could carry out leaves behind: no request can bring it about. */
  createDeadLetter(tenant: Tenant): Promise<string>
  /** Of a key that is known: its own id, and those of its tenant. */
  idsOf(key: string): Promise<readonly string[]>
  close(): Promise<void>
}

export function connectTenants({ adminUrl, secrets }: System): Tenants {
  const pool = poolOf(adminUrl, 'gateway')
  const workflow = poolOf(adminUrl, 'workflow')
  const hex = () => randomBytes(16).toString('hex')

  return {
    async create() {
      const tenant = { organizationId: `org_${hex()}`, projectId: `prj_${hex()}` }
      const { organizationId, projectId } = tenant
      await pool.query("INSERT INTO organization (id, name) VALUES ($1, 'Tenant')", [
        organizationId,
      ])
      await pool.query(
        "INSERT INTO project (id, organization_id, name) VALUES ($1, $2, 'Project')",
        [projectId, organizationId],
      )
      return tenant
    },

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

    async createDeadLetter({ organizationId, projectId }) {
      const id = `dl_${hex()}`
      await workflow.query(INSERT_DEAD_LETTER, [id, organizationId, projectId])
      return id
    },

    async idsOf(key) {
      const { rows } = await pool.query<{ ids: string[] }>(
        'SELECT ARRAY[id, organization_id, project_id] AS ids FROM api_key WHERE public_id = $1',
        [publicIdOf(key)],
      )
      return rows[0]?.ids ?? []
    },

    close: async () => {
      await Promise.all([pool.end(), workflow.end()])
    },
  }
}

const INSERT_KEY = `
  INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start, last4,
    scopes, expires_at, revoked_at)
  VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, CASE WHEN $9 THEN now() - interval '1 s' END,
    CASE WHEN $10 THEN now() END)`

const INSERT_DEAD_LETTER = `
  INSERT INTO dead_letter (id, organization_id, project_id, path, queue, message, payload, error)
  VALUES ($1, $2, $3, 'call', 'run', 'node.failed', '{}',
    '{"class": "internal", "code": "task.bug", "message": "It failed"}')`

function poolOf(adminUrl: string, service: ServiceName): pg.Pool {
  const url = new URL(adminUrl)
  url.pathname = `/dure_${service}`
  return new pg.Pool({ connectionString: url.href, max: 1 })
}

function publicIdOf(key: string): string {
  return key.split('_')[2] ?? ''
}
