import type { FastifyBaseLogger } from 'fastify'
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose'
import { providerUnavailable } from './refusal.ts'

export interface KeySetDependencies {
  readonly fetchKeys: () => Promise<JSONWebKeySet>
  readonly log: Pick<FastifyBaseLogger, 'warn'>
  /** Milliseconds that only go forward. */
  readonly now?: () => number
}

/** From then on the keys are asked for again, while the known ones go on. */
const REFRESH_AFTER_MS = 5 * 60_000
/** From then on a request waits for that, so that a key that was withdrawn is not believed after a quiet night. */
const WAIT_AFTER_MS = 15 * 60_000
/** An issuer that is down for so long might have withdrawn its keys. */
const BELIEVED_MS = 24 * 60 * 60_000
/** So long nobody asks again, whatever keys are invented. */
const PAUSE_MS = 5000

/**
 * The key that a token names, from the issuer. Known keys cost no I/O and go on while it is down.
 *
 * @returns what throws `JWKSNoMatchingKey` when the issuer has no such key, and UnavailableError
 *   `identity-provider.unavailable` when that cannot be found out
 */
export function createKeySet({
  fetchKeys,
  log,
  now = () => performance.now(),
}: KeySetDependencies): JWTVerifyGetKey {
  let known: { readonly find: FindKey; readonly atMs: number } | undefined
  let asking: Promise<void> | undefined
  let askedAtMs = Number.NEGATIVE_INFINITY
  let hasAnswered = false

  async function ask(): Promise<void> {
    const atMs = now()
    try {
      known = { find: createLocalJWKSet(await fetchKeys()), atMs }
      hasAnswered = true
    } catch (error) {
      hasAnswered = false
      log.warn({ reason: (error as Error).message }, 'no keys of the identity provider')
    }
    askedAtMs = now()
  }

  /** Once at a time. Never fails: what is known goes on. */
  async function refresh(): Promise<void> {
    if (asking === undefined && now() - askedAtMs < PAUSE_MS) return
    asking ??= ask().finally(() => {
      asking = undefined
    })
    await asking
  }

  async function look(...wanted: Parameters<FindKey>): Promise<CryptoKey | undefined> {
    if (known === undefined || now() - known.atMs > BELIEVED_MS) return undefined
    return known.find(...wanted).catch((error) => {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined
      throw error
    })
  }

  return async (header, token) => {
    const ageMs = known ? now() - known.atMs : Number.POSITIVE_INFINITY
    const refreshed = ageMs > REFRESH_AFTER_MS ? refresh() : undefined
    if (ageMs > WAIT_AFTER_MS) await refreshed
    const key = await look(header, token)
    if (key) return key
    await refresh()
    const newer = await look(header, token)
    if (newer) return newer
    if (hasAnswered) throw new errors.JWKSNoMatchingKey()
    throw providerUnavailable(PAUSE_MS / 1000)
  }
}

type FindKey = ReturnType<typeof createLocalJWKSet>
