import { NotFoundError } from '@dure/kernel'
import type { CallableAgent } from '../agents/directory-service.ts'
import type { CatalogueEntry } from '../catalogue-store.ts'

/** What a client asks for: `workflow:<name or id>` or `agent:<name or id>`, and after `@` an alias, or the number of a version of an agent. */
export interface WantedModel {
  readonly kind: 'workflow' | 'agent'
  readonly ref: string
  /** Or the number of a version. Absent: the published one. */
  readonly alias?: string
}

/** A model as the list shows it. */
export interface Model {
  readonly id: string
  readonly createdAt: Date
}

const MODEL = /^(workflow|agent):([^@]+)(?:@([a-z][a-z0-9_-]{0,62}|[1-9][0-9]{0,8}))?$/s
const NUMBER = /^[0-9]+$/
const AGENT = /^(?:agt_[0-9a-f]{32}|[a-z][a-z0-9_-]{0,62})$/

/** @throws NotFoundError `model.not-found` */
export function parseModel(model: string): WantedModel {
  const [, kind, ref, alias] = MODEL.exec(model) ?? []
  if (kind === undefined || ref === undefined) throw unknownModel(model)
  const wanted = { ref, ...(alias !== undefined && { alias }) }
  if (kind === 'workflow') {
    if (alias !== undefined && NUMBER.test(alias)) throw unknownModel(model)
    return { kind, ...wanted }
  }
  if (!AGENT.test(ref)) throw unknownModel(model)
  return { kind: 'agent', ...wanted }
}

/** The models that a workflow is. Where its name does not say which workflow it is, its id does. */
export function modelsOf(entry: CatalogueEntry): Model[] {
  const { id, name, aliases, isNameTaken, publishedVersion, createdAt } = entry
  const ref = isNameTaken || name.includes('@') ? id : name
  const names = [
    ...(publishedVersion === null ? [] : [`workflow:${ref}`]),
    ...aliases.map((alias) => `workflow:${ref}@${alias}`),
  ]
  return names.map((model) => ({ id: model, createdAt }))
}

/** The models that an agent is: no two of a project have one name. */
export function modelsOfAgent(agent: CallableAgent): Model[] {
  const { name, aliases, publishedVersion, createdAt } = agent
  const names = [
    ...(publishedVersion === null ? [] : [`agent:${name}`]),
    ...aliases.map((alias) => `agent:${name}@${alias}`),
  ]
  return names.map((model) => ({ id: model, createdAt }))
}

type Offered = Pick<CatalogueEntry | CallableAgent, 'publishedVersion' | 'aliases'> &
  Partial<Pick<CallableAgent, 'latestVersion'>>

/** Whether something of the workflow, or of the agent, can be called by that. */
export function offers(offered: Offered, { alias }: WantedModel): boolean {
  const { publishedVersion, aliases, latestVersion = 0 } = offered
  if (alias === undefined) return publishedVersion !== null
  return NUMBER.test(alias) ? Number(alias) <= latestVersion : aliases.includes(alias)
}

export function unknownModel(model: string): NotFoundError {
  const hint =
    'GET /openai/v1/models lists those that are there; of several workflows with one name, use `workflow:<id>`'
  return new NotFoundError('model.not-found', `There is no model ${model}: ${hint}`)
}
