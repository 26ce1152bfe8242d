import { randomUUIDv7 } from 'node:crypto'
import type { AgentTeamId, ExecutionId, Identity, TeamRunId, Tenant } from '@dure/contracts'
import { ConflictError, DureError, NotFoundError, prefixedId } from '@dure/kernel'
import { onceCommitted, runInTrace } from '@dure/platform'
import { everybodyIn, type Member, type TeamDefinition } from './definition.ts'
import type { Ask, Step } from './meeting.ts'
import {
  type Advanced,
  MAX_TURNS,
  type TeamOrigin,
  type TeamRun,
  type TeamRunStore,
  type TeamTurn,
} from './run-store.ts'
import type { TeamService } from './service.ts'
import { next } from './team.ts'
import type { Turn } from './turn.ts'

export interface TeamRuns {
  /**
   * Gives a team a task. Its members are asked one after the other, or together, while nobody waits.
   *
   * @throws NotFoundError `team.not-found`, `agent.not-found`, `agent.version-not-found`
   * @throws ConflictError `agent.not-published`
   */
  start(order: TeamOrder): Promise<TeamRun>
  find: TeamRunStore['find']
  /** @throws NotFoundError `team-run.not-found` */
  get(tenant: Tenant, teamId: AgentTeamId, id: TeamRunId): Promise<TeamRun>
  page: TeamRunStore['page']
  turns: TeamRunStore['turns']
  /** Nobody is asked any more, and whoever is, is stopped. @throws ConflictError `team-run.ended` */
  cancel(tenant: Tenant, teamId: AgentTeamId, id: TeamRunId): Promise<TeamRun>
  /** An asking has ended. It may be told several times, or not at all: then `sweep` finds it. */
  memberEnded(id: TeamRunId, turn: Turn): Promise<void>
  /** Moves on what nobody was told of. @returns whether there may be more */
  sweep(): Promise<boolean>
  /** Tells whoever has begun a run that it is over, perhaps once more. */
  tell(run: TeamRun): Promise<void>
}

export interface TeamOrder {
  readonly identity: Identity
  /** Its id or name. */
  readonly team: string
  readonly task: string
  readonly isUntrusted: boolean
  /** Whoever gives one gets the run that there is, if there is one. */
  readonly id?: TeamRunId
  readonly origin?: TeamOrigin
  readonly timeoutMs?: number
  /** Where the team itself does not allow less. */
  readonly maxCostMicroUsd?: number | undefined
}

/** Agents as a team needs them. */
export interface Members {
  /** The version that is asked, now and later in this run. @throws as `TeamRuns.start` */
  pin(tenant: Tenant, member: Member): Promise<Member>
  /** Asks a member; once, however often it is called for the same execution. */
  ask(asking: Asking): Promise<void>
  /** What has come of an asking; undefined: nothing yet. */
  turnOf(tenant: Tenant, asked: TeamTurn): Promise<Turn | undefined>
  stop(tenant: Tenant, id: ExecutionId): Promise<void>
}

export interface Asking {
  readonly executionId: ExecutionId
  readonly run: TeamRun
  readonly ask: Ask
  /** In whose name, too: it may do nothing that one of these may not do. */
  readonly onBehalfOf: readonly Member[]
}

interface Parts {
  /** Of a request, in its transaction. */
  readonly requests: TeamRunStore
  /** Of the work behind it, for every tenant. */
  readonly store: TeamRunStore
  readonly teams: Pick<TeamService, 'resolve'>
  readonly members: Members
  /** Told of each end of a run that has an origin, at least once. */
  readonly ended: (run: TeamRun, turns: readonly TeamTurn[]) => Promise<void>
}

const MAX_SWEPT = 20

export function createTeamRuns({ requests, store, teams, members, ended }: Parts): TeamRuns {
  const { over, tell } = createTelling({ store, members, ended })

  /** Each round either asks all, or settles an asking that could not be: there are so many at the most. */
  async function moveOn(id: TeamRunId): Promise<void> {
    for (let round = 0; round <= MAX_TURNS; round++) {
      const advanced = await store.advance(id, decide)
      if (advanced === undefined) return
      if (advanced.run.endedAt !== null) return over(advanced)
      const { run, asked } = advanced
      const isAsked = await runInTrace(run.trace, () =>
        Promise.all(asked.map((turn) => ask({ members, store }, run, turn))),
      )
      if (isAsked.every(Boolean)) return
    }
  }

  async function get(tenant: Tenant, teamId: AgentTeamId, id: TeamRunId): Promise<TeamRun> {
    const run = await requests.find(tenant, id)
    if (run?.teamId === teamId) return run
    throw new NotFoundError('team-run.not-found', 'There is no such run of this team')
  }

  /** What ended while nobody listened is settled first. */
  async function lookAfter(id: TeamRunId): Promise<void> {
    const before = await store.advance(id, decide)
    if (before === undefined) return
    if (before.run.endedAt !== null) return over(before)
    for (const asked of before.asked) {
      const turn = await members.turnOf(before.run.tenant, asked)
      if (turn) await store.settle(id, asked.ask.key, turn)
    }
    await moveOn(id)
  }

  return {
    get,
    tell,
    find: requests.find,
    page: requests.page,
    turns: requests.turns,

    async start({ identity, team, maxCostMicroUsd, ...order }) {
      const { tenant } = identity
      const { id: teamId, definition } = await teams.resolve(tenant, team)
      const { id = prefixedId('tru', randomUUIDv7()) as TeamRunId, origin = null } = order
      const { task, isUntrusted, timeoutMs = null } = order
      const pinned = await pin(definition, (member) => members.pin(tenant, member))
      const run = await requests.insert({
        ...{ id, tenant, teamId, task, identity, origin, isUntrusted, timeoutMs },
        definition: within(pinned, maxCostMicroUsd),
      })
      // Where that fails, the sweep begins it.
      await onceCommitted(() => moveOn(id))
      return run
    },

    async cancel(tenant, teamId, id) {
      await get(tenant, teamId, id)
      const asked = await requests.cancel(tenant, id)
      if (asked === undefined) throw new ConflictError('team-run.ended', 'The run is over already')
      for (const { executionId } of asked) await members.stop(tenant, executionId)
      const run = await get(tenant, teamId, id)
      // Where that fails, the sweep tells it.
      await onceCommitted(() => tell(run))
      return run
    },

    async memberEnded(id, turn) {
      await store.settle(id, turn.key, turn)
      await moveOn(id)
    },

    async sweep() {
      const overdue = await store.takeOverdue(MAX_SWEPT)
      for (const id of overdue) await lookAfter(id)
      const untold = await store.untold(MAX_SWEPT)
      for (const run of untold) await tell(run)
      return overdue.length === MAX_SWEPT || untold.length === MAX_SWEPT
    },
  }
}

/** @returns false for what can never be asked, such as a member that was deleted: it has failed */
async function ask(
  { members, store }: Pick<Parts, 'members' | 'store'>,
  run: TeamRun,
  turn: TeamTurn,
): Promise<boolean> {
  try {
    await members.ask(asking(run, turn))
    return true
  } catch (error) {
    if (!(error instanceof DureError) || error.transient) throw error
    await store.settle(run.id, turn.ask.key, refusedTurn(turn, error))
    return false
  }
}

/** What is done about a run that is over: whoever still speaks is stopped, and its origin is told. */
function createTelling({ store, members, ended }: Pick<Parts, 'store' | 'members' | 'ended'>) {
  async function tell(run: TeamRun): Promise<void> {
    if (run.origin === null) return
    await ended(run, await store.turns(run.tenant, run.id, { limit: MAX_TURNS, after: 0 }))
    await store.told(run.id)
  }
  return {
    tell,
    async over({ run, asked }: Advanced): Promise<void> {
      for (const { executionId } of asked) await members.stop(run.tenant, executionId)
      await tell(run)
    },
  }
}

function decide(run: TeamRun, all: readonly TeamTurn[]): Step {
  const { definition, task, isUntrusted, leftMs } = run
  const step = next({ definition, task, isUntrusted, turns: all.flatMap(({ turn }) => turn ?? []) })
  return step.kind !== 'finish' && leftMs !== null && leftMs <= 0 ? TIMED_OUT : step
}

const TIMED_OUT: Step = {
  kind: 'fail',
  code: 'team.timed-out',
  message: 'The team took longer than the node of the workflow allows',
}

function within(definition: TeamDefinition, limit: number | undefined): TeamDefinition {
  if (limit === undefined) return definition
  const { maxCostMicroUsd = limit } = definition
  return { ...definition, maxCostMicroUsd: Math.min(maxCostMicroUsd, limit) }
}

function refusedTurn({ ask: { key }, member }: TeamTurn, { code, message }: DureError): Turn {
  const none = { costMicroUsd: 0, inputTokens: 0, outputTokens: 0 }
  return { key, member, status: 'failed', text: '', error: { code, message }, ...none }
}

function asking(run: TeamRun, { executionId, ask }: TeamTurn): Asking {
  const onBehalfOf = everybodyIn(run.definition).filter(({ name }) => ask.onBehalfOf.includes(name))
  return { executionId, run, ask, onBehalfOf }
}

async function pin(
  definition: TeamDefinition,
  pinned: (member: Member) => Promise<Member>,
): Promise<TeamDefinition> {
  const { judge } = definition
  const members = await Promise.all(definition.members.map(pinned))
  return { ...definition, members, ...(judge && { judge: await pinned(judge) }) }
}
