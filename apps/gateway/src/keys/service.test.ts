import { randomBytes } from 'node:crypto'
import { SCOPES } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { eventually, silentLog, type TestDatabase, testDatabase } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatApiKey } from './api-key.ts'
import { createSeal } from './seal-service.ts'
import { createKeyService, type KeyServiceDependencies } from './service.ts'
import { createKeyStore, type KeyStore } from './store.ts'

const seal = createSeal(randomBytes(32).toString('base64'))
let database: TestDatabase
let pool: pg.Pool
/** Sees the rows of every tenant. */
let superuser: pg.Pool
let store: KeyStore
beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  superuser = createPool({ DATABASE_URL: database.superuserUrl })
  store = createKeyStore(pool)
})
afterAll(async () => {
  await pool.end()
  await superuser.end()
  await database.drop()
})

const service = (changes: Partial<KeyServiceDependencies> = {}) =>
  createKeyService({ store, seal, log: silentLog(), ...changes })

let made = 0
/** A key that works, and a way to change its row. */
async function newKey() {
  const publicId = String(++made).padStart(10, '0')
  const key = formatApiKey(publicId, 's'.repeat(43))
  await service().bootstrap(key)
  return {
    key,
    publicId,
    request: { headers: { authorization: `Bearer ${key}` }, ip: '192.0.2.1' },
    set: (assignment: string) =>
      superuser.query(`UPDATE api_key SET ${assignment} WHERE public_id = $1`, [publicId]),
  }
}

/** The same store, counting its look-ups, and down when told so. */
function watched() {
  const state = { lookUps: 0, isDown: false }
  const watchedStore: KeyStore = {
    ...store,
    find: async (publicId) => {
      state.lookUps++
      if (state.isDown) throw new Error('connection refused')
      return store.find(publicId)
    },
  }
  return { state, store: watchedStore }
}

describe('a key that is known', () => {
  test('says who asks, for which tenant, and what it may do', async () => {
    const { request } = await newKey()
    expect(await service().authenticate(request)).toEqual({
      principalId: expect.stringMatching(/^key_[0-9a-f]{32}$/),
      tenant: {
        organizationId: expect.stringMatching(/^org_[0-9a-f]{32}$/),
        projectId: expect.stringMatching(/^prj_[0-9a-f]{32}$/),
      },
      scopes: [...SCOPES],
      roles: ['owner'],
    })
  })

  test('is stored as a hash that needs the pepper', async () => {
    const { request, key } = await newKey()
    const { rows } = await superuser.query(
      "SELECT to_jsonb(k)::text || encode(hash, 'escape') AS t FROM api_key k",
    )
    expect(rows.map(({ t }) => t).join()).not.toContain(key.slice(-20))
    const other = service({ seal: createSeal(randomBytes(32).toString('base64')) })
    await expect(other.authenticate(request)).rejects.toMatchObject({ code: 'key.unknown' })
  })

  test('is looked up once, however many requests come with it at the same time', async () => {
    const { request } = await newKey()
    const { state, store } = watched()
    const keys = service({ store })
    await Promise.all(Array.from({ length: 50 }, () => keys.authenticate(request)))
    await keys.authenticate(request)
    expect(state.lookUps).toBe(1)
  })

  test('goes on while the database is down; one that was not seen lately waits for it', async () => {
    const [seen, unseen] = [await newKey(), await newKey()]
    const { state, store } = watched()
    const keys = service({ store })
    await keys.authenticate(seen.request)
    state.isDown = true
    await expect(keys.authenticate(seen.request)).resolves.toBeDefined()
    await expect(keys.authenticate(unseen.request)).rejects.toMatchObject({
      code: 'key-store.unavailable',
      kind: 'unavailable',
      retryAfterS: 1,
    })
    state.isDown = false
    await expect(keys.authenticate(unseen.request)).resolves.toBeDefined()
  })

  test.each([
    ['revoked_at = now()', 'key.revoked'],
    ["expires_at = now() - interval '1 second'", 'key.expired'],
  ])('stops to work after %s: %s', async (assignment, code) => {
    const { request, set } = await newKey()
    const keys = service({ acceptedMs: 1 })
    await keys.authenticate(request)
    await set(assignment)
    await eventually(() =>
      expect(keys.authenticate(request)).rejects.toMatchObject({ code, kind: 'unauthenticated' }),
    )
  })

  test('is looked up again while it is used, and nobody waits for that', async () => {
    const { request, set } = await newKey()
    const { state, store } = watched()
    const keys = service({ store, acceptedMs: 3_600_000, renewAfter: () => 0 })
    await keys.authenticate(request)
    expect(keys.known(request)).toBeDefined()
    expect(state.lookUps).toBe(2)
    await set('revoked_at = now()')
    await eventually(() => expect(keys.known(request)).toBeUndefined())
    await expect(keys.authenticate(request)).rejects.toMatchObject({ code: 'key.revoked' })
  })

  test('goes on when it cannot be looked up again', async () => {
    const { request } = await newKey()
    const { state, store } = watched()
    const keys = service({ store, acceptedMs: 3_600_000, renewAfter: () => 0 })
    await keys.authenticate(request)
    state.isDown = true
    expect(keys.known(request)).toBeDefined()
    await eventually(() => expect(state.lookUps).toBe(2))
    expect(keys.known(request)).toBeDefined()
  })

  test('is not believed for longer than it lives', async () => {
    const { request, set } = await newKey()
    await set("expires_at = now() + interval '1 second'")
    const keys = service({ acceptedMs: 3_600_000 })
    await keys.authenticate(request)
    await eventually(() =>
      expect(keys.authenticate(request)).rejects.toMatchObject({ code: 'key.expired' }),
    )
  })

  test('has its use recorded', async () => {
    const { request, publicId } = await newKey()
    const keys = service()
    const lastUsed = async () =>
      (await superuser.query('SELECT last_used_at FROM api_key WHERE public_id = $1', [publicId]))
        .rows
    await keys.authenticate(request)
    expect(await lastUsed()).toEqual([{ last_used_at: null }])
    await keys.recordUse()
    expect(await lastUsed()).toEqual([{ last_used_at: expect.any(Date) }])
  })
})

describe('a key that is not known', () => {
  test.each([
    ['is missing', {}, 'key.missing'],
    ['is no key', { authorization: 'Bearer hello' }, 'key.malformed'],
    ['nobody made', { 'x-api-key': formatApiKey('0123456789', 'z'.repeat(43)) }, 'key.unknown'],
  ])('because it %s is refused', async (_name, headers, code) => {
    await expect(service().authenticate({ headers, ip: '' })).rejects.toMatchObject({ code })
  })

  test('because only its id is right is refused, with no word on what became of the real one', async () => {
    const { publicId, set } = await newKey()
    await set('revoked_at = now()')
    const forged = { 'x-api-key': formatApiKey(publicId, 'z'.repeat(43)) }
    await expect(service().authenticate({ headers: forged, ip: '' })).rejects.toMatchObject({
      code: 'key.unknown',
    })
  })

  test('costs no look-up when it has a wrong checksum, and one for some seconds otherwise', async () => {
    const { state, store } = watched()
    const keys = service({ store })
    const unknown = formatApiKey('9876543210', 'z'.repeat(43))
    const ask = (key: string) =>
      keys.authenticate({ headers: { 'x-api-key': key }, ip: '' }).catch(({ code }) => code)
    expect(await ask(`${unknown.slice(0, -1)}!`)).toBe('key.malformed')
    expect(state.lookUps).toBe(0)
    expect([await ask(unknown), await ask(unknown)]).toEqual(['key.unknown', 'key.unknown'])
    expect(state.lookUps).toBe(1)
  })
})

describe('the first key', () => {
  test('is made once by replicas that start together, with its tenant', async () => {
    const key = formatApiKey('Together00', 's'.repeat(43))
    await Promise.all(Array.from({ length: 5 }, () => service().bootstrap(key)))
    const { rows } = await superuser.query(
      `SELECT organization.name AS organization, project.name AS project
         FROM api_key
         JOIN organization ON organization.id = api_key.organization_id
         JOIN project ON project.id = api_key.project_id
        WHERE public_id = 'Together00'`,
    )
    expect(rows).toEqual([{ organization: 'Default', project: 'Default' }])
  })

  test('with a wrong checksum ends the start, without a word of it', async () => {
    const key = `${formatApiKey('Mistyped00', 's'.repeat(43)).slice(0, -1)}!`
    const error = await service().bootstrap(key).catch(String)
    expect(error).toMatch(/checksum/)
    expect(error).not.toContain('Mistyped00')
  })
})
