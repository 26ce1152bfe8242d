import type { Identity, ServiceName } from '@dure/contracts'
import type { IdentitySigner } from '@dure/platform'
import { LRUCache } from 'lru-cache'

export interface IdentityTokens {
  /**
   * A token that vouches for the caller to one service, with at least 30 s left to live. At once, for
   * whoever has asked a moment ago.
   */
  tokenFor(identity: Identity, audience: ServiceName): string | Promise<string>
}

interface Token {
  readonly text: string
  /** Of `performance.now()`. */
  readonly renewAtMs: number
}

/** Half of the 60 s that a token lives. */
const REUSE_MS = 30_000
const MAX_TOKENS = 10_000

/** Signing costs more than everything else on the way: one token serves many requests. */
export function createIdentityTokens(signer: IdentitySigner): IdentityTokens {
  /** By everything the token says: a key whose scopes change must not keep the old ones. */
  const tokens = new LRUCache<string, Promise<Token>>({ max: MAX_TOKENS, ttl: REUSE_MS })
  /** Whoever is known comes with the same object each time, and an object never changes. */
  const known = new WeakMap<Identity, Partial<Record<ServiceName, Token>>>()

  async function renewed(identity: Identity, audience: ServiceName): Promise<string> {
    const token = await signedOnce(identity, audience)
    known.set(identity, { ...known.get(identity), [audience]: token })
    return token.text
  }

  function signedOnce(identity: Identity, audience: ServiceName): Promise<Token> {
    const name = JSON.stringify([audience, identity])
    const before = tokens.get(name)
    if (before !== undefined) return before
    const token = signed(identity, audience)
    tokens.set(name, token)
    // What could not be signed now may be signed later.
    token.catch(() => tokens.delete(name))
    return token
  }

  async function signed(identity: Identity, audience: ServiceName): Promise<Token> {
    const renewAtMs = performance.now() + REUSE_MS
    return { text: await signer.sign(identity, audience), renewAtMs }
  }

  return {
    tokenFor(identity, audience) {
      const token = known.get(identity)?.[audience]
      const isFresh = token !== undefined && token.renewAtMs > performance.now()
      return isFresh ? token.text : renewed(identity, audience)
    },
  }
}
