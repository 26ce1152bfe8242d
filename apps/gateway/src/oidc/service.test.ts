import { randomBytes } from 'node:crypto'
import { createPool } from '@dure/platform'
import { silentLog } from '@dure/platform/testing'
import { afterAll, expect, test } from 'vitest'
import { createSeal } from '../keys/seal-service.ts'
import { createKeyService } from '../keys/service.ts'
import { createKeyStore } from '../keys/store.ts'
import { createOidc } from './service.ts'
import { createMembershipStore } from './store.ts'

/** Nobody listens there. */
const pool = createPool({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
afterAll(() => pool.end())

const log = silentLog()
const seal = createSeal(randomBytes(32).toString('base64'))
const oidc = createOidc({
  verify: async () => ({
    subject: 'hana',
    email: undefined,
    expiresAtMs: Number.POSITIVE_INFINITY,
  }),
  memberships: createMembershipStore(pool),
  keys: createKeyService({ store: createKeyStore(pool), seal, log }),
  log,
})
const request = { headers: { authorization: 'Bearer eyJ.a.b' }, ip: '192.0.2.1' }

test('without its database, whoever is not known is told to come again, and is not refused', async () => {
  expect(oidc.known(request)).toBeUndefined()
  await expect(oidc.authenticate(request)).rejects.toMatchObject({
    code: 'member-store.unavailable',
    retryAfterS: 1,
  })
})

test('who has guessed too often is not looked up', async () => {
  const tooOften = new Error('too often')
  const refuse = () => {
    throw tooOften
  }
  await expect(oidc.authenticate(request, refuse)).rejects.toBe(tooOften)
})

test('what is no token is left to keys', async () => {
  const keyed = { ...request, headers: { authorization: 'Bearer dure_live_a.b' } }
  await expect(oidc.authenticate(keyed)).rejects.toMatchObject({ code: 'key.malformed' })
})
