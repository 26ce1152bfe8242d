import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError, prefixedId } from '@dure/kernel'
import type { VariableStore } from './store.ts'
import { checkedJson, VARIABLE_LIMITS, type Variable } from './variable.ts'

/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

interface Setting {
  readonly value: unknown
  readonly description?: string | undefined
}

/**
 * Variables as a project edits them. Everything that names one throws NotFoundError
 * `variable.not-found`, and what changes one ConflictError `variable.changed`.
 */
export interface VariableService {
  /**
   * @throws InvalidInputError `variable.too-large`
   * @throws ConflictError `variable.name-taken`, `variable.no-room`
   */
  create(identity: Identity, variable: Setting & { readonly name: string }): Promise<Variable>
  get(tenant: Tenant, id: string): Promise<Variable>
  page: VariableStore['page']
  /** @throws InvalidInputError `variable.too-large` @throws ConflictError `variable.no-room` */
  update(
    tenant: Tenant,
    id: string,
    change: Setting & { readonly expected: Expected },
  ): Promise<Variable>
  remove(tenant: Tenant, id: string, expected: Expected): Promise<void>
}

export function createVariableService(store: VariableStore): VariableService {
  const get = async (tenant: Tenant, id: string) => (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: store.page,

    async create({ tenant, principalId: createdBy }, { name, value, description = '' }) {
      const id = prefixedId('var', randomUUIDv7())
      const json = checkedJson(value)
      const created = await store.insert({ id, tenant, name, json, description, createdBy })
      if (created) return created
      return (await store.isTaken(tenant, name)) ? nameTaken(name) : noRoom()
    },

    async update(tenant, id, { value, description, expected }) {
      const before = expectedOne(await get(tenant, id), expected)
      const json = checkedJson(value)
      const content = { json, description: description ?? before.description }
      const updated = await store.update({ ...before, ...content })
      if (updated) return updated
      const { revision } = await get(tenant, id)
      return revision === before.revision ? noRoom() : lostUpdate()
    },

    async remove(tenant, id, expected) {
      const variable = expectedOne(await get(tenant, id), expected)
      if (!(await store.remove(variable))) lostUpdate()
    },
  }
}

function expectedOne(variable: Variable, expected: Expected): Variable {
  return expected && !expected.includes(variable.revision) ? lostUpdate() : variable
}

function lostUpdate(): never {
  const detail = 'Somebody else has changed it meanwhile: get it again before you replace it'
  throw new ConflictError('variable.changed', detail)
}

function nameTaken(name: string): never {
  const detail = `The project has a variable ${name} already: change that one`
  throw new ConflictError('variable.name-taken', detail)
}

function noRoom(): never {
  const { count, totalBytes } = VARIABLE_LIMITS
  const detail = `A project has at most ${count} variables with ${totalBytes} bytes of JSON together: delete one that nothing uses`
  throw new ConflictError('variable.no-room', detail)
}

function notFound(): never {
  throw new NotFoundError('variable.not-found', 'There is no such variable')
}
