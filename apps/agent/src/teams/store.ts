import type { AgentTeamId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import pg from 'pg'
import { everybodyIn, type TeamDefinition } from './definition.ts'

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

/** Places among its members, the judge last, whose agent or version the project does not have. */
interface Strangers {
  readonly strangers: readonly number[]
}

/** Teams that were deleted are not there. One with strangers is not stored. */
export interface TeamStore {
  /** @returns `too-many` when the project has as many as it may */
  insert(
    tenant: Tenant,
    team: TeamDraft & Pick<Team, 'id' | 'createdBy'> & { readonly limit: number },
  ): Promise<Team | Strangers | 'name-taken' | 'too-many'>
  /** @returns undefined when it is not there, or has another revision */
  update(
    tenant: Tenant,
    id: AgentTeamId,
    change: { readonly draft: TeamDraft; readonly expected: Expected },
  ): Promise<Team | Strangers | 'name-taken' | undefined>
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

/** `$8`: ids of the agents of its members, `$9`: their versions. */
const checked = (change: string, isThere = 'true') => `
  WITH strangers AS (
    SELECT place FROM unnest($8::text[], $9::int[]) WITH ORDINALITY AS member (agent, version, place)
    WHERE ${isThere} AND NOT EXISTS (
      SELECT FROM agent a WHERE a.organization_id = $1 AND a.project_id = $2 AND a.deleted_at IS NULL
        AND a.id = member.agent AND (member.version IS NULL OR EXISTS (
          SELECT FROM agent_version v WHERE v.agent_id = a.id AND v.number = member.version))
    )
  ), changed AS (${change} RETURNING ${COLUMNS})
  SELECT changed.*, ARRAY(SELECT place::int - 1 FROM strangers ORDER BY place) AS strangers
  FROM (SELECT) AS once LEFT JOIN changed ON true`
const ALL_KNOWN = 'NOT EXISTS (SELECT FROM strangers)'

const INSERT = checked(`
  INSERT INTO agent_team (organization_id, project_id, id, name, description, definition, created_by)
  SELECT $1, $2, $3, $5, $6, $7, $10
  WHERE (SELECT count(*) FROM agent_team WHERE ${THERE}) < $4 AND ${ALL_KNOWN}`)
/** Of a team that is not there, nothing is said about its members. */
const UPDATE = checked(
  `
  UPDATE agent_team SET name = $5, description = $6, definition = $7, revision = revision + 1,
    updated_at = now()
  WHERE ${THERE} AND id = $3 AND ${EXPECTED} AND ${ALL_KNOWN}`,
  `EXISTS (SELECT FROM agent_team WHERE ${THERE} AND id = $3)`,
)
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
  async function changed(text: string, { organizationId, projectId }: Tenant, values: unknown[]) {
    const all = [organizationId, projectId, ...values]
    const result = await pool.query<Changed>(text, all).catch(asNameTaken)
    if (result === 'name-taken') return result
    // The query gives one row, whatever becomes of it.
    const { strangers, ...team } = result.rows[0] as Changed
    if (strangers.length > 0) return { strangers }
    return isThere(team) ? team : undefined
  }

  return {
    insert: async (tenant, { id, limit, createdBy, ...draft }) =>
      (await changed(INSERT, tenant, [id, limit, ...valuesOf(draft), createdBy])) ?? 'too-many',

    update: (tenant, id, { draft, expected = null }) =>
      changed(UPDATE, tenant, [id, expected, ...valuesOf(draft)]),

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

type NoTeam = { readonly [Name in keyof Team]: null }
type Changed = (Team | NoTeam) & Strangers

function isThere(team: Team | NoTeam): team is Team {
  return team.id !== null
}

function valuesOf({ name, description, definition }: TeamDraft): unknown[] {
  const everybody = everybodyIn(definition)
  const agents = everybody.map(({ agentId }) => agentId)
  const versions = everybody.map(({ version }) => version ?? null)
  return [name, description, JSON.stringify(definition), agents, versions]
}

function asNameTaken(error: unknown): 'name-taken' {
  const isTaken = error instanceof pg.DatabaseError && error.constraint === 'agent_team_name_key'
  if (isTaken) return 'name-taken'
  throw error
}
