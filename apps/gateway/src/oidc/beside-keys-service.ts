import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { createKeySet } from './key-set-service.ts'
import { createProvider, providerSettings } from './provider-service.ts'
import { type Authentication, createOidc } from './service.ts'
import { createMembershipStore } from './store.ts'
import { createTokenVerifier } from './verifier-service.ts'

export interface BesideKeysOptions {
  readonly config: Config
  readonly keys: Authentication
  readonly pool: pg.Pool
  readonly log: FastifyBaseLogger
}

/** Keys, and tokens of an OpenID provider where one is configured: without one nothing stands before keys. */
export function besideKeys({ config, keys, pool, log }: BesideKeysOptions) {
  const settings = providerSettings(config)
  if (!settings) return { authentication: keys, close: async () => {} }
  const { fetchKeys, close } = createProvider(settings)
  const verify = createTokenVerifier(settings, createKeySet({ fetchKeys, log }))
  const memberships = createMembershipStore(pool)
  return { authentication: createOidc({ verify, memberships, keys, log }), close }
}
