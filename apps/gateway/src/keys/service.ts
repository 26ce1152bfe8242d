import { randomUUIDv7 } from 'node:crypto'
import { type Identity, type OrganizationId, type ProjectId, SCOPES } from '@dure/contracts'
import { ForbiddenError, prefixedId, UnauthenticatedError } from '@dure/kernel'
import { keyIdOf } from '../identity/subject.ts'
import type { Accepted } from './accepted-keys.ts'
import { createKeyAnswers, type KeyAnswersDependencies, type Refusal } from './answers-service.ts'
import { keyInHeaders, parseApiKey } from './api-key.ts'
import { newApiKey } from './new-key-service.ts'
import type { NewKey } from './store.ts'

export interface KeyService {
  /**
   * Who sends a request. A key that was seen in the last seconds costs no I/O, also while the
   * database is down.
   *
   * @throws UnauthenticatedError `key.missing`, `key.malformed`, `key.unknown`, `key.expired`,
   *   `key.revoked`
   * @throws ForbiddenError `key.address-not-allowed`
   * @throws UnavailableError `key-store.unavailable`
   */
  authenticate(request: KeyRequest, beforeLookUp?: () => void): Promise<Identity>
  /**
   * The same at once, for a key that was seen in the last seconds; undefined: `authenticate` has to say.
   *
   * @throws ForbiddenError `key.address-not-allowed`
   */
  known(request: KeyRequest): Identity | undefined
  /** Makes a key with all scopes work in the tenant "Default". */
  bootstrap(key: string): Promise<void>
  /** Makes such a key in an installation that has no tenant yet. @returns undefined where there is one */
  bootstrapFirst(): Promise<string | undefined>
  /** Milliseconds until the key behind an identity expires; undefined: it does not. */
  expiresInMs(identity: Identity): number | undefined
  /** Nothing is believed any more that was known of these keys and principals. */
  forget(subjects: readonly string[] | 'all'): void
  /** Records which keys were used since the last call. */
  recordUse(): Promise<void>
}

/** What of a request says who sends it. */
export interface KeyRequest {
  /** By which its answer is found again. */
  readonly id?: string
  readonly headers: Readonly<NodeJS.Dict<string | string[]>>
  /** The address of the client. */
  readonly ip: string
}

export type KeyServiceDependencies = KeyAnswersDependencies

const MAX_USED = 10_000
/** Fixed, so that every replica means the same tenant without having to agree on one. */
const DEFAULT_TENANT = {
  organizationId: prefixedId('org', '0'.repeat(32)) as OrganizationId,
  projectId: prefixedId('prj', '0'.repeat(32)) as ProjectId,
}

export function createKeyService(dependencies: KeyServiceDependencies): KeyService {
  const { store, seal } = dependencies
  const answers = createKeyAnswers(dependencies)
  let used = new Map<string, string>()

  function use(accepted: Accepted, request: KeyRequest): Identity {
    const { identity, isFrom } = accepted
    // The address is worked out only where it matters.
    if (isFrom && !isFrom(request.ip)) throw notFromHere()
    if (accepted.usedIn !== used && used.size < MAX_USED) {
      accepted.usedIn = used
      used.set(keyIdOf(identity), identity.tenant.organizationId)
    }
    return identity
  }

  function bootstrapKey(key: string): NewKey {
    const parsed = parseApiKey(key)
    // The value stays out of the message: it is a secret, mistyped or not.
    if (!parsed) throw new TypeError('BOOTSTRAP_API_KEY is not a key: its checksum is wrong')
    const principalId = prefixedId('key', randomUUIDv7())
    const owner = { tenant: DEFAULT_TENANT, scopes: [...SCOPES], roles: ['owner'] }
    return { ...parsed, identity: { principalId, ...owner }, ...seal(key) }
  }

  return {
    known(request) {
      const key = keyInHeaders(request.headers)
      const accepted = key === undefined ? undefined : answers.known(key)
      return accepted && use(accepted, request)
    },

    async authenticate(request, beforeLookUp) {
      const key = keyInHeaders(request.headers)
      if (!key) throw new UnauthenticatedError('key.missing', 'Send `Authorization: Bearer <key>`')
      const answer = await answers.answerTo(key, beforeLookUp)
      if ('refusal' in answer) throw new UnauthenticatedError(answer.refusal, HINTS[answer.refusal])
      return use(answer, request)
    },

    bootstrap: async (key) => store.addWithTenant(bootstrapKey(key), 'Default'),

    async bootstrapFirst() {
      const key = newApiKey()
      return (await store.addFirst(bootstrapKey(key), 'Default')) ? key : undefined
    },

    expiresInMs: answers.expiresInMs,
    forget: answers.forget,

    async recordUse() {
      const taken = used
      used = new Map()
      if (taken.size > 0) await store.markUsed(taken)
    },
  }
}

const HINTS: Readonly<Record<Refusal, string>> = {
  'key.unknown': 'There is no such key: look for a typing mistake, or use another one',
  'key.expired': 'This key has expired: use another one',
  'key.revoked': 'This key was revoked: use another one',
  'key.principal-disabled': 'The service principal of this key is disabled: enable it first',
}

function notFromHere(): ForbiddenError {
  return new ForbiddenError(
    'key.address-not-allowed',
    'This key may not be used from your address: use one of those that it was made for',
  )
}
