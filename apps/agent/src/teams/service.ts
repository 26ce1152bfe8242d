import { randomUUIDv7 } from 'node:crypto'
import type { AgentTeamId, Identity, Tenant } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { problemsOf, type TeamDefinition } from './definition.ts'
import type { Team, TeamDraft, TeamStore } from './store.ts'

interface Change {
  readonly draft: TeamDraft
  /** The revisions that it may replace; undefined: any. */
  readonly expected: readonly number[] | undefined
}

/** Whatever names a team throws NotFoundError `team.not-found`. */
export interface TeamService {
  /**
   * @throws InvalidInputError `team.invalid`, `team.agent-not-found`
   * @throws ConflictError `team.name-taken`, `team.too-many`
   */
  create(identity: Identity, draft: TeamDraft): Promise<Team>
  /**
   * @throws InvalidInputError `team.invalid`, `team.agent-not-found`
   * @throws ConflictError `team.changed`, `team.name-taken`
   */
  update(tenant: Tenant, id: AgentTeamId, change: Change): Promise<Team>
  /** It takes no new tasks; what it did can still be read. @throws ConflictError `team.changed` */
  remove(tenant: Tenant, id: AgentTeamId, expected: Change['expected']): Promise<void>
  get(tenant: Tenant, id: AgentTeamId): Promise<Team>
  /** By its id or name. */
  resolve(tenant: Tenant, ref: string): Promise<Team>
  page: TeamStore['page']
}

const MAX_TEAMS = 500

export function createTeamService(store: TeamStore): TeamService {
  const get = async (tenant: Tenant, id: AgentTeamId) =>
    (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    resolve: async (tenant, ref) => (await store.resolve(tenant, ref)) ?? notFound(),
    page: store.page,

    async create({ tenant, principalId: createdBy }, draft) {
      refuseProblems(draft.definition)
      const id = prefixedId('team', randomUUIDv7()) as AgentTeamId
      const created = await store.insert(tenant, { ...draft, id, createdBy, limit: MAX_TEAMS })
      if (created === 'name-taken') throw nameTaken(draft.name)
      if (created === 'too-many') throw tooMany()
      if ('strangers' in created) throw strangers(draft.definition, created.strangers)
      return created
    },

    async update(tenant, id, { draft, expected }) {
      refuseProblems(draft.definition)
      const changed = await store.update(tenant, id, { draft, expected })
      if (changed === 'name-taken') throw nameTaken(draft.name)
      if (changed && 'strangers' in changed) throw strangers(draft.definition, changed.strangers)
      if (changed) return changed
      await get(tenant, id)
      throw lostUpdate()
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      await get(tenant, id)
      throw lostUpdate()
    },
  }
}

function notFound(): never {
  throw new NotFoundError('team.not-found', 'There is no such team')
}

function refuseProblems(definition: TeamDefinition): void {
  const problems = problemsOf(definition)
  if (problems.length === 0) return
  throw new InvalidInputError(
    'team.invalid',
    'The team would not work: see the problems',
    problems.map(({ path, message }) => ({ pointer: `#/definition${path}`, message })),
  )
}

function tooMany(): ConflictError {
  const message = `A project has at most ${MAX_TEAMS} teams: delete one that is not needed`
  return new ConflictError('team.too-many', message)
}

/** The same for what is somebody else's, and for what nobody has. */
function strangers({ members }: TeamDefinition, places: readonly number[]): InvalidInputError {
  const problems = places.map((place) => {
    const member = place < members.length ? `members/${place}` : 'judge'
    const pointer = `#/definition/${member}/agentId`
    return { pointer, message: 'There is no such agent in this project, or not in this version' }
  })
  const detail = 'The team has members that are no agents of this project: see the problems'
  return new InvalidInputError('team.agent-not-found', detail, problems)
}

function nameTaken(name: string): ConflictError {
  return new ConflictError('team.name-taken', `There is a team ${name} already: take another name`)
}

function lostUpdate(): ConflictError {
  return new ConflictError('team.changed', 'The team was changed meanwhile: read it again')
}
