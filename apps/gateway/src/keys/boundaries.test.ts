import { SCOPES, type Scope } from '@dure/contracts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { as, jsonOf, keyClient } from './testing/key-client.ts'

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

describe('the keys of another project', () => {
  const foreign = `key_${'f'.repeat(32)}`
  beforeAll(async () => {
    const [organization, project] = [`org_${'f'.repeat(32)}`, `prj_${'f'.repeat(32)}`]
    await database.query('INSERT INTO organization (id, name) VALUES ($1, $1)', [organization])
    await database.query('INSERT INTO project (id, organization_id, name) VALUES ($1, $2, $1)', [
      project,
      organization,
    ])
    await database.query(
      `INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start,
                            last4, scopes)
       VALUES ($1, $2, $3, 'Foreign000', '\\x00', 1, 'dure_live_Fore', 'zzzz', '{runs:read}')`,
      [foreign, organization, project],
    )
  })

  test.each([
    ['GET', '', undefined],
    ['DELETE', '', undefined],
    ['DELETE', '?descendants=true', undefined],
    ['POST', '/rotate', {}],
    ['POST', '/revoke', undefined],
  ])('%s %s: as unknown as one that nobody has', async (method, rest, body) => {
    const answers = await Promise.all(
      [foreign, `key_${'0'.repeat(32)}`].map(async (id) => {
        const response = await ask(method, `/v1/api-keys/${id}${rest}`, body)
        const { instance: _instance, requestId: _id, ...problem } = await jsonOf(response)
        return problem
      }),
    )
    expect(answers[0]).toMatchObject({ status: 404, code: 'key.not-found' })
    expect(answers[0]).toEqual(answers[1])
  })

  test('are not in the list, of which each page leads to the next', async () => {
    for (let count = 0; count < 3; count++) await created()
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await jsonOf(await ask('GET', `/v1/api-keys?limit=2${cursor}`))) as {
        data: { id: string }[]
        nextCursor: string | null
      }
      expect(page.data.length).toBeLessThanOrEqual(2)
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).not.toContain(foreign)
  })
})

describe('a key for some addresses', () => {
  test('is refused from others, on every route', async () => {
    const { key } = await created({ allowedCidrs: ['192.0.2.0/24'] })
    const from = (address: string, path: string) =>
      ask('GET', path, undefined, { ...as(key), 'x-forwarded-for': address })
    for (const path of ['/v1/runs', '/v1/api-keys']) {
      expect((await from('192.0.2.9', path)).status).toBe(200)
      expect(await refusalIn(await from('198.51.100.9', path))).toEqual([
        403,
        'key.address-not-allowed',
      ])
      // What the client itself writes stands before what the proxy adds.
      expect((await from('192.0.2.9, 198.51.100.9', path)).status).toBe(403)
      expect((await from('not an address', path)).status).toBe(403)
    }
  })
})

test('without a key nothing is answered, and what is needed is said', async () => {
  const response = await fetch(`${gateway.origin}/v1/api-keys`)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await refusalIn(response)).toEqual([401, 'key.missing'])
})

test('the first key gets the scopes that a newer version brings', async () => {
  const scopesOfFirst = async (): Promise<Scope[]> => {
    const { rows } = await database.query('SELECT scopes FROM api_key WHERE name = $1', [
      'Bootstrap',
    ])
    return rows[0].scopes
  }
  await database.query("UPDATE api_key SET scopes = '{runs:read}' WHERE name = 'Bootstrap'")
  await gateway.replica()
  expect(await scopesOfFirst()).toEqual([...SCOPES])
})
