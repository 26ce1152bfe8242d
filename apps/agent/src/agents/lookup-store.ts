import type { AgentId, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type pg from 'pg'
import { ownerOf } from './agent.ts'
import type { AgentDefinition } from './definition.ts'

/** What an execution is pinned to. */
export interface PinnedAgent {
  readonly agentId: AgentId
  readonly name: string
  readonly version: number
  readonly definition: AgentDefinition
}

/** Which version of an agent is meant; with neither, the published one. */
export interface WantedAgent {
  /** Its id, its name, or after `@` an alias or the number of a version. */
  readonly agent: string
  readonly version?: number | undefined
  readonly alias?: string | undefined
}

/** Reads what an execution needs of its agent: each in one round trip. */
export interface AgentLookup {
  /**
   * @throws NotFoundError `agent.not-found`, `agent.version-not-found`, `agent-alias.not-found`
   * @throws ConflictError `agent.not-published`
   */
  resolve(tenant: Tenant, wanted: WantedAgent): Promise<PinnedAgent>
  /** Also of an agent that was deleted meanwhile. */
  pinned(tenant: Tenant, agentId: AgentId, version: number): Promise<PinnedAgent>
}

const RESOLVE = `
  SELECT a.id AS "agentId", a.name, v.number AS version, v.definition
  FROM agent a
  LEFT JOIN agent_alias named ON named.agent_id = a.id AND named.name = $5
  LEFT JOIN agent_version v ON v.agent_id = a.id AND v.number = CASE
    WHEN $4::int IS NOT NULL THEN $4
    WHEN $5::text IS NOT NULL THEN named.version_number
    ELSE a.published_version END
  WHERE a.organization_id = $1 AND a.project_id = $2 AND a.deleted_at IS NULL
    AND (a.id = $3 OR a.name = $3)`

const PINNED = `
  SELECT a.id AS "agentId", a.name, v.number AS version, v.definition
  FROM agent a JOIN agent_version v ON v.agent_id = a.id
  WHERE a.organization_id = $1 AND a.project_id = $2 AND a.id = $3 AND v.number = $4`

const NUMBER = /^[0-9]+$/

type FoundAgent = Pick<PinnedAgent, 'agentId' | 'name'> & {
  readonly version: number | null
  readonly definition: AgentDefinition | null
}

export function createAgentLookup(pool: pg.Pool): AgentLookup {
  return {
    async resolve(tenant, wanted) {
      const [agent = '', named] = wanted.agent.split('@', 2)
      const isNumber = named !== undefined && NUMBER.test(named)
      const { version = isNumber ? Number(named) : undefined } = wanted
      const { alias = isNumber ? undefined : named } = wanted
      const values = [...ownerOf(tenant), agent, version ?? null, alias ?? null]
      const query = { name: 'dure-find-agent', text: RESOLVE, values }
      const [found] = (await pool.query<FoundAgent>(query)).rows
      if (!found) throw new NotFoundError('agent.not-found', 'There is no such agent')
      const { agentId, name, version: number, definition } = found
      if (number === null || definition === null) throw noVersion(version, alias)
      return { agentId, name, version: number, definition }
    },

    async pinned(tenant, agentId, version) {
      const values = [...ownerOf(tenant), agentId, version]
      const query = { name: 'dure-pinned-agent', text: PINNED, values }
      const [found] = (await pool.query<PinnedAgent>(query)).rows
      if (!found) throw new TypeError(`Version ${version} of ${agentId} is not there`)
      return found
    },
  }
}

function noVersion(version?: number, alias?: string): NotFoundError | ConflictError {
  if (version !== undefined) {
    return new NotFoundError('agent.version-not-found', `There is no version ${version}`)
  }
  if (alias !== undefined) {
    return new NotFoundError('agent-alias.not-found', `The agent has no alias ${alias}`)
  }
  const hint = 'Nothing is published yet: create a version and publish it, or name one'
  return new ConflictError('agent.not-published', hint)
}
