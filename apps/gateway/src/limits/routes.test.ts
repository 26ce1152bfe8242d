import type { Problem } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'

const CONTROL = { kind: 'rate', per: 'key', classes: ['control'], periodS: 3600 } as const
const IMPORTS = { kind: 'quota', per: 'organization', classes: ['run'], window: 'day' } as const

const JSON_BODY = { 'content-type': 'application/json' }
const NOTHING = JSON.stringify({ policies: {} })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    LIMITS: JSON.stringify({ control: { ...CONTROL, limit: 100, burst: 100 } }),
  })
})
afterAll(() => gateway.close())

const read = async () => {
  const response = await gateway.fetch('/v2/quotas')
  return { etag: response.headers.get('etag') ?? '', body: (await response.json()) as Quotas }
}
type Quotas = Record<'policies' | 'allowed' | 'chosen', Record<string, object>>

const choose = (policies: object, headers: Record<string, string> = {}) =>
  gateway.fetch('/v2/quotas', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ policies }),
  })

const cancelAt = (origin: string) =>
  fetch(`${origin}/v1/runs/run_1/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}` },
  })

async function grant({ databaseUrl }: TestGateway, granted: object): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    // Row level security shows a row only to who says whose it is.
    const organizationId = `org_${'0'.repeat(32)}`
    await client.query("SELECT set_config('dure.organization', $1, false)", [organizationId])
    await client.query('UPDATE limit_policy SET granted = $1', [JSON.stringify(granted)])
  } finally {
    await client.end()
  }
}

describe('an organization', () => {
  test('sees what it is allowed, and may choose less at every gateway', async () => {
    const other = await gateway.replica()
    const before = await read()
    expect(before.body.policies).toEqual(before.body.allowed)
    expect(before.body.allowed.control).toEqual({ ...CONTROL, limit: 100, burst: 100 })
    expect(before.body.chosen).toEqual({})

    const less = { control: { ...CONTROL, limit: 1, burst: 1 }, imports: { ...IMPORTS, quota: 5 } }
    const chosen = await choose(less)
    expect(chosen.status).toBe(200)
    expect(chosen.headers.get('ratelimit')).toMatch(/^"[a-z-]+";r=\d+;t=\d+$/)
    expect(((await chosen.json()) as Quotas).chosen).toEqual(less)
    expect((await read()).body.policies).toMatchObject(less)

    await eventually(async () => {
      const { headers } = await cancelAt(other.origin)
      expect(headers.get('ratelimit-policy')).toContain('"control";q=1;w=3600')
    })
    await eventually(async () => expect((await cancelAt(gateway.origin)).status).toBe(429))
    expect((await cancelAt(other.origin)).status).toBe(429)
  })

  test('that has left itself nothing may take that back', async () => {
    const all = { kind: 'quota', per: 'organization', window: 'day', quota: 1 }
    expect((await choose({ all })).status).toBe(200)
    await eventually(async () => expect((await gateway.fetch('/v1/models')).status).toBe(429))

    expect((await choose({})).status).toBe(200)
    await eventually(async () => expect((await gateway.fetch('/v1/models')).status).toBe(200))
  })

  test('loses nothing of its limits by looking at them', async () => {
    const reads = { kind: 'rate', per: 'key', classes: ['read'], periodS: 3600 }
    const own = await startGateway({
      LIMITS: JSON.stringify({ reads: { ...reads, limit: 1000, burst: 1000 } }),
    })
    const policies = { reads: { ...reads, limit: 100, burst: 100 } }
    const body = JSON.stringify({ policies })
    const headers = { 'content-type': 'application/json' }
    expect((await own.fetch('/v2/quotas', { method: 'PUT', headers, body })).status).toBe(200)
    for (let count = 0; count < 20; count++) {
      expect((await own.fetch('/v1/models')).status).toBe(200)
      expect((await own.fetch('/v2/quotas')).status).toBe(200)
    }
    await own.close()
  })

  test('may look at its limits as often as its operator lets it, and not as the installation does', async () => {
    const own = await startGateway({})
    const put = () => own.fetch('/v2/quotas', { method: 'PUT', headers: JSON_BODY, body: NOTHING })
    expect((await put()).status).toBe(200)
    const few = { kind: 'rate', per: 'key', classes: ['read'], periodS: 3600, limit: 2, burst: 2 }
    await grant(own, { few })
    // It is read again at once.
    expect((await put()).status).toBe(200)
    const statuses: number[] = []
    for (let count = 0; count < 4; count++) statuses.push((await own.fetch('/v2/quotas')).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    await own.close()
  })

  test('may not allow itself more, and hears where it tried', async () => {
    const response = await choose({
      control: { ...CONTROL, limit: 101, burst: 100 },
      address: { kind: 'rate', per: 'address', limit: 1, periodS: 1, burst: 1 },
    })
    expect(response.status).toBe(400)
    const { code, errors } = (await response.json()) as Problem
    expect(code).toBe('limits.invalid-choice')
    expect(errors?.map(({ pointer }) => pointer)).toEqual([
      '#/policies/control/limit',
      '#/policies/address/per',
    ])
  })

  test.each([
    ['no object', null],
    ['an unknown field', { x: { ...CONTROL, limit: 1, burst: 1, tenantId: 'org_1' } }],
    ['a name in capitals', { X: { ...CONTROL, limit: 1, burst: 1 } }],
    ['a burst of nothing', { x: { ...CONTROL, limit: 1, burst: 0 } }],
    ['an unknown kind', { x: { kind: 'free' } }],
    ['null in place of a limit', { control: null }],
  ])('that sends %s hears 400', async (_what, policies) => {
    const response = await choose(policies as object)
    expect(await refusalIn(response)).toEqual([400, 'request.invalid'])
  })

  test('that overwrites what somebody else has chosen meanwhile is stopped by If-Match', async () => {
    const { etag } = await read()
    expect((await choose({}, { 'if-match': etag })).status).toBe(200)
    const late = await choose({}, { 'if-match': etag })
    expect(await refusalIn(late)).toEqual([412, 'limits.changed'])
  })

  test('is allowed more or less by its operator, in the table', async () => {
    await grant(gateway, { control: { ...CONTROL, limit: 500, burst: 500 }, runs: null })
    const { allowed } = (await read()).body
    expect(allowed.control).toMatchObject({ limit: 500 })
    expect(allowed.runs).toBeUndefined()
    expect((await choose({ control: { ...CONTROL, limit: 300, burst: 300 } })).status).toBe(200)
  })
})
