import { SCOPES } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { as, jsonOf, keyClient, type Shown } from './testing/key-client.ts'

let gateway: TestGateway
let database: pg.Client
const { ask, created } = keyClient(() => gateway)
beforeAll(async () => {
  gateway = await startGateway()
  database = new pg.Client({ connectionString: gateway.databaseUrl })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await gateway.close()
})

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

describe('a key that is made', () => {
  test('is shown once, works, and is found again without its secret', async () => {
    const response = await ask('POST', '/v1/api-keys', { name: 'shop', scopes: ['runs:read'] })
    expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store'])
    const { key, ...rest } = (await response.json()) as Shown
    expect(key).toMatch(/^dure_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/)
    expect(rest).toMatchObject({ name: 'shop', state: 'active', last4: key.slice(-4) })

    expect((await ask('GET', '/v1/runs', undefined, as(key))).status).toBe(200)
    const found = await ask('GET', `/v1/api-keys/${rest.id}`)
    expect(await jsonOf(found)).toEqual(rest)
    expect(response.headers.get('location')).toBe(`/v1/api-keys/${rest.id}`)
  })

  test('is nowhere in the database, only what recognises it', async () => {
    const { key } = await created()
    const { rows: tables } = await database.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    const dump = await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await database.query(`SELECT t::text AS row FROM ${name} t`)
        return rows.map(({ row }) => row).join('\n')
      }),
    )
    expect(dump.join('\n')).toContain(key.slice(0, 14))
    expect(dump.join('\n')).not.toContain(key.slice(21))
  })

  test('and asked for again with its Idempotency-Key is shown again, and is still nowhere else', async () => {
    const body = { name: 'once', scopes: ['runs:read'] }
    const headers = { 'idempotency-key': 'make-a-key' }
    const first = await ask('POST', '/v1/api-keys', body, headers)
    const again = await ask('POST', '/v1/api-keys', body, headers)
    const shown = (await first.json()) as Shown
    expect(await again.json()).toEqual(shown)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    const { rows } = await database.query('SELECT id FROM api_key WHERE name = $1', ['once'])
    expect(rows).toHaveLength(1)
    const kept = await database.query(
      "SELECT encode(answer, 'escape') AS answer FROM idempotency_key",
    )
    expect(kept.rows).toHaveLength(1)
    expect(JSON.stringify(kept.rows)).not.toContain(shown.key.slice(21))
    const stranger = await created()
    const theirs = await ask('POST', '/v1/api-keys', body, { ...headers, ...as(stranger.key) })
    expect(((await theirs.json()) as { code: string }).code).toBe('idempotency.key-reused')
  })

  test('says when it was used last', async () => {
    const { id, key } = await created()
    expect(await jsonOf(await ask('GET', `/v1/api-keys/${id}`))).toMatchObject({ lastUsedAt: null })
    await ask('GET', '/v1/runs', undefined, as(key))
    await eventually(
      async () => {
        const { lastUsedAt } = await jsonOf(await ask('GET', `/v1/api-keys/${id}`))
        expect(lastUsedAt).toEqual(expect.any(String))
      },
      { timeoutMs: 25_000 },
    )
  })

  test('lacks what it was not given', async () => {
    const { key } = await created({ scopes: ['runs:read'] })
    const refused = await ask('GET', '/v1/api-keys', undefined, as(key))
    expect(await refusalIn(refused)).toEqual([403, 'key.scope-missing'])
  })

  test.each([
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['all'] }],
    ['a scope twice', { scopes: ['runs:read', 'runs:read'] }],
    ['no name', { name: '' }],
    ['no time', { expiresAt: 'tomorrow' }],
    ['a tenant of its own choice', { projectId: 'prj_1' }],
    ['a hash of its own choice', { hash: 'x' }],
    ['null', { expiresAt: null }],
  ])('is refused with %s', async (_name, wanted) => {
    const body = { name: 'bad', scopes: ['runs:read'], ...wanted }
    expect(await refusalIn(await ask('POST', '/v1/api-keys', body))).toEqual([
      400,
      'request.invalid',
    ])
  })

  test('is refused with a network that is none, and with a time that is over', async () => {
    const body = { name: 'bad', scopes: ['runs:read'] }
    const network = await ask('POST', '/v1/api-keys', { ...body, allowedCidrs: ['10.0.0.0/99'] })
    expect(await jsonOf(network)).toMatchObject({
      code: 'key.invalid-cidr',
      errors: [{ pointer: '#/allowedCidrs/0' }],
    })
    const over = await ask('POST', '/v1/api-keys', { ...body, expiresAt: soon(-60) })
    expect(await refusalIn(over)).toEqual([400, 'key.expiry-in-the-past'])
    const { rows } = await database.query("SELECT id FROM api_key WHERE name = 'bad'")
    expect(rows).toEqual([])
  })
})

describe('a key that makes a key', () => {
  test.each([
    ['a scope more', { scopes: ['runs:read', 'runs:write'] }, '#/scopes/1'],
    ['a longer life', { expiresAt: soon(7200) }, '#/expiresAt'],
    ['other addresses', { allowedCidrs: ['10.0.0.0/8'] }, '#/allowedCidrs/0'],
    ['all addresses', { allowedCidrs: [] }, '#/allowedCidrs'],
  ])('cannot give it %s', async (_name, wanted, pointer) => {
    const maker = await created({ expiresAt: soon(3600), allowedCidrs: ['127.0.0.0/8'] })
    const body = { name: 'child', scopes: ['runs:read'], ...wanted }
    const refused = await ask('POST', '/v1/api-keys', body, as(maker.key))
    expect([refused.status, await jsonOf(refused)]).toMatchObject([
      403,
      { code: 'key.stronger-than-maker', details: { excess: [{ pointer }] } },
    ])
  })

  test('gives it its own limits when it says nothing', async () => {
    const maker = await created({ expiresAt: soon(3600), allowedCidrs: ['127.0.0.0/8'] })
    const child = await created({ scopes: ['runs:read'] }, as(maker.key))
    expect(child).toMatchObject({
      expiresAt: maker.expiresAt,
      allowedCidrs: ['127.0.0.0/8'],
      createdBy: maker.id,
    })
  })

  test('cannot become stronger by rotating a stronger one', async () => {
    const strong = await created({ scopes: [...SCOPES] })
    const weak = await created()
    const refused = await ask('POST', `/v1/api-keys/${strong.id}/rotate`, {}, as(weak.key))
    expect(await refusalIn(refused)).toEqual([403, 'key.stronger-than-maker'])
  })
})

describe('a key that is rotated', () => {
  test('goes on for the overlap beside the new one, and dies after it', async () => {
    const old = await created()
    const response = await ask('POST', `/v1/api-keys/${old.id}/rotate`, { overlap: 'PT1H' })
    expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store'])
    const next = (await response.json()) as Shown
    expect(next.key).not.toBe(old.key)
    expect(next).toMatchObject({ last4: next.key.slice(-4), start: next.key.slice(0, 14) })
    for (const { key } of [old, next]) {
      expect((await ask('GET', '/v1/runs', undefined, as(key))).status).toBe(200)
    }
    const { expiresAt, replacedBy } = await jsonOf(await ask('GET', `/v1/api-keys/${old.id}`))
    expect(replacedBy).toBe(next.id)
    expect(Date.parse(String(expiresAt)) - Date.now()).toBeLessThanOrEqual(3_600_000)
    expect(next.expiresAt).toBeNull()

    const again = await ask('POST', `/v1/api-keys/${old.id}/rotate`, {})
    expect(await refusalIn(again)).toEqual([409, 'key.already-replaced'])
  })

  test('without an overlap dies at once', async () => {
    const old = await created()
    await ask('POST', `/v1/api-keys/${old.id}/rotate`, { overlap: 'PT0S' })
    await eventually(async () => {
      const refused = await ask('GET', '/v1/runs', undefined, as(old.key))
      expect(await refusalIn(refused)).toEqual([401, 'key.expired'])
    })
    const again = await ask('POST', `/v1/api-keys/${old.id}/rotate`, {})
    expect(await refusalIn(again)).toEqual([409, 'key.not-active'])
  })

  test.each(['P1M', '1 day', 'P31D', ''])('does not overlap for %j', async (overlap) => {
    const { id } = await created()
    expect((await ask('POST', `/v1/api-keys/${id}/rotate`, { overlap })).status).toBe(400)
  })
})

describe('a key that is revoked', () => {
  test('is refused, makes no others, and stays in the list', async () => {
    const { id, key } = await created()
    const revoked = await ask('POST', `/v1/api-keys/${id}/revoke`)
    expect([revoked.status, (await jsonOf(revoked)).state]).toEqual([200, 'revoked'])
    expect((await ask('DELETE', `/v1/api-keys/${id}`)).status).toBe(204)
    await eventually(async () => {
      const refused = await ask('GET', '/v1/runs', undefined, as(key))
      expect(await refusalIn(refused)).toEqual([401, 'key.revoked'])
    })
    const { state, revokedAt } = await jsonOf(await ask('GET', `/v1/api-keys/${id}`))
    expect([state, revokedAt]).toEqual(['revoked', expect.any(String)])
  })

  test('takes what was made with it along when that is asked for', async () => {
    const leaked = await created()
    const child = await created({}, as(leaked.key))
    const grandchild = await created({ scopes: ['runs:read'] }, as(child.key))
    await ask('DELETE', `/v1/api-keys/${leaked.id}?descendants=true`)
    const states = await Promise.all(
      [leaked, child, grandchild].map(async ({ id }) => {
        const { state } = await jsonOf(await ask('GET', `/v1/api-keys/${id}`))
        return state
      }),
    )
    expect(states).toEqual(['revoked', 'revoked', 'revoked'])
  })
})
