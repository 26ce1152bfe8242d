import type { Tenant } from '@dure/contracts'
import { type PageKey, type Queryable, type Sealed, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { EndpointSetting, WebhookEndpoint } from './endpoint.ts'

export interface NewSecret {
  readonly id: string
  readonly sealed: Sealed
}

interface NewEndpoint extends EndpointSetting {
  readonly id: string
  readonly tenant: Tenant
  readonly createdBy: string
  readonly secret: NewSecret
  /** How many a project may have. */
  readonly limit: number
}

export interface EndpointStore {
  /** @returns undefined when the project has as many as it may */
  insert(endpoint: NewEndpoint): Promise<WebhookEndpoint | undefined>
  find(tenant: Tenant, id: string): Promise<WebhookEndpoint | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<WebhookEndpoint[]>
  /** @returns undefined at another revision */
  update(
    endpoint: Pick<WebhookEndpoint, 'id' | 'tenant' | 'revision'>,
    setting: EndpointSetting,
  ): Promise<WebhookEndpoint | undefined>
  /** With its secrets; its deliveries follow. @returns false at another revision */
  remove(endpoint: Pick<WebhookEndpoint, 'id' | 'tenant' | 'revision'>): Promise<boolean>
  /** Those before it go on for a while. @returns false when there is no such endpoint */
  addSecret(
    tenant: Tenant,
    id: string,
    added: { readonly secret: NewSecret; readonly overlapMs: number },
  ): Promise<boolean>
}

const OWNED = 'organization_id = $1 AND project_id = $2'

const INSERT = `
  INSERT INTO webhook_endpoint
    (organization_id, project_id, id, url, description, event_types, enabled, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8
  WHERE (SELECT count(*) FROM webhook_endpoint WHERE ${OWNED}) < $9
  RETURNING *`

const INSERT_SECRET = `
  INSERT INTO webhook_secret
    (organization_id, project_id, endpoint_id, id, key_id, wrapped_key, payload)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`

// From the first endpoint on, events are read for endpoints: those that are sealed from now on.
const BEGIN_TO_READ = `
  INSERT INTO relay_cursors (consumer, g) SELECT 'webhooks', g FROM seal_head
  ON CONFLICT (consumer) DO NOTHING`

const PAGE = `
  SELECT * FROM webhook_endpoint
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

// Who enables it again has mended it: it gets its days anew.
const UPDATE = `
  UPDATE webhook_endpoint SET url = $5, description = $6, event_types = $7, enabled = $8,
    disabled_reason = CASE WHEN NOT $8 THEN disabled_reason END,
    failing_since = CASE WHEN enabled = $8 THEN failing_since END,
    revision = revision + 1, updated_at = now()
  WHERE ${OWNED} AND id = $3 AND revision = $4
  RETURNING *`

const EXPIRE_SECRETS = `
  UPDATE webhook_secret SET expires_at = least(expires_at, now() + $4 * interval '1 millisecond')
  WHERE ${OWNED} AND endpoint_id = $3`

type Row = Omit<WebhookEndpoint, 'tenant'> & { readonly [column: string]: unknown }

export function createEndpointStore(pool: pg.Pool): EndpointStore {
  async function one(text: string, tenant: Tenant, values: unknown[], client: Queryable = pool) {
    const owner = [tenant.organizationId, tenant.projectId]
    const { rows } = await client.query<Row>({ text, values: [...owner, ...values] })
    return rows[0] && toEndpoint(rows[0])
  }
  const keep = (client: Queryable, tenant: Tenant, id: string, secret: NewSecret) => {
    const { keyId, wrappedKey, payload } = secret.sealed
    const values = [tenant.organizationId, tenant.projectId, id, secret.id]
    return client.query({ text: INSERT_SECRET, values: [...values, keyId, wrappedKey, payload] })
  }

  return {
    insert: ({ tenant, id, createdBy, secret, limit, ...setting }) =>
      withTransaction(pool, async (client) => {
        const values = [id, ...columnsOf(setting), createdBy, limit]
        const endpoint = await one(INSERT, tenant, values, client)
        if (!endpoint) return undefined
        await keep(client, tenant, id, secret)
        await client.query(BEGIN_TO_READ)
        return endpoint
      }),

    find: (tenant, id) =>
      one(`SELECT * FROM webhook_endpoint WHERE ${OWNED} AND id = $3`, tenant, [id]),

    async page({ organizationId, projectId }, { limit, after }) {
      const from = [after?.createdAt ?? null, after?.id ?? null]
      const { rows } = await pool.query<Row>(PAGE, [organizationId, projectId, ...from, limit])
      return rows.map(toEndpoint)
    },

    update: ({ tenant, id, revision }, setting) =>
      one(UPDATE, tenant, [id, revision, ...columnsOf(setting)]),

    async remove({ tenant, id, revision }) {
      const text = `DELETE FROM webhook_endpoint WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING *`
      return (await one(text, tenant, [id, revision])) !== undefined
    },

    addSecret: (tenant, id, { secret, overlapMs }) =>
      withTransaction(pool, async (client) => {
        const find = `SELECT * FROM webhook_endpoint WHERE ${OWNED} AND id = $3 FOR UPDATE`
        if (!(await one(find, tenant, [id], client))) return false
        const values = [tenant.organizationId, tenant.projectId, id, overlapMs]
        await client.query(EXPIRE_SECRETS, values)
        await keep(client, tenant, id, secret)
        return true
      }),
  }
}

function columnsOf({ url, description, eventTypes, enabled }: EndpointSetting): unknown[] {
  return [url, description, eventTypes, enabled]
}

function toEndpoint(row: Row): WebhookEndpoint {
  const { organization_id, project_id, event_types, disabled_reason, failing_since } = row
  return {
    id: row.id,
    tenant: { organizationId: organization_id, projectId: project_id } as Tenant,
    url: row.url,
    description: row.description,
    eventTypes: event_types as WebhookEndpoint['eventTypes'],
    enabled: row.enabled,
    disabledReason: disabled_reason as WebhookEndpoint['disabledReason'],
    failingSince: failing_since as Date | null,
    revision: row.revision,
    createdAt: row.created_at as Date,
    updatedAt: row.updated_at as Date,
  }
}
