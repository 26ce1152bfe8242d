import type { AgentTeamId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import pg from 'pg'
import type { TeamDefinition } from './definition.ts'

export interface Team {
  readonly id: AgentTeamId
  /** Unique in its project. */
  readonly name: string
  readonly description: string
  readonly definition: TeamDefinition
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type TeamDraft = Pick<Team, 'name' | 'description' | 'definition'>
/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/** Teams that were deleted are not there. */
export interface TeamStore {
  /** @returns `too-many` when the project has as many as it may */
  insert(
    tenant: Tenant,
    team: TeamDraft & Pick<Team, 'id' | 'createdBy'> & { readonly limit: number },
  ): Promise<Team | 'name-taken' | 'too-many'>
  /** @returns undefined when it is not there, or has another revision */
  update(
    tenant: Tenant,
    id: AgentTeamId,
    change: { readonly draft: TeamDraft; readonly expected: Expected },
  ): Promise<Team | 'name-taken' | undefined>
  /** @returns false when it is not there, or has another revision */
  remove(tenant: Tenant, id: AgentTeamId, expected: Expected): Promise<boolean>
  find(tenant: Tenant, id: AgentTeamId): Promise<Team | undefined>
  /** @param ref its id or name */
  resolve(tenant: Tenant, ref: string): Promise<Team | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Team[]>
}

const COLUMNS = `id, name, description, definition, revision, created_by AS "createdBy",
  created_at AS "createdAt", updated_at AS "updatedAt"`
const THERE = 'organization_id = $1 AND project_id = $2 AND deleted_at IS NULL'
const EXPECTED = '($4::int[] IS NULL OR revision = ANY ($4))'

const INSERT = `
  INSERT INTO agent_team (organization_id, project_id, id, name, description, definition, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM agent_team WHERE ${THERE}) < $8
  RETURNING ${COLUMNS}`
const UPDATE = `
  UPDATE agent_team SET name = $5, description = $6, definition = $7, revision = revision + 1,
    updated_at = now()
  WHERE ${THERE} AND id = $3 AND ${EXPECTED} RETURNING ${COLUMNS}`
const REMOVE = `
  UPDATE agent_team SET deleted_at = now() WHERE ${THERE} AND id = $3 AND ${EXPECTED}`
const FIND = `SELECT ${COLUMNS} FROM agent_team WHERE ${THERE} AND id = $3`
const RESOLVE = `
  SELECT ${COLUMNS} FROM agent_team WHERE ${THERE} AND (id = $3 OR name = $3)
  ORDER BY id = $3 DESC LIMIT 1`
const PAGE = `
  SELECT ${COLUMNS} FROM agent_team
  WHERE ${THERE} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

export function createTeamStore(pool: pg.Pool): TeamStore {
  const rowsOf = async (text: string, tenant: Tenant, values: unknown[]) => {
    const { organizationId, projectId } = tenant
    return (await pool.query<Team>(text, [organizationId, projectId, ...values])).rows
  }
  const json = (definition: TeamDefinition) => JSON.stringify(definition)

  return {
    async insert(tenant, { id, name, description, definition, createdBy, limit }) {
      const values = [id, name, description, json(definition), createdBy, limit]
      const rows = await rowsOf(INSERT, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : (rows[0] ?? 'too-many')
    },

    async update(tenant, id, { draft: { name, description, definition }, expected }) {
      const values = [id, expected ?? null, name, description, json(definition)]
      const rows = await rowsOf(UPDATE, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : rows[0]
    },

    async remove(tenant, id, expected) {
      const { organizationId, projectId } = tenant
      const values = [organizationId, projectId, id, expected ?? null]
      return ((await pool.query(REMOVE, values)).rowCount ?? 0) > 0
    },

    find: async (tenant, id) => (await rowsOf(FIND, tenant, [id]))[0],

    resolve: async (tenant, ref) => (await rowsOf(RESOLVE, tenant, [ref]))[0],

    page: (tenant, { limit, after }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit]),
  }
}

function asNameTaken(error: unknown): 'name-taken' {
  const isTaken = error instanceof pg.DatabaseError && error.constraint === 'agent_team_name_key'
  if (isTaken) return 'name-taken'
  throw error
}
