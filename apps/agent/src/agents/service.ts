import { hash, randomUUIDv7 } from 'node:crypto'
import type { AgentId, Identity, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError, prefixedId } from '@dure/kernel'
import type { GateService } from '../gates/service.ts'
import type { Agent, AgentAlias, AgentVersion, Draft, Expected } from './agent.ts'
import type { AgentAliasStore } from './alias-store.ts'
import { canonical } from './canonical.ts'
import { checkDefinition } from './check-definition.ts'
import { diffValues, type ValueDiff } from './diff.ts'
import type { Publishing } from './publishing.ts'
import type { AgentStore } from './store.ts'
import type { AgentVersionStore } from './version-store.ts'

/** What a change is based on: the revisions that it may replace; undefined: any. */
interface Change {
  readonly draft: Partial<Draft>
  readonly expected: Expected
}

/**
 * Agents as a project edits them, and the versions that executions are pinned to. Everything that
 * names an agent throws NotFoundError `agent.not-found`.
 */
export interface AgentService {
  /**
   * @throws InvalidInputError `agent.invalid`, with every problem and a pointer to each
   * @throws ConflictError `agent.name-taken`, `agent.too-many`
   */
  create(identity: Identity, draft: Draft): Promise<Agent>
  /** @throws InvalidInputError `agent.invalid` @throws ConflictError `agent.changed`, `agent.name-taken` */
  update(tenant: Tenant, id: AgentId, change: Change): Promise<Agent>
  /** It takes no new executions; those of before can still be read. @throws ConflictError `agent.changed` */
  remove(tenant: Tenant, id: AgentId, expected: Expected): Promise<void>
  get(tenant: Tenant, id: AgentId): Promise<Agent>
  page: AgentStore['page']
  /** Freezes the draft; an unchanged draft gives the version that it gave before. */
  addVersion(identity: Identity, id: AgentId): Promise<AgentVersion>
  /** @throws NotFoundError `agent.version-not-found` */
  version(tenant: Tenant, id: AgentId, number: number): Promise<AgentVersion>
  versions: AgentVersionStore['page']
  /** @throws NotFoundError `agent.version-not-found` */
  diff(tenant: Tenant, id: AgentId, numbers: { a: number; b: number }): Promise<ValueDiff>
  /**
   * New executions take this version from now on; those under way end on their own.
   *
   * @throws ConflictError `agent.gate-not-met`, unless it is forced
   */
  publish(identity: Identity, id: AgentId, publishing: PublishedVersion): Promise<Agent>
  /** Publishes what was published before. @throws ConflictError `agent.nothing-to-roll-back` */
  rollBack(identity: Identity, id: AgentId): Promise<Agent>
  publications: AgentVersionStore['publications']
  /**
   * New executions that name it take this version from now on.
   *
   * @throws ConflictError `agent-alias.changed`, `agent-alias.too-many`
   * @throws ConflictError `agent.gate-not-met`, unless it is forced
   */
  setAlias(
    identity: Identity,
    alias: Pick<AgentAlias, 'agentId' | 'name' | 'versionNumber'> & Publishing,
    expected: Expected,
  ): Promise<AgentAlias>
  /** @throws NotFoundError `agent-alias.not-found` */
  alias(tenant: Tenant, id: AgentId, name: string): Promise<AgentAlias>
  aliases: AgentAliasStore['list']
  /** @throws NotFoundError `agent-alias.not-found` @throws ConflictError `agent-alias.changed` */
  removeAlias(tenant: Tenant, of: { id: AgentId; name: string }, expected: Expected): Promise<void>
}

type PublishedVersion = Publishing & { readonly number: number }

interface Parts {
  readonly store: AgentStore
  readonly versions: AgentVersionStore
  readonly aliases: AgentAliasStore
  readonly gates: Pick<GateService, 'requireMet'>
}

const MAX_AGENTS = 1000
const MAX_ALIASES = 50

export function createAgentService(parts: Parts): AgentService {
  return { ...editing(parts), ...releasing(parts), ...naming(parts) }
}

type Editing = 'create' | 'update' | 'remove' | 'get' | 'page'
type Naming = 'setAlias' | 'alias' | 'aliases' | 'removeAlias'

function editing({ store }: Parts): Pick<AgentService, Editing> {
  const get = async (tenant: Tenant, id: AgentId) => (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: store.page,

    async create({ tenant, principalId: createdBy }, { name, description, draft }) {
      checkDefinition(draft, '#/definition')
      const id = prefixedId('agt', randomUUIDv7()) as AgentId
      const agent = { id, name, description, draft, createdBy, limit: MAX_AGENTS }
      const created = await store.insert(tenant, agent)
      if (created === 'name-taken') throw nameTaken(name)
      if (created === 'too-many') throw tooMany()
      return created
    },

    async update(tenant, id, { draft, expected }) {
      if (draft.draft) checkDefinition(draft.draft, '#/definition')
      const changed = await store.update(tenant, id, { draft, expected })
      if (changed === 'name-taken') throw nameTaken(draft.name ?? '')
      if (changed) return changed
      await get(tenant, id)
      throw lostUpdate('agent.changed')
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      await get(tenant, id)
      throw lostUpdate('agent.changed')
    },
  }
}

function releasing({ store, versions, gates }: Parts): Omit<AgentService, Editing | Naming> {
  const refuseUnknown = async (tenant: Tenant, id: AgentId) => {
    if (!(await store.existed(tenant, id))) notFound()
  }

  async function version(tenant: Tenant, id: AgentId, number: number): Promise<AgentVersion> {
    const found = await versions.find(tenant, id, number)
    if (found) return found
    await refuseUnknown(tenant, id)
    throw new NotFoundError('agent.version-not-found', `There is no version ${number}`)
  }

  return {
    version,

    async addVersion({ tenant, principalId: createdBy }, id) {
      const { draft: definition } = (await store.find(tenant, id)) ?? notFound()
      const digest = hash('sha256', canonical(definition))
      return versions.add(tenant, id, { definition, hash: digest, createdBy })
    },

    async versions(tenant, id, page) {
      await refuseUnknown(tenant, id)
      return versions.page(tenant, id, page)
    },

    async diff(tenant, id, { a, b }) {
      const [before, after] = [await version(tenant, id, a), await version(tenant, id, b)]
      return diffValues(before.definition, after.definition)
    },

    async publish({ tenant, principalId: principal }, id, publishing) {
      const { number, experimentId, forceReason = null } = publishing
      await version(tenant, id, number)
      if (forceReason === null) {
        await gates.requireMet({ tenant, agentId: id }, { version: number, experimentId })
      }
      const published = await versions.publish(tenant, id, { number, principal, forceReason })
      return published ?? notFound()
    },

    async rollBack({ tenant, principalId }, id) {
      const published = await versions.rollBack(tenant, id, principalId)
      if (published === 'nothing') {
        const hint = 'Nothing was published before: publish the version that you want'
        throw new ConflictError('agent.nothing-to-roll-back', hint)
      }
      return published ?? notFound()
    },

    async publications(tenant, id, page) {
      await refuseUnknown(tenant, id)
      return versions.publications(tenant, id, page)
    },
  }
}

function naming({ store, versions, aliases, gates }: Parts): Pick<AgentService, Naming> {
  const refuseUnknown = async (tenant: Tenant, id: AgentId) => {
    if (!(await store.find(tenant, id))) notFound()
  }

  async function alias(tenant: Tenant, id: AgentId, name: string): Promise<AgentAlias> {
    await refuseUnknown(tenant, id)
    return (await aliases.find(tenant, id, name)) ?? noAlias(name)
  }

  return {
    alias,

    async aliases(tenant, id) {
      await refuseUnknown(tenant, id)
      return aliases.list(tenant, id)
    },

    async setAlias({ tenant, principalId: changedBy }, wanted, expected) {
      const { agentId: id, name, versionNumber: number, experimentId, forceReason = null } = wanted
      const known = await this.aliases(tenant, id)
      if (!(await versions.find(tenant, id, number))) {
        throw new NotFoundError('agent.version-not-found', `There is no version ${number}`)
      }
      if (known.length >= MAX_ALIASES && !known.some((one) => one.name === name)) {
        const hint = `An agent has at most ${MAX_ALIASES} aliases: delete one that nothing uses`
        throw new ConflictError('agent-alias.too-many', hint)
      }
      if (forceReason === null) {
        await gates.requireMet({ tenant, agentId: id }, { version: number, experimentId })
      }
      const alias = { agentId: id, name, versionNumber: number, changedBy, forceReason }
      const set = await aliases.set(tenant, alias, expected)
      if (!set) throw lostUpdate('agent-alias.changed')
      return set
    },

    async removeAlias(tenant, of, expected) {
      await alias(tenant, of.id, of.name)
      if (!(await aliases.remove(tenant, of, expected))) throw lostUpdate('agent-alias.changed')
    },
  }
}

function nameTaken(name: string): ConflictError {
  const detail = `The project has an agent ${name} already: edit that one, or take another name`
  return new ConflictError('agent.name-taken', detail)
}

function tooMany(): ConflictError {
  const detail = `A project has at most ${MAX_AGENTS} agents: delete one that nothing uses`
  return new ConflictError('agent.too-many', detail)
}

function lostUpdate(code: 'agent.changed' | 'agent-alias.changed'): ConflictError {
  return new ConflictError(
    code,
    'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense',
  )
}

function notFound(): never {
  throw new NotFoundError('agent.not-found', 'There is no such agent')
}

function noAlias(name: string): never {
  throw new NotFoundError('agent-alias.not-found', `The agent has no alias ${name}`)
}
