import type { AgentQuestion, FoundAgent, Tenant } from '@dure/contracts'
import type pg from 'pg'
import { ownerOf } from '../agents/agent.ts'

export type AgentsWanted = Pick<AgentQuestion, 'agent' | 'limit' | 'after'>

/** Agents that somebody can call. The tenant is part of every query. */
export interface AgentQuestionStore {
  /** Newest first; of those that are named, the one. */
  findCallable(tenant: Tenant, wanted: AgentsWanted): Promise<FoundAgent[]>
}

const CALLABLE = `
  SELECT a.id, a.name, a.description, a.published_version AS "publishedVersion",
    a.latest_version AS "latestVersion",
    a.created_at AS "createdAt",
    ARRAY(
      SELECT l.name FROM agent_alias l WHERE l.agent_id = a.id ORDER BY l.name LIMIT 100
    ) AS aliases
  FROM agent a
  WHERE a.organization_id = $1 AND a.project_id = $2 AND a.deleted_at IS NULL
    AND ($3::text IS NULL OR a.id = $3 OR a.name = $3)
    AND (
      a.published_version IS NOT NULL
      OR EXISTS (SELECT FROM agent_alias l WHERE l.agent_id = a.id)
      OR ($3 IS NOT NULL AND a.latest_version > 0)
    )
    AND ($4::timestamptz IS NULL OR (a.created_at, a.id) < ($4, $5))
  ORDER BY a.created_at DESC, a.id DESC LIMIT $6`

type CallableRow = Omit<FoundAgent, 'createdAt'> & { readonly createdAt: Date }

/** As much of a description as a list needs. */
const MAX_DESCRIPTION = 500

export function createAgentQuestionStore(pool: pg.Pool): AgentQuestionStore {
  return {
    async findCallable(tenant, { agent = null, limit, after }) {
      const values = [...ownerOf(tenant), agent, after?.createdAt ?? null, after?.id ?? null, limit]
      const query = { name: 'dure-callable-agents', text: CALLABLE, values }
      const { rows } = await pool.query<CallableRow>(query)
      return rows.map(({ createdAt, description, ...rest }) => ({
        ...rest,
        description: description.slice(0, MAX_DESCRIPTION).toWellFormed(),
        createdAt: createdAt.toISOString(),
      }))
    },
  }
}
