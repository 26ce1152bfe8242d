import type { AgentId, Tenant } from '@dure/contracts'
import type pg from 'pg'
import { type AgentAlias, type Expected, ownerOf } from './agent.ts'

export type LedAlias = Pick<AgentAlias, 'agentId' | 'name' | 'versionNumber' | 'changedBy'> & {
  /** Why it leads there although the version did not meet its gate. */
  readonly forceReason: string | null
}

/** Names for versions of agents, such as `prod`. */
export interface AgentAliasStore {
  /**
   * Creates it, or leads it elsewhere, and keeps on record who has done so.
   *
   * @returns undefined at another revision; with `expected`, also when it is not there
   */
  set(tenant: Tenant, alias: LedAlias, expected: Expected): Promise<AgentAlias | undefined>
  find(tenant: Tenant, id: AgentId, name: string): Promise<AgentAlias | undefined>
  /** By name. An agent has at most as many as `MAX_ALIASES`. */
  list(tenant: Tenant, id: AgentId): Promise<AgentAlias[]>
  /** @returns false when it is not there, or has another revision */
  remove(tenant: Tenant, of: { id: AgentId; name: string }, expected: Expected): Promise<boolean>
}

const COLUMNS = `agent_id AS "agentId", name, version_number AS "versionNumber", revision,
  changed_by AS "changedBy", created_at AS "createdAt", updated_at AS "updatedAt"`
const OWNED = 'organization_id = $1 AND project_id = $2 AND agent_id = $3'

const CREATE = `
  INSERT INTO agent_alias (organization_id, project_id, agent_id, name, version_number, changed_by)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (agent_id, name) DO UPDATE SET version_number = excluded.version_number,
    changed_by = excluded.changed_by, revision = agent_alias.revision + 1, updated_at = now()
  WHERE agent_alias.organization_id = $1 AND agent_alias.project_id = $2
  RETURNING *`

const LEAD = `
  UPDATE agent_alias SET version_number = $5, changed_by = $6, revision = revision + 1,
    updated_at = now()
  WHERE ${OWNED} AND name = $4 AND revision = ANY ($8)
  RETURNING *`

const noted = (led: string) => `
  WITH led AS (${led}), noted AS (
    INSERT INTO agent_publication
      (organization_id, project_id, agent_id, version_number, kind, alias, published_by, force_reason)
    SELECT organization_id, project_id, agent_id, version_number, 'alias', name, changed_by, $7
    FROM led
  )
  SELECT ${COLUMNS} FROM led`

export function createAgentAliasStore(pool: pg.Pool): AgentAliasStore {
  const rowsOf = async (text: string, values: unknown[]) =>
    (await pool.query<AgentAlias>(text, values)).rows

  return {
    async set(tenant, { agentId, name, versionNumber, changedBy, forceReason }, expected) {
      const values = [...ownerOf(tenant), agentId, name, versionNumber, changedBy, forceReason]
      const [row] = expected
        ? await rowsOf(noted(LEAD), [...values, expected])
        : await rowsOf(noted(CREATE), values)
      return row
    },

    async find(tenant, id, name) {
      const text = `SELECT ${COLUMNS} FROM agent_alias WHERE ${OWNED} AND name = $4`
      return (await rowsOf(text, [...ownerOf(tenant), id, name]))[0]
    },

    list: (tenant, id) =>
      rowsOf(`SELECT ${COLUMNS} FROM agent_alias WHERE ${OWNED} ORDER BY name`, [
        ...ownerOf(tenant),
        id,
      ]),

    async remove(tenant, { id, name }, expected) {
      const text = `DELETE FROM agent_alias
        WHERE ${OWNED} AND name = $4 AND ($5::int[] IS NULL OR revision = ANY ($5))`
      const values = [...ownerOf(tenant), id, name, expected ?? null]
      return ((await pool.query(text, values)).rowCount ?? 0) > 0
    },
  }
}
