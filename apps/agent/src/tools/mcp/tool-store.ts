import type { McpServerId } from '@dure/contracts'
import type pg from 'pg'
import type { McpDefinition, McpServer, McpTool, OfferedMcpTool } from './mcp-tool.ts'

type Of = Pick<McpServer, 'tenant' | 'id'>

/** What servers offer, and what of it was approved. */
export interface McpToolStore {
  /** What a server offers now, in the place of what it offered before; approvals stay with their hashes. */
  refresh(of: Of, offered: readonly OfferedMcpTool[]): Promise<void>
  /** One of them, as it is now. */
  noticed(of: Of, offered: OfferedMcpTool): Promise<void>
  /** By name. */
  page(
    of: Of,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<McpTool[]>
  find(of: Of, name: string): Promise<McpTool | undefined>
  /** @returns undefined when the tool is not there, or is not the one that the hash is of */
  approve(of: Of, approval: Approval): Promise<McpTool | undefined>
}

export interface Approval {
  readonly name: string
  readonly hash: string
  readonly effect: 'read' | 'write'
  readonly by: string
}

const OWNED = 'organization_id = $1 AND project_id = $2 AND server_id = $3'

const UPSERT = `
  INSERT INTO mcp_tool (organization_id, project_id, server_id, name, definition, hash)
  SELECT $1, $2, $3, name, definition, hash
  FROM unnest($4::text[], $5::json[], $6::text[]) AS offered (name, definition, hash)
  ON CONFLICT (server_id, name) DO UPDATE SET
    definition = excluded.definition, hash = excluded.hash`

const REFRESH = `
  WITH gone AS (DELETE FROM mcp_tool WHERE ${OWNED} AND name <> ALL ($4)), asked AS (
    UPDATE mcp_server SET refreshed_at = now()
    WHERE organization_id = $1 AND project_id = $2 AND id = $3
  )
  ${UPSERT}`

const APPROVE = `
  UPDATE mcp_tool SET approved_hash = hash, approved_definition = definition, effect = $6,
    approved_by = $7, approved_at = now()
  WHERE ${OWNED} AND name = $4 AND hash = $5
  RETURNING *`

interface Row {
  readonly server_id: McpServerId
  readonly name: string
  readonly definition: McpDefinition
  readonly hash: string
  readonly approved_hash: string | null
  readonly approved_definition: McpDefinition | null
  readonly effect: 'read' | 'write'
  readonly approved_by: string | null
  readonly approved_at: Date | null
}

export function createMcpToolStore(pool: pg.Pool): McpToolStore {
  const ownerOf = ({ tenant, id }: Of) => [tenant.organizationId, tenant.projectId, id]
  async function rowsOf(text: string, of: Of, values: unknown[]) {
    return (await pool.query<Row>(text, [...ownerOf(of), ...values])).rows.map(toTool)
  }

  return {
    async refresh(of, offered) {
      await pool.query(REFRESH, [...ownerOf(of), ...columnsOf(offered)])
    },

    async noticed(of, offered) {
      await pool.query(UPSERT, [...ownerOf(of), ...columnsOf([offered])])
    },

    page: (of, { limit, after = '' }) =>
      rowsOf(`SELECT * FROM mcp_tool WHERE ${OWNED} AND name > $4 ORDER BY name LIMIT $5`, of, [
        after,
        limit,
      ]),

    async find(of, name) {
      return (await rowsOf(`SELECT * FROM mcp_tool WHERE ${OWNED} AND name = $4`, of, [name]))[0]
    },

    async approve(of, { name, hash, effect, by }) {
      return (await rowsOf(APPROVE, of, [name, hash, effect, by]))[0]
    },
  }
}

function columnsOf(offered: readonly OfferedMcpTool[]): unknown[] {
  return [
    offered.map(({ name }) => name),
    offered.map(({ definition }) => JSON.stringify(definition)),
    offered.map(({ hash }) => hash),
  ]
}

function toTool(row: Row): McpTool {
  const { approved_hash: hash, approved_definition: definition, effect } = row
  const { approved_by: by, approved_at: at } = row
  const isApproved = hash !== null && definition !== null && by !== null && at !== null
  return {
    serverId: row.server_id,
    name: row.name,
    definition: row.definition,
    hash: row.hash,
    approved: isApproved ? { hash, definition, effect, by, at } : null,
  }
}
