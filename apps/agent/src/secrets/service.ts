import { randomUUIDv7 } from 'node:crypto'
import type { Identity, SecretId, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError, prefixedId } from '@dure/kernel'
import type { Envelope } from '@dure/platform'
import { placeOf } from './place.ts'
import { checkValue, originsOf, type SecretInfo } from './secret.ts'
import type { SecretStore } from './store.ts'

interface Setting {
  readonly value: string
  readonly description?: string | undefined
}

/** Which versions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/**
 * Secrets as a project edits them: what is in one never comes out here again. Everything that names
 * one throws NotFoundError `secret.not-found`, and what changes one ConflictError `secret.changed`.
 */
export interface SecretService {
  /**
   * @throws InvalidInputError `secret.invalid`
   * @throws ConflictError `secret.name-taken`, `secret.too-many`
   */
  create(
    identity: Identity,
    secret: Setting & { readonly name: string; readonly hosts: readonly string[] },
  ): Promise<SecretInfo>
  get(tenant: Tenant, id: string): Promise<SecretInfo>
  page: SecretStore['page']
  /**
   * A new value, and with it, perhaps, other hosts: only who knows the value may say where it goes.
   *
   * @throws InvalidInputError `secret.invalid`
   */
  replace(
    tenant: Tenant,
    id: string,
    setting: Setting & { readonly hosts?: readonly string[] | undefined; expected: Expected },
  ): Promise<SecretInfo>
  remove(tenant: Tenant, id: string, expected: Expected): Promise<void>
}

const MAX_SECRETS = 500

export interface SecretServiceDependencies {
  readonly store: SecretStore
  readonly envelope: Pick<Envelope, 'seal'>
}

export function createSecretService({ store, envelope }: SecretServiceDependencies): SecretService {
  const get = async (tenant: Tenant, id: string) => (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: store.page,

    async create({ tenant, principalId: createdBy }, { value, name, description = '', hosts }) {
      checkValue(value)
      const origins = originsOf(hosts)
      const id = prefixedId('sec', randomUUIDv7()) as SecretId
      const sealed = envelope.seal(value, placeOf({ tenant, id, version: 1, hosts: origins }))
      const secret = { id, tenant, name, description, hosts: origins, sealed, createdBy }
      const created = await store.insert({ ...secret, limit: MAX_SECRETS })
      return created ?? refused(await store.findByName(tenant, name), name)
    },

    async replace(tenant, id, { value, hosts, description, expected }) {
      checkValue(value)
      const before = expectedOne(await get(tenant, id), expected)
      const { version } = before
      const origins = hosts ? originsOf(hosts) : before.hosts
      const place = placeOf({ ...before, version: version + 1, hosts: origins })
      const replaced = await store.replace({
        ...{ tenant, id: before.id, version, hosts: origins },
        description: description ?? before.description,
        sealed: envelope.seal(value, place),
      })
      return replaced ?? lostUpdate()
    },

    async remove(tenant, id, expected) {
      const secret = expectedOne(await get(tenant, id), expected)
      if (!(await store.remove(secret))) lostUpdate()
    },
  }
}

function expectedOne(secret: SecretInfo, expected: Expected): SecretInfo {
  return expected && !expected.includes(secret.version) ? lostUpdate() : secret
}

function refused(taken: object | undefined, name: string): never {
  if (taken) {
    const detail = `The project has a secret ${name} already: give that one a new value`
    throw new ConflictError('secret.name-taken', detail)
  }
  const detail = `A project has at most ${MAX_SECRETS} secrets: delete one that nothing uses`
  throw new ConflictError('secret.too-many', detail)
}

function lostUpdate(): never {
  const detail = 'Somebody else has changed it meanwhile: get it again before you replace it'
  throw new ConflictError('secret.changed', detail)
}

function notFound(): never {
  throw new NotFoundError('secret.not-found', 'There is no such secret')
}
