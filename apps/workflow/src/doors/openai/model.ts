import { NotFoundError } from '@dure/kernel'
import type { CatalogueEntry } from '../catalogue-store.ts'

/** What a client asks for: `workflow:<name or id>`, and after `@` an alias. */
export interface WantedModel {
  readonly ref: string
  /** Absent: the published version. */
  readonly alias?: string
}

/** A model as the list shows it. */
export interface Model {
  readonly id: string
  readonly createdAt: Date
}

const WORKFLOW = /^workflow:([^@]+)(?:@([a-z][a-z0-9_-]{0,62}))?$/s

/** @throws NotFoundError `model.not-found` */
export function parseModel(model: string): WantedModel {
  const [, ref, alias] = WORKFLOW.exec(model) ?? []
  if (ref === undefined) throw unknownModel(model)
  return alias === undefined ? { ref } : { ref, alias }
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

/** Whether something of the workflow can be called by that. */
export function offers({ publishedVersion, aliases }: CatalogueEntry, { alias }: WantedModel) {
  return alias === undefined ? publishedVersion !== null : aliases.includes(alias)
}

export function unknownModel(model: string): NotFoundError {
  const hint = model.startsWith('agent:')
    ? 'agents cannot be called yet, workflows can: `workflow:<name>`'
    : 'GET /openai/v1/models lists those that are there; of several workflows with one name, use `workflow:<id>`'
  return new NotFoundError('model.not-found', `There is no model ${model}: ${hint}`)
}
