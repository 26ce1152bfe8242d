import type { AgentId, Tenant } from '@dure/contracts'
import { type PageKey, withTransaction } from '@dure/platform'
import pg from 'pg'
import { type Agent, type Draft, type Expected, ownerOf } from './agent.ts'

/** Agents that were deleted are not there, unless it says so. */
export interface AgentStore {
  /** @returns `name-taken`, or `too-many` when the project has as many as it may */
  insert(
    tenant: Tenant,
    agent: Draft & Pick<Agent, 'id' | 'createdBy'> & { readonly limit: number },
  ): Promise<Agent | 'name-taken' | 'too-many'>
  /** @returns undefined when it is not there, or has another revision */
  update(
    tenant: Tenant,
    id: AgentId,
    change: { readonly draft: Partial<Draft>; readonly expected: Expected },
  ): Promise<Agent | 'name-taken' | undefined>
  /** With its memory, in one transaction. @returns false when it is not there, or has another revision */
  remove(tenant: Tenant, id: AgentId, expected: Expected): Promise<boolean>
  find(tenant: Tenant, id: AgentId): Promise<Agent | undefined>
  findByName(tenant: Tenant, name: string): Promise<Agent | undefined>
  /** Also when it was deleted. */
  existed(tenant: Tenant, id: AgentId): Promise<boolean>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Agent[]>
}

export const AGENT_COLUMNS = `id, name, description, draft, latest_version AS "latestVersion",
  published_version AS "publishedVersion", revision, created_by AS "createdBy",
  created_at AS "createdAt", updated_at AS "updatedAt"`
const THERE = 'organization_id = $1 AND project_id = $2 AND deleted_at IS NULL'
const EXPECTED = '($4::int[] IS NULL OR revision = ANY ($4))'

const INSERT = `
  INSERT INTO agent (organization_id, project_id, id, name, description, draft, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7
  WHERE (SELECT count(*) FROM agent WHERE ${THERE}) < $8
  RETURNING ${AGENT_COLUMNS}`

const UPDATE = `
  UPDATE agent SET name = coalesce($5, name), description = coalesce($6, description),
    draft = coalesce($7, draft), revision = revision + 1, updated_at = now()
  WHERE ${THERE} AND id = $3 AND ${EXPECTED}
  RETURNING ${AGENT_COLUMNS}`

const REMOVE = `
  UPDATE agent SET deleted_at = now() WHERE ${THERE} AND id = $3 AND ${EXPECTED}`

const PAGE = `
  SELECT ${AGENT_COLUMNS} FROM agent
  WHERE ${THERE} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

/** @param forget its memory, in the transaction in which it disappears */
export function createAgentStore(
  pool: pg.Pool,
  forget: (client: pg.PoolClient, tenant: Tenant, id: AgentId) => Promise<unknown>,
): AgentStore {
  const rowsOf = async (text: string, tenant: Tenant, values: unknown[]) =>
    (await pool.query<Agent>(text, [...ownerOf(tenant), ...values])).rows
  const find = async (tenant: Tenant, column: 'id' | 'name', value: string) => {
    const text = `SELECT ${AGENT_COLUMNS} FROM agent WHERE ${THERE} AND ${column} = $3`
    return (await rowsOf(text, tenant, [value]))[0]
  }

  return {
    async insert(tenant, { id, name, description, draft, createdBy, limit }) {
      const values = [id, name, description, JSON.stringify(draft), createdBy, limit]
      const rows = await rowsOf(INSERT, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : (rows[0] ?? 'too-many')
    },

    async update(tenant, id, { draft: { name, description, draft }, expected }) {
      const json = draft === undefined ? null : JSON.stringify(draft)
      const values = [id, expected ?? null, name ?? null, description ?? null, json]
      const rows = await rowsOf(UPDATE, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : rows[0]
    },

    remove: (tenant, id, expected) =>
      withTransaction(pool, async (client) => {
        const values = [...ownerOf(tenant), id, expected ?? null]
        if ((await client.query(REMOVE, values)).rowCount !== 1) return false
        await forget(client, tenant, id)
        return true
      }),

    find: (tenant, id) => find(tenant, 'id', id),
    findByName: (tenant, name) => find(tenant, 'name', name),

    async existed(tenant, id) {
      const text = 'SELECT FROM agent WHERE organization_id = $1 AND project_id = $2 AND id = $3'
      return (await pool.query(text, [...ownerOf(tenant), id])).rowCount === 1
    },

    page: (tenant, { limit, after }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit]),
  }
}

/** Another one of the project has it: who is deleted has not. */
function asNameTaken(error: unknown): 'name-taken' {
  if (error instanceof pg.DatabaseError && error.constraint === 'agent_name_key')
    return 'name-taken'
  throw error
}
