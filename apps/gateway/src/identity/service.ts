import type { Identity, ServiceName } from '@dure/contracts'
import type { IdentitySigner } from '@dure/platform'
import { LRUCache } from 'lru-cache'

export interface IdentityTokens {
  /** A token that vouches for the caller to one service, with at least 30 s left to live. */
  tokenFor(identity: Identity, audience: ServiceName): Promise<string>
}

/** Half of the 60 s that a token lives. */
const REUSE_MS = 30_000
const MAX_TOKENS = 10_000

/** Signing costs more than everything else on the way: one token serves many requests. */
export function createIdentityTokens(signer: IdentitySigner): IdentityTokens {
  const tokens = new LRUCache<string, Promise<string>>({ max: MAX_TOKENS, ttl: REUSE_MS })
  /** Whoever is known comes with the same object each time. */
  const names = new WeakMap<Identity, Partial<Record<ServiceName, string>>>()

  /** Everything the token says: a key whose scopes change must not keep the old ones. */
  function nameOf(identity: Identity, audience: ServiceName): string {
    const known = names.get(identity) ?? {}
    known[audience] ??= JSON.stringify([audience, identity])
    names.set(identity, known)
    return known[audience]
  }

  return {
    tokenFor(identity, audience) {
      const name = nameOf(identity, audience)
      const known = tokens.get(name)
      if (known) return known
      const token = signer.sign(identity, audience)
      tokens.set(name, token)
      // What could not be signed now may be signed later.
      token.catch(() => tokens.delete(name))
      return token
    },
  }
}
