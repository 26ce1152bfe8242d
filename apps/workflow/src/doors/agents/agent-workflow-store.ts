import { hash } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { AgentWorkflow } from './agent-workflow.ts'

export interface AgentWorkflowStore {
  /** Stores it unless it is there. */
  keep(tenant: Tenant, workflow: AgentWorkflow): Promise<void>
}

/** As one that is deleted: nobody lists, edits or starts it, and its runs are read like all others. */
const WORKFLOW = `
  INSERT INTO workflow (id, organization_id, project_id, name, draft, latest_version, deleted_at)
  VALUES ($1, $2, $3, $4, $5, 1, now()) ON CONFLICT (id) DO NOTHING`

const VERSION = `
  INSERT INTO workflow_version
    (id, workflow_id, organization_id, project_id, number, graph, hash, created_by)
  VALUES ($1, $2, $3, $4, 1, $5, $6, 'dure') ON CONFLICT (id) DO NOTHING`

export function createAgentWorkflowStore(pool: pg.Pool): AgentWorkflowStore {
  return {
    keep: ({ organizationId, projectId }, { workflowId, versionId, name, graph }) =>
      withTransaction(pool, async (client) => {
        const owner = [organizationId, projectId]
        const json = JSON.stringify(graph)
        await client.query(WORKFLOW, [workflowId, ...owner, name, json])
        const values = [versionId, workflowId, ...owner, json, hash('sha256', json)]
        await client.query(VERSION, values)
      }),
  }
}
