import { hash, timingSafeEqual } from 'node:crypto'
import type { Identity } from '@dure/contracts'
import { UnauthenticatedError, UnavailableError, withDeadline } from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { type Accepted, AcceptedKeys } from './accepted-keys.ts'
import { addressTest } from './address-list.ts'
import { parseApiKey } from './api-key.ts'
import type { Seal } from './seal-service.ts'
import type { KeyStore, StoredKey } from './store.ts'

export type Refusal = 'key.unknown' | 'key.expired' | 'key.revoked' | 'key.principal-disabled'
export type KeyAnswer = Accepted | { readonly refusal: Refusal }

/** What is to be said of a key. One that was seen in the last seconds costs no I/O. */
export interface KeyAnswers {
  /** What is to be said without asking anybody, of a key that was found good a moment ago. */
  known(key: string): Accepted | undefined
  /**
   * @param beforeLookUp called when the database has to be asked; what it throws is thrown instead
   * @throws UnauthenticatedError `key.malformed`
   * @throws UnavailableError `key-store.unavailable`
   */
  answerTo(key: string, beforeLookUp?: () => void): Promise<KeyAnswer>
  /** Milliseconds until the key behind an identity expires; undefined: it does not. */
  expiresInMs(identity: Identity): number | undefined
  /** Nothing is believed any more that was known of these keys and principals. */
  forget(subjects: readonly string[] | 'all'): void
}

export interface KeyAnswersDependencies {
  readonly store: KeyStore
  readonly seal: Seal
  readonly log: FastifyBaseLogger
  /**
   * How long an answer about a key is believed, when no change of it is heard of. Whoever can no longer
   * hear of changes has to `forget` it before.
   */
  readonly acceptedMs?: number
  readonly refusedMs?: number
  /** After which part of `acceptedMs` a key in use is looked up again, while nobody waits for that. */
  readonly renewAfter?: () => number
}

const CACHED_KEYS = 10_000
const LOOK_UP_TIMEOUT_MS = 5000
/** Few enough that those who wait for an answer find a connection. */
const MAX_RENEWALS = 4

export function createKeyAnswers({
  store,
  seal,
  log,
  acceptedMs = 60_000,
  refusedMs = 5000,
  // At random, so that keys that were looked up together come apart.
  renewAfter = () => 0.5 + 0.4 * Math.random(),
}: KeyAnswersDependencies): KeyAnswers {
  // Apart, so that a flood of invented keys pushes no good one out.
  const accepted = new AcceptedKeys(CACHED_KEYS)
  const refused = new LRUCache<string, Refusal>({ max: CACHED_KEYS, ttl: refusedMs })
  const asking = new Map<string, Promise<KeyAnswer>>()
  const expiries = new WeakMap<Identity, number>()
  /** How often something was forgotten: what was asked before is not remembered after. */
  let forgotten = 0

  async function ask(key: string, publicId: string, digest: string): Promise<KeyAnswer> {
    const forgottenBefore = forgotten
    const stored = await findIn(store, log, publicId)
    const refusal = refusalOf(stored, seal(key).hash)
    if (stored === undefined || refusal) {
      refused.set(digest, refusal ?? 'key.unknown')
      accepted.drop(digest)
      return { refusal: refusal ?? 'key.unknown' }
    }
    const { identity, allowedCidrs, expiresInMs } = stored
    const answer = { identity, isFrom: addressTest(allowedCidrs), usedIn: undefined }
    expiries.set(identity, performance.now() + expiresInMs)
    const isCurrent = forgottenBefore === forgotten
    const life = {
      lifeMs: Math.min(acceptedMs, expiresInMs),
      renewAfterMs: renewAfter() * acceptedMs,
    }
    if (isCurrent) accepted.add(digest, answer, life)
    return answer
  }

  const renew = createRenewals(log)

  /** Many requests with one unknown key make one look-up. */
  function askOnce(key: string, publicId: string, digest: string): Promise<KeyAnswer> {
    const running = asking.get(digest)
    if (running !== undefined) return running
    const answer = ask(key, publicId, digest).finally(() => asking.delete(digest))
    asking.set(digest, answer)
    return answer
  }

  return {
    known(key) {
      const digest = digestOf(key)
      return accepted.get(digest, () => renew(key, (publicId) => askOnce(key, publicId, digest)))
    },

    async answerTo(key, beforeLookUp) {
      const parsed = parseApiKey(key)
      if (!parsed) throw new UnauthenticatedError('key.malformed', 'This is not a Dure API key')
      const digest = digestOf(key)
      const known = accepted.get(digest)
      if (known) return known
      const refusal = refused.get(digest)
      if (refusal) return { refusal }
      beforeLookUp?.()
      return askOnce(key, parsed.publicId, digest)
    },

    expiresInMs(identity) {
      const expiresAtMs = expiries.get(identity) ?? Number.POSITIVE_INFINITY
      return Number.isFinite(expiresAtMs) ? expiresAtMs - performance.now() : undefined
    },

    forget(subjects) {
      forgotten++
      accepted.forget(subjects)
      // Whoever asks from now on must not get what was read before.
      asking.clear()
      if (subjects === 'all') refused.clear()
    },
  }
}

/** Where it fails, or there are too many, whoever comes when the key is forgotten asks for it. */
function createRenewals(log: FastifyBaseLogger) {
  let running = 0
  return (key: string, ask: (publicId: string) => Promise<unknown>): void => {
    const parsed = parseApiKey(key)
    if (!parsed || running >= MAX_RENEWALS) return
    running++
    ask(parsed.publicId)
      .catch((error) => log.debug({ err: error }, 'key not renewed'))
      .finally(() => running--)
  }
}

async function findIn(
  store: KeyStore,
  log: FastifyBaseLogger,
  publicId: string,
): Promise<StoredKey | undefined> {
  try {
    const limit = { timeoutMs: LOOK_UP_TIMEOUT_MS, code: 'key-store.slow', what: 'It' } as const
    return await withDeadline(limit, () => store.find(publicId))
  } catch (cause) {
    log.error({ err: cause }, 'key look-up failed')
    throw unavailable(cause)
  }
}

/** What stands for a key in memory. */
function digestOf(key: string): string {
  return hash('sha256', key, 'base64')
}

function unavailable(cause: unknown): UnavailableError {
  return new UnavailableError(
    'key-store.unavailable',
    'Keys cannot be checked at the moment: try again',
    {},
    { cause, retryAfterS: 1 },
  )
}

/** Only who holds the whole key learns what became of it. */
function refusalOf(stored: StoredKey | undefined, mac: Buffer): Refusal | undefined {
  // Compared also when there is nothing to compare with: both take the same time.
  const matches = timingSafeEqual(stored?.hash ?? Buffer.alloc(mac.length), mac)
  if (!stored || !matches) return 'key.unknown'
  if (stored.revoked) return 'key.revoked'
  if (stored.disabled) return 'key.principal-disabled'
  return stored.expiresInMs <= 0 ? 'key.expired' : undefined
}
