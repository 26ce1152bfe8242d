import { hash } from 'node:crypto'
import type {
  AgentTeamId,
  Caller,
  ExecutionId,
  Identity,
  TaskRef,
  TeamRunId,
  Tenant,
} from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { currentTrace, type PageKey, type TraceHeaders, withTransaction } from '@dure/platform'
import type pg from 'pg'
import { executionIdOf } from '../executions/service.ts'
import type { TeamDefinition } from './definition.ts'
import type { Ask, Step } from './meeting.ts'
import type { Turn } from './turn.ts'

export type TeamRunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface TeamRun {
  readonly id: TeamRunId
  readonly tenant: Tenant
  readonly teamId: AgentTeamId
  /** As it was when the run began. */
  readonly definition: TeamDefinition
  readonly task: string
  readonly status: TeamRunStatus
  readonly answer: string | null
  readonly output: unknown
  readonly error: { readonly code: string; readonly message: string } | null
  readonly identity: Identity
  /** The node of a workflow that has begun it, and for whom; null: somebody asked by the API. */
  readonly origin: TeamOrigin | null
  /** Somebody outside may have written the task. */
  readonly isUntrusted: boolean
  /** Until it has taken as long as it may; null: it may take any time. */
  readonly leftMs: number | null
  readonly trace: TraceHeaders
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export interface TeamOrigin {
  readonly task: TaskRef
  readonly caller?: Caller
}

export type NewTeamRun = Pick<
  TeamRun,
  'id' | 'tenant' | 'teamId' | 'definition' | 'task' | 'identity' | 'origin' | 'isUntrusted'
> & { readonly timeoutMs: number | null }

/** One asking of one member. */
export interface TeamTurn {
  readonly position: number
  readonly member: string
  readonly executionId: ExecutionId
  readonly ask: Ask
  /** Null: nothing has come of it yet. */
  readonly turn: Turn | null
}

export interface Advanced {
  readonly run: TeamRun
  /** Those who are asked at the moment, whoever has asked them; of a run that is over, too. */
  readonly asked: readonly TeamTurn[]
}

export interface TeamRunStore {
  /** Once for each id. */
  insert(run: NewTeamRun): Promise<TeamRun>
  find(tenant: Tenant, id: TeamRunId): Promise<TeamRun | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    teamId: AgentTeamId,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<TeamRun[]>
  /** In the order of the asking, after `after`. */
  turns(
    tenant: Tenant,
    id: TeamRunId,
    page: { readonly limit: number; readonly after: number },
  ): Promise<TeamTurn[]>
  /**
   * Records what is to be done next, one at a time for each run.
   *
   * @returns undefined when there is no such run, or it is over
   */
  advance(
    id: TeamRunId,
    next: (run: TeamRun, turns: readonly TeamTurn[]) => Step,
  ): Promise<Advanced | undefined>
  /** What came of an asking; the first word counts. */
  settle(id: TeamRunId, key: string, turn: Turn): Promise<void>
  /** @returns those who are asked at the moment; undefined when it is not there, or over */
  cancel(tenant: Tenant, id: TeamRunId): Promise<readonly TeamTurn[] | undefined>
  /** Runs that nobody has moved on for a while; each is given to one caller for the next while. */
  takeOverdue(limit: number): Promise<TeamRunId[]>
  /** Its origin knows that it is over. */
  told(id: TeamRunId): Promise<void>
  /** Runs whose origin should know by now that they are over. */
  untold(limit: number): Promise<TeamRun[]>
}

/** More than any pattern asks: 10 members in 20 rounds, and a judge. */
export const MAX_TURNS = 300
/** After which whoever sweeps looks after a run. */
const WAKE_S = 15

const COLUMNS = `id, organization_id, project_id, team_id AS "teamId", definition, task, status, answer, output,
  error, identity, origin, is_untrusted AS "isUntrusted", trace,
  floor(extract(epoch FROM deadline_at - now()) * 1000)::float8 AS "leftMs", created_at AS "createdAt", ended_at AS "endedAt"`
const TURN_COLUMNS = `position, member, execution_id AS "executionId", ask, turn`
const OWNED = 'organization_id = $1 AND project_id = $2'

const INSERT = `
  INSERT INTO agent_team_run
    (organization_id, project_id, id, team_id, definition, task, identity, trace, origin, is_untrusted,
     deadline_at, wake_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11::float8 * interval '1 millisecond',
    now() + ${WAKE_S} * interval '1 second')
  ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`
const PAGE = `
  SELECT ${COLUMNS} FROM agent_team_run
  WHERE ${OWNED} AND team_id = $3 AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5))
  ORDER BY created_at DESC, id DESC LIMIT $6`
const TURNS = `
  SELECT ${TURN_COLUMNS} FROM agent_team_turn
  WHERE run_id = $1 AND position > $2 ORDER BY position LIMIT $3`
const LOCK = `
  UPDATE agent_team_run SET wake_at = now() + ${WAKE_S} * interval '1 second'
  WHERE id = $1 AND ended_at IS NULL RETURNING ${COLUMNS}`
const ASK = `
  INSERT INTO agent_team_turn
    (organization_id, project_id, run_id, key, position, member, execution_id, ask)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${TURN_COLUMNS}`
const END = `
  UPDATE agent_team_run SET status = $2, answer = $3, output = $4, error = $5, ended_at = now()
  WHERE id = $1 RETURNING ${COLUMNS}`
const UNTOLD = `
  SELECT ${COLUMNS} FROM agent_team_run
  WHERE origin IS NOT NULL AND told_at IS NULL AND ended_at < now() - ${WAKE_S} * interval '1 second'
  ORDER BY ended_at LIMIT $1`
const SETTLE = `
  UPDATE agent_team_turn SET turn = $3, ended_at = now()
  WHERE run_id = $1 AND key = $2 AND turn IS NULL`
const CANCEL = `
  UPDATE agent_team_run SET status = 'cancelled', ended_at = now()
  WHERE ${OWNED} AND id = $3 AND ended_at IS NULL`
const TAKE_OVERDUE = `
  UPDATE agent_team_run SET wake_at = now() + ${WAKE_S} * interval '1 second'
  WHERE id IN (
    SELECT id FROM agent_team_run WHERE ended_at IS NULL AND wake_at < now()
    ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ) RETURNING id`

interface Row extends Omit<TeamRun, 'tenant'> {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
}

export function createTeamRunStore(pool: pg.Pool): TeamRunStore {
  const turnsIn = async (client: pg.Pool | pg.PoolClient, values: [TeamRunId, number, number]) =>
    (await client.query<TeamTurn>(TURNS, values)).rows

  const find: TeamRunStore['find'] = async ({ organizationId, projectId }, id) => {
    const text = `SELECT ${COLUMNS} FROM agent_team_run WHERE ${OWNED} AND id = $3`
    const { rows } = await pool.query<Row>(text, [organizationId, projectId, id])
    return rows[0] && toRun(rows[0])
  }

  return {
    find,

    async insert({ id, tenant, teamId, task, isUntrusted, timeoutMs, ...run }) {
      const { organizationId, projectId } = tenant
      const { definition, identity, origin } = run
      const values = [
        ...[organizationId, projectId, id, teamId, JSON.stringify(definition), task],
        ...[JSON.stringify(identity), JSON.stringify(currentTrace())],
        ...[origin && JSON.stringify(origin), isUntrusted, timeoutMs],
      ]
      const [row] = (await pool.query<Row>(INSERT, values)).rows
      return row ? toRun(row) : ((await find(tenant, id)) as TeamRun)
    },

    async page({ organizationId, projectId }, teamId, { limit, after }) {
      const place = [organizationId, projectId, teamId]
      const values = [...place, after?.createdAt ?? null, after?.id ?? null, limit]
      return (await pool.query<Row>(PAGE, values)).rows.map(toRun)
    },

    async turns(tenant, id, { limit, after }) {
      return (await find(tenant, id)) ? turnsIn(pool, [id, after, limit]) : []
    },

    advance: (id, next) =>
      withTransaction(pool, async (client) => {
        const [row] = (await client.query<Row>(LOCK, [id])).rows
        if (row === undefined) return undefined
        const run = toRun(row)
        const turns = await turnsIn(client, [id, 0, MAX_TURNS])
        const step = next(run, turns)
        const asked = turns.filter(({ turn }) => turn === null)
        if (step.kind !== 'ask') return { run: await end(client, id, step), asked }
        const known = new Set(turns.map(({ ask }) => ask.key))
        const added = step.asks.filter(({ key }) => !known.has(key))
        for (const [index, ask] of added.entries()) {
          asked.push(await insertTurn(client, run, { ask, position: turns.length + index + 1 }))
        }
        return { run, asked }
      }),

    async settle(id, key, turn) {
      await pool.query(SETTLE, [id, key, JSON.stringify(turn)])
    },

    cancel: (tenant, id) =>
      withTransaction(pool, async (client) => {
        const { organizationId, projectId } = tenant
        const { rowCount } = await client.query(CANCEL, [organizationId, projectId, id])
        if (rowCount === 0) return undefined
        return (await turnsIn(client, [id, 0, MAX_TURNS])).filter(({ turn }) => turn === null)
      }),

    async takeOverdue(limit) {
      const { rows } = await pool.query<{ id: TeamRunId }>(TAKE_OVERDUE, [limit])
      return rows.map(({ id }) => id)
    },

    async told(id) {
      await pool.query('UPDATE agent_team_run SET told_at = now() WHERE id = $1', [id])
    },

    async untold(limit) {
      return (await pool.query<Row>(UNTOLD, [limit])).rows.map(toRun)
    },
  }
}

async function end(
  client: pg.PoolClient,
  id: TeamRunId,
  step: Exclude<Step, { kind: 'ask' }>,
): Promise<TeamRun> {
  const values =
    step.kind === 'finish'
      ? ['succeeded', step.text, JSON.stringify(step.output ?? null), null]
      : ['failed', null, null, JSON.stringify({ code: step.code, message: step.message })]
  const { rows } = await client.query<Row>(END, [id, ...values])
  return toRun(rows[0] as Row)
}

async function insertTurn(
  client: pg.PoolClient,
  { id, tenant }: TeamRun,
  { ask, position }: { readonly ask: Ask; readonly position: number },
): Promise<TeamTurn> {
  const { organizationId, projectId } = tenant
  const values = [organizationId, projectId, id, ask.key, position, ask.member.name]
  const { rows } = await client.query<TeamTurn>(ASK, [
    ...values,
    executionIdOf(tenant, onceIdOf(id, ask.key)),
    JSON.stringify(ask),
  ])
  return rows[0] as TeamTurn
}

/** The same for each try of an attempt. */
export function teamRunIdOf({ tenant, taskKey, attempt }: TaskRef): TeamRunId {
  const { organizationId, projectId } = tenant
  const digest = hash('sha256', `${organizationId} ${projectId} ${taskKey}#${attempt}`)
  return prefixedId('tru', digest.slice(0, 32)) as TeamRunId
}

/** The same asking is always the same execution: to start it again changes nothing. */
export function onceIdOf(id: TeamRunId, key: string): string {
  return `team ${id}/${key}`
}

function toRun({ organization_id: organizationId, project_id: projectId, ...run }: Row): TeamRun {
  return { ...run, tenant: { organizationId, projectId } }
}
