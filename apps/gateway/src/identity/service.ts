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
  return {
    tokenFor(identity, audience) {
      // With everything the token says: a key whose scopes change must not keep the old ones.
      const name = JSON.stringify([audience, identity])
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
