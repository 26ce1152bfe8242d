import type { AgentId, Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { type Agent, type AgentPublication, type AgentVersion, ownerOf } from './agent.ts'
import { AGENT_COLUMNS } from './store.ts'

type NewVersion = Pick<AgentVersion, 'definition' | 'hash' | 'createdBy'>

/** Frozen states of agents, and which of them new executions take. */
export interface AgentVersionStore {
  /** The newest version when it has this hash; else a new one with the next number. */
  add(tenant: Tenant, id: AgentId, version: NewVersion): Promise<AgentVersion>
  find(tenant: Tenant, id: AgentId, number: number): Promise<AgentVersion | undefined>
  /** The newest with this hash. */
  findByHash(tenant: Tenant, id: AgentId, hash: string): Promise<AgentVersion | undefined>
  /** Newest first, those with a lower number than `before`. */
  page(
    tenant: Tenant,
    id: AgentId,
    page: { readonly limit: number; readonly before: number | undefined },
  ): Promise<AgentVersion[]>
  /** Nothing happens when it is published already. @returns undefined when there is no such agent */
  publish(
    tenant: Tenant,
    id: AgentId,
    by: {
      readonly number: number
      readonly principal: string
      readonly forceReason: string | null
    },
  ): Promise<Agent | undefined>
  /**
   * Goes one step back: to what was published before the current one was, and from there further.
   *
   * @returns undefined when there is no such agent, `nothing` when nothing was published before
   */
  rollBack(tenant: Tenant, id: AgentId, principal: string): Promise<Agent | 'nothing' | undefined>
  /** Newest first, those with a lower id than `before`. */
  publications(
    tenant: Tenant,
    id: AgentId,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<AgentPublication[]>
}

const COLUMNS = `agent_id AS "agentId", number, definition, hash, created_by AS "createdBy",
  created_at AS "createdAt"`
const OWNED = 'organization_id = $1 AND project_id = $2 AND agent_id = $3'

/** Locks the agent: numbers are given, and publications made, one after the other. */
const LOCK = `
  SELECT ${AGENT_COLUMNS} FROM agent
  WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND deleted_at IS NULL FOR UPDATE`

const NEWEST = `SELECT ${COLUMNS} FROM agent_version WHERE ${OWNED} ORDER BY number DESC LIMIT 1`

const ADD = `
  WITH numbered AS (
    UPDATE agent SET latest_version = $4
    WHERE organization_id = $1 AND project_id = $2 AND id = $3
  )
  INSERT INTO agent_version
    (organization_id, project_id, agent_id, number, definition, hash, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  RETURNING ${COLUMNS}`

const NEWEST_PUBLICATION = `
  SELECT id, previous_id FROM agent_publication WHERE ${OWNED} AND kind <> 'alias'
  ORDER BY id DESC LIMIT 1`

/** What people edit has not changed: neither the revision nor its time. */
const PUBLISH = `
  WITH noted AS (
    INSERT INTO agent_publication
      (organization_id, project_id, agent_id, version_number, kind, previous_id, published_by,
        force_reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  )
  UPDATE agent SET published_version = $4
  WHERE organization_id = $1 AND project_id = $2 AND id = $3
  RETURNING ${AGENT_COLUMNS}`

const PUBLICATIONS = `
  SELECT id::text, version_number AS "versionNumber", kind, alias, published_by AS "publishedBy",
    published_at AS "publishedAt", force_reason AS "forceReason"
  FROM agent_publication WHERE ${OWNED} AND ($4::bigint IS NULL OR id < $4)
  ORDER BY id DESC LIMIT $5`

interface NewestPublication {
  readonly id: string
  readonly previous_id: string | null
}

export function createAgentVersionStore(pool: pg.Pool): AgentVersionStore {
  return {
    add: (tenant, id, { definition, hash, createdBy }) =>
      withTransaction(pool, async (client) => {
        const place = [...ownerOf(tenant), id]
        await client.query(LOCK, place)
        const [newest] = (await client.query<AgentVersion>(NEWEST, place)).rows
        if (newest?.hash === hash) return newest
        const number = (newest?.number ?? 0) + 1
        const values = [...place, number, JSON.stringify(definition), hash, createdBy]
        return one((await client.query<AgentVersion>(ADD, values)).rows)
      }),

    async find(tenant, id, number) {
      const text = `SELECT ${COLUMNS} FROM agent_version WHERE ${OWNED} AND number = $4`
      const values = [...ownerOf(tenant), id, number]
      return (await pool.query<AgentVersion>(text, values)).rows[0]
    },

    async findByHash(tenant, id, hash) {
      const text = `SELECT ${COLUMNS} FROM agent_version WHERE ${OWNED} AND hash = $4
        ORDER BY number DESC LIMIT 1`
      return (await pool.query<AgentVersion>(text, [...ownerOf(tenant), id, hash])).rows[0]
    },

    async page(tenant, id, { limit, before }) {
      const text = `SELECT ${COLUMNS} FROM agent_version
        WHERE ${OWNED} AND ($4::int IS NULL OR number < $4) ORDER BY number DESC LIMIT $5`
      const values = [...ownerOf(tenant), id, before ?? null, limit]
      return (await pool.query<AgentVersion>(text, values)).rows
    },

    publish: (tenant, id, { number, principal, forceReason }) =>
      withTransaction(pool, async (client) => {
        const place = [...ownerOf(tenant), id]
        const [agent] = (await client.query<Agent>(LOCK, place)).rows
        if (!agent || agent.publishedVersion === number) return agent
        const newest = await newestPublication(client, place)
        const values = [...place, number, 'publish', newest?.id ?? null, principal, forceReason]
        return one((await client.query<Agent>(PUBLISH, values)).rows)
      }),

    rollBack: (tenant, id, principal) =>
      withTransaction(pool, async (client) => {
        const place = [...ownerOf(tenant), id]
        const [agent] = (await client.query<Agent>(LOCK, place)).rows
        if (!agent) return undefined
        const previousId = (await newestPublication(client, place))?.previous_id
        if (previousId == null) return 'nothing'
        const { version_number: number, previous_id: before } = one(
          (
            await client.query<{ version_number: number; previous_id: string | null }>(
              `SELECT version_number, previous_id FROM agent_publication WHERE ${OWNED} AND id = $4`,
              [...place, previousId],
            )
          ).rows,
        )
        const values = [...place, number, 'rollback', before, principal, null]
        return one((await client.query<Agent>(PUBLISH, values)).rows)
      }),

    async publications(tenant, id, { limit, before }) {
      const values = [...ownerOf(tenant), id, before ?? null, limit]
      return (await pool.query<AgentPublication>(PUBLICATIONS, values)).rows
    },
  }
}

async function newestPublication(client: pg.PoolClient, place: unknown[]) {
  return (await client.query<NewestPublication>(NEWEST_PUBLICATION, place)).rows[0]
}

function one<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new TypeError('A statement that writes one row wrote none')
  return row
}
