import type { Identity, Tenant } from '@dure/contracts'
import type { CallableAgent } from '../agents/directory-service.ts'
import type { AgentDoor } from '../agents/service.ts'
import type { CatalogueEntry, CatalogueStore } from '../catalogue-store.ts'
import {
  type Model,
  modelsOf,
  modelsOfAgent,
  offers,
  parseModel,
  unknownModel,
  type WantedModel,
} from './model.ts'

interface Page {
  readonly models: readonly Model[]
  readonly hasMore: boolean
}

/** What can be asked: workflows, then the agents that whoever asks may see. */
export interface Offering {
  /** Newest first; those of one workflow or agent stand together, and `limit` counts these. */
  models(
    identity: Identity,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<Page>
  /** @throws NotFoundError `model.not-found` @throws UnavailableError `model.not-looked-up` */
  model(identity: Identity, id: string): Promise<Model>
}

export interface OfferingParts {
  readonly catalogue: CatalogueStore
  readonly agents: Pick<AgentDoor, 'find' | 'page'>
}

/** What a client calls by its name. */
interface Named {
  readonly model: string
  readonly wanted: WantedModel
}

export function createOffering({ catalogue, agents }: OfferingParts): Offering {
  function find({ tenant, scopes }: Identity, model: string) {
    const wanted = parseModel(model)
    if (wanted.kind === 'workflow') return callableWorkflow(catalogue, tenant, { model, wanted })
    if (!scopes.includes(SEES_AGENTS)) throw unknownModel(model)
    return callableAgent(agents, tenant, { model, wanted })
  }

  async function agentModels(
    { tenant, scopes }: Identity,
    { limit, after }: { readonly limit: number; readonly after: CallableAgent | undefined },
  ): Promise<Page> {
    if (!scopes.includes(SEES_AGENTS)) return { models: [], hasMore: false }
    const found = await agents.page(tenant, { limit: limit + 1, after })
    return { models: found.slice(0, limit).flatMap(modelsOfAgent), hasMore: found.length > limit }
  }

  return {
    async models(identity, { limit, after }) {
      const last = after === undefined ? undefined : await find(identity, after)
      if (last && !('isNameTaken' in last)) return agentModels(identity, { limit, after: last })
      const page = { limit: limit + 1, after: last }
      const workflows = await catalogue.page(identity.tenant, page)
      const models = workflows.slice(0, limit).flatMap(modelsOf)
      if (workflows.length > limit) return { models, hasMore: true }
      const rest = { limit: limit - workflows.length, after: undefined }
      const more = await agentModels(identity, rest)
      return { models: [...models, ...more.models], hasMore: more.hasMore }
    },

    async model(identity, id) {
      const { createdAt } = await find(identity, id)
      return { id, createdAt }
    },
  }
}

const SEES_AGENTS = 'agents:read'

/** @throws NotFoundError `model.not-found` */
export async function callableWorkflow(
  catalogue: Pick<CatalogueStore, 'find'>,
  tenant: Tenant,
  { model, wanted }: Named,
): Promise<CatalogueEntry> {
  const entry = await catalogue.find(tenant, wanted.ref)
  if (!entry || !offers(entry, wanted)) throw unknownModel(model)
  return entry
}

/** @throws NotFoundError `model.not-found` @throws UnavailableError `model.not-looked-up` */
export async function callableAgent(
  agents: Pick<AgentDoor, 'find'>,
  tenant: Tenant,
  { model, wanted }: Named,
): Promise<CallableAgent> {
  const agent = await agents.find(tenant, wanted.ref, (one) => offers(one, wanted))
  if (!agent) throw unknownModel(model)
  return agent
}
