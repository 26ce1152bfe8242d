import type { HttpAuth, McpServerId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import type { McpServer } from './mcp-tool.ts'

export type ServerDraft = Pick<McpServer, 'name' | 'url' | 'auth' | 'allowedTools'>

export interface McpServerStore {
  /** @returns undefined when the name is taken, or when the project has as many as it may */
  insert(
    server: ServerDraft &
      Pick<McpServer, 'id' | 'tenant' | 'createdBy'> & { readonly limit: number },
  ): Promise<McpServer | undefined>
  find(tenant: Tenant, id: string): Promise<McpServer | undefined>
  findByName(tenant: Tenant, name: string): Promise<McpServer | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<McpServer[]>
  /**
   * The revision after it. At another address nothing that was approved is any more.
   *
   * @returns undefined at another revision, `name-taken` when another has the name
   */
  replace(
    of: Pick<McpServer, 'tenant' | 'id' | 'revision'>,
    draft: ServerDraft,
  ): Promise<McpServer | 'name-taken' | undefined>
  /** With its tools. @returns false at another revision */
  remove(of: Pick<McpServer, 'tenant' | 'id' | 'revision'>): Promise<boolean>
}

const OWNED = 'organization_id = $1 AND project_id = $2'

const INSERT = `
  INSERT INTO mcp_server (organization_id, project_id, id, name, url, auth, allowed_tools, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8
  WHERE (SELECT count(*) FROM mcp_server WHERE ${OWNED}) < $9
  ON CONFLICT (organization_id, project_id, name) DO NOTHING
  RETURNING *`

const PAGE = `
  SELECT * FROM mcp_server
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

const REPLACE = `
  WITH before AS (
    SELECT id, url FROM mcp_server WHERE ${OWNED} AND id = $3 AND revision = $4 FOR UPDATE
  ), moved AS (
    DELETE FROM mcp_tool t USING before b WHERE t.server_id = b.id AND b.url <> $6
  )
  UPDATE mcp_server s SET name = $5, url = $6, auth = $7, allowed_tools = $8,
    revision = s.revision + 1, updated_at = now(),
    refreshed_at = CASE WHEN b.url = $6 THEN s.refreshed_at END
  FROM before b
  WHERE s.id = b.id AND NOT EXISTS (SELECT 1 FROM mcp_server o
    WHERE o.organization_id = $1 AND o.project_id = $2 AND o.name = $5 AND o.id <> $3)
  RETURNING s.*`

interface Row {
  readonly id: McpServerId
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly name: string
  readonly url: string
  readonly auth: HttpAuth | null
  readonly allowed_tools: readonly string[] | null
  readonly revision: number
  readonly refreshed_at: Date | null
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
}

export function createMcpServerStore(pool: pg.Pool): McpServerStore {
  async function rowsOf(text: string, tenant: Tenant, values: unknown[]) {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Row>(text, [...owner, ...values])).rows.map(toServer)
  }
  const byName = (tenant: Tenant, name: string) =>
    rowsOf(`SELECT * FROM mcp_server WHERE ${OWNED} AND name = $3`, tenant, [name])

  return {
    async insert({ tenant, id, createdBy, limit, ...draft }) {
      return (await rowsOf(INSERT, tenant, [id, ...valuesOf(draft), createdBy, limit]))[0]
    },

    async find(tenant, id) {
      return (await rowsOf(`SELECT * FROM mcp_server WHERE ${OWNED} AND id = $3`, tenant, [id]))[0]
    },

    async findByName(tenant, name) {
      return (await byName(tenant, name))[0]
    },

    page: (tenant, { limit, after }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit]),

    async replace({ tenant, id, revision }, draft) {
      const [replaced] = await rowsOf(REPLACE, tenant, [id, revision, ...valuesOf(draft)])
      if (replaced) return replaced
      const [other] = await byName(tenant, draft.name)
      return other && other.id !== id ? 'name-taken' : undefined
    },

    async remove({ tenant, id, revision }) {
      const text = `DELETE FROM mcp_server WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING *`
      return (await rowsOf(text, tenant, [id, revision])).length > 0
    },
  }
}

function valuesOf({ name, url, auth, allowedTools }: ServerDraft): unknown[] {
  return [name, url, auth && JSON.stringify(auth), allowedTools && JSON.stringify(allowedTools)]
}

function toServer(row: Row): McpServer {
  return {
    id: row.id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    name: row.name,
    url: row.url,
    auth: row.auth,
    allowedTools: row.allowed_tools,
    revision: row.revision,
    refreshedAt: row.refreshed_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
