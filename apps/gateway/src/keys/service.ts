import { hash, randomUUIDv7, timingSafeEqual } from 'node:crypto'
import { type Identity, type OrganizationId, type ProjectId, SCOPES } from '@dure/contracts'
import {
  ForbiddenError,
  prefixedId,
  UnauthenticatedError,
  UnavailableError,
  withDeadline,
} from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { type AddressTest, addressTest } from './address-list.ts'
import { keyInHeaders, parseApiKey } from './api-key.ts'
import type { Seal } from './seal-service.ts'
import type { KeyStore, StoredKey } from './store.ts'

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
  authenticate(request: KeyRequest): Promise<Identity>
  /** Makes a key with all scopes work in the tenant "Default". */
  bootstrap(key: string): Promise<void>
  /** Records which keys were used since the last call. */
  recordUse(): Promise<void>
}

/** What of a request says who sends it. */
export interface KeyRequest {
  readonly headers: Readonly<NodeJS.Dict<string | string[]>>
  /** The address of the client. */
  readonly ip: string
}

export interface KeyServiceDependencies {
  readonly store: KeyStore
  readonly seal: Seal
  readonly log: FastifyBaseLogger
  /** How long an answer about a key is believed; a change is seen that much later. */
  readonly acceptedMs?: number
  readonly refusedMs?: number
}

type Refusal = 'key.unknown' | 'key.expired' | 'key.revoked'
type Answer = Accepted | { readonly refusal: Refusal }

interface Accepted {
  readonly identity: Identity
  /** Absent: any address will do. */
  readonly isFrom: AddressTest | undefined
}

const CACHED_KEYS = 10_000
const MAX_USED = 10_000
const LOOK_UP_TIMEOUT_MS = 5000
/** Fixed, so that every replica means the same tenant without having to agree on one. */
const DEFAULT_TENANT = {
  organizationId: prefixedId('org', '0'.repeat(32)) as OrganizationId,
  projectId: prefixedId('prj', '0'.repeat(32)) as ProjectId,
}

export function createKeyService({
  store,
  seal,
  log,
  acceptedMs = 10_000,
  refusedMs = 5000,
}: KeyServiceDependencies): KeyService {
  // Apart, so that a flood of invented keys pushes no good one out.
  const accepted = new LRUCache<string, Accepted>({ max: CACHED_KEYS })
  const refused = new LRUCache<string, Refusal>({ max: CACHED_KEYS, ttl: refusedMs })
  const asking = new Map<string, Promise<Answer>>()
  const used = new Set<string>()

  async function ask(key: string, publicId: string, digest: string): Promise<Answer> {
    const stored = await find(publicId)
    const refusal = refusalOf(stored, seal(key).hash)
    if (stored === undefined || refusal) {
      refused.set(digest, refusal ?? 'key.unknown')
      return { refusal: refusal ?? 'key.unknown' }
    }
    const answer = { identity: stored.identity, isFrom: addressTest(stored.allowedCidrs) }
    accepted.set(digest, answer, { ttl: Math.ceil(Math.min(acceptedMs, stored.expiresInMs)) })
    return answer
  }

  async function find(publicId: string): Promise<StoredKey | undefined> {
    try {
      const limit = { timeoutMs: LOOK_UP_TIMEOUT_MS, code: 'key-store.slow', what: 'It' } as const
      return await withDeadline(limit, () => store.find(publicId))
    } catch (cause) {
      log.error({ err: cause }, 'key look-up failed')
      throw new UnavailableError(
        'key-store.unavailable',
        'Keys cannot be checked at the moment: try again',
        {},
        { cause, retryAfterS: 1 },
      )
    }
  }

  /** Many requests with one unknown key make one look-up. */
  function askOnce(key: string, publicId: string, digest: string): Promise<Answer> {
    const running = asking.get(digest)
    if (running) return running
    const answer = ask(key, publicId, digest).finally(() => asking.delete(digest))
    asking.set(digest, answer)
    return answer
  }

  async function answerTo(key: string): Promise<Answer> {
    const parsed = parseApiKey(key)
    if (!parsed) throw new UnauthenticatedError('key.malformed', 'This is not a Dure API key')
    const digest = hash('sha256', key, 'base64')
    const known = accepted.get(digest)
    if (known) return known
    const refusal = refused.get(digest)
    return refusal ? { refusal } : askOnce(key, parsed.publicId, digest)
  }

  return {
    async authenticate(request) {
      const key = keyInHeaders(request.headers)
      if (!key) throw new UnauthenticatedError('key.missing', 'Send `Authorization: Bearer <key>`')
      const answer = await answerTo(key)
      if ('refusal' in answer) throw new UnauthenticatedError(answer.refusal, HINTS[answer.refusal])
      // The address is worked out only where it matters.
      if (answer.isFrom && !answer.isFrom(request.ip)) throw notFromHere()
      if (used.size < MAX_USED) used.add(answer.identity.principalId)
      return answer.identity
    },

    async bootstrap(key) {
      const parsed = parseApiKey(key)
      // The value stays out of the message: it is a secret, mistyped or not.
      if (!parsed) throw new TypeError('BOOTSTRAP_API_KEY is not a key: its checksum is wrong')
      const principalId = prefixedId('key', randomUUIDv7())
      const identity: Identity = { principalId, tenant: DEFAULT_TENANT, scopes: [...SCOPES] }
      await store.addWithTenant({ ...parsed, identity, ...seal(key) }, 'Default')
    },

    async recordUse() {
      const ids = [...used]
      used.clear()
      if (ids.length > 0) await store.markUsed(ids)
    },
  }
}

const HINTS: Readonly<Record<Refusal, string>> = {
  'key.unknown': 'There is no such key: look for a typing mistake, or use another one',
  'key.expired': 'This key has expired: use another one',
  'key.revoked': 'This key was revoked: use another one',
}

function notFromHere(): ForbiddenError {
  return new ForbiddenError(
    'key.address-not-allowed',
    'This key may not be used from your address: use one of those that it was made for',
  )
}

/** Only who holds the whole key learns what became of it. */
function refusalOf(stored: StoredKey | undefined, mac: Buffer): Refusal | undefined {
  // Compared also when there is nothing to compare with: both take the same time.
  const matches = timingSafeEqual(stored?.hash ?? Buffer.alloc(mac.length), mac)
  if (!stored || !matches) return 'key.unknown'
  if (stored.revoked) return 'key.revoked'
  return stored.expiresInMs <= 0 ? 'key.expired' : undefined
}
