import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { type StoredTool, toolNameOf } from './tool.ts'

/** The published workflows of a project, as tools. */
export interface ToolStore {
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<StoredTool[]>
  /** @param endOfId of the workflow; the whole name says which one it is */
  find(tenant: Tenant, toolName: string, endOfId: string): Promise<StoredTool | undefined>
}

const SELECT = `
  SELECT w.id, w.name, w.description, w.created_at AS "createdAt",
    jsonb_path_query_array(v.graph, '$.nodes[*] ? (@.type == "start" || @.type == "end")') AS doors
  FROM workflow w
  JOIN workflow_version v ON v.workflow_id = w.id AND v.number = w.published_version
  WHERE w.organization_id = $1 AND w.project_id = $2 AND w.deleted_at IS NULL
    AND w.published_version IS NOT NULL`

const PAGE = `${SELECT}
  AND ($3::timestamptz IS NULL OR (w.created_at, w.id) < ($3, $4))
  ORDER BY w.created_at DESC, w.id DESC LIMIT $5`

// From the ids alone, which an index has: beneath a policy it cannot serve the end of one.
const FIND = `
  WITH named AS MATERIALIZED (
    SELECT id FROM workflow WHERE organization_id = $1 AND project_id = $2
  )
  ${SELECT} AND w.id IN (SELECT id FROM named WHERE right(id, 12) = $3) LIMIT 10`

export function createToolStore(pool: pg.Pool): ToolStore {
  return {
    async page({ organizationId, projectId }, { limit, after }) {
      const values = [organizationId, projectId, after?.createdAt, after?.id, limit]
      return (await pool.query<StoredTool>(PAGE, values)).rows
    },

    async find({ organizationId, projectId }, toolName, endOfId) {
      const values = [organizationId, projectId, endOfId]
      const query = { name: 'dure-find-tool', text: FIND, values }
      const { rows } = await pool.query<StoredTool>(query)
      return rows.find((stored) => toolNameOf(stored) === toolName)
    },
  }
}
