import { eventually, testTenant } from '@dure/platform/testing'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWebhooks, type WebhooksUnderTest } from './testing/webhooks.ts'

let w: WebhooksUnderTest
beforeAll(async () => {
  w = await startWebhooks()
})
afterAll(() => w.close())

const test1 = async (id: string, path: string) => {
  const before = w.receiver.of(path).length
  expect((await w.call('POST', `/${id}:test`)).status).toBe(202)
  return eventually(() => {
    const one = w.receiver.of(path)[before]
    if (!one) throw new Error(`Nothing came to ${path}`)
    return one
  })
}

describe('an endpoint', () => {
  test('is created, read, listed, changed and deleted; its secret is shown once', async () => {
    const created = await w.call('POST', '', {
      ...{ url: 'https://example.com/hook', eventTypes: ['run.failed'], description: '장애 알림' },
    })
    expect(created).toMatchObject({ status: 201, etag: '"1"' })
    const { secret, ...view } = created.body
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(view).toEqual({
      ...{ id: expect.stringMatching(/^whe_/), url: 'https://example.com/hook', enabled: true },
      ...{ description: '장애 알림', eventTypes: ['run.failed'], disabledReason: null },
      ...{ failingSince: null, createdAt: expect.any(String), updatedAt: expect.any(String) },
    })
    const path = `/${view.id}`
    expect((await w.call('GET', path)).body).toEqual(view)
    expect((await w.call('GET')).body.data).toContainEqual(view)

    const stale = { headers: { 'if-match': '"9"' } }
    expect(await w.call('PATCH', path, { enabled: false }, stale)).toMatchObject({
      ...{ status: 412, body: { code: 'webhook-endpoint.changed' } },
    })
    const changed = await w.call('PATCH', path, { enabled: false, eventTypes: ['run.completed'] })
    expect(changed).toMatchObject({ status: 200, etag: '"2"' })
    expect(changed.body).toMatchObject({ enabled: false, description: '장애 알림' })
    expect((await w.call('DELETE', path, undefined, stale)).status).toBe(412)
    expect((await w.call('DELETE', path)).status).toBe(204)
    expect((await w.call('GET', path)).body.code).toBe('webhook-endpoint.not-found')
  })

  test('has its secret encrypted, and no row of any table shows it', async () => {
    const { secret } = await w.create('/encrypted')
    const tables = await w.sql(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    const texts = await Promise.all(
      tables.map(({ name }) => w.sql(`SELECT t::text AS row FROM "${String(name)}" t`)),
    )
    const hex = Buffer.from(secret).toString('hex')
    const raw = Buffer.from(secret.slice(6), 'base64').toString('hex')
    expect(JSON.stringify(texts)).not.toMatch(
      new RegExp([secret.slice(6).replaceAll('+', '\\+'), hex, raw].join('|')),
    )
  })

  test('is created once, however often the request is sent', async () => {
    const body = { url: `http://${w.receiver.host}/once`, eventTypes: ['run.completed'] }
    const keyed = { headers: { 'idempotency-key': 'create-once-1' } }
    const [first, second] = [
      await w.call('POST', '', body, keyed),
      await w.call('POST', '', body, keyed),
    ]
    expect(second.body).toEqual(first.body)
  })

  test('of another project is as unknown as one that nobody has', async () => {
    const { id } = await w.create('/ours')
    const delivery = (await w.call('POST', `/${id}:test`)).body.id
    const more = { seed: '2' }
    const nobody = `whe_${'0'.repeat(32)}`
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { enabled: false }],
      ['DELETE', ''],
      ['POST', ':test'],
      ['POST', '/secret:rotate'],
      ['GET', '/deliveries'],
      ['GET', `/deliveries/${delivery}`],
      ['POST', `/deliveries/${delivery}:redeliver`],
    ] as const) {
      const foreign = await w.call(method, `/${id}${path}`, body, more)
      const unknown = await w.call(method, `/${nobody}${path}`, body, more)
      expect([method, path, foreign.status]).toEqual([method, path, 404])
      expect(foreign.body.detail).toBe(unknown.body.detail)
    }
    expect((await w.call('GET', '', undefined, more)).body.data).toEqual([])
    const other = await w.create('/other')
    expect((await w.call('GET', `/${other.id}/deliveries/${delivery}`)).status).toBe(404)
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://127.0.0.1/hook',
    'https://[::1]/hook',
    'https://0x7f.1/hook',
    'https://10.0.0.1/hook',
    'http://example.com/hook',
    'https://example.com:22/hook',
    'https://me:you@example.com/hook',
    'ftp://example.com/hook',
    'example.com/hook',
    'not a url',
  ])('cannot be at %s', async (url) => {
    const refused = await w.call('POST', '', { url, eventTypes: ['run.failed'] })

    expect(refused.status).toBe(400)
    expect(refused.body.errors[0].pointer).toBe('#/url')
    const { id } = await w.create('/moved')
    expect((await w.call('PATCH', `/${id}`, { url })).status).toBe(400)
    await w.call('DELETE', `/${id}`)
  })

  test.each([
    ['no event', { eventTypes: [] }, '#/eventTypes'],
    ['an event that there is not', { eventTypes: ['run.exploded'] }, '#/eventTypes/0'],
    ['one event twice', { eventTypes: ['run.failed', 'run.failed'] }, '#/eventTypes'],
    ['NUL in its description', { description: '\u0000' }, '#/description'],
    ['a secret of its own', { secret: 'whsec_mine' }, '#/secret'],
  ])('is refused with %s', async (_what, changes, pointer) => {
    const refused = await w.call('POST', '', {
      ...{ url: 'https://example.com', eventTypes: ['run.failed'] },
      ...changes,
    })
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer)
  })

  test('needs the scope of what is done with it', async () => {
    const as = { scopes: ['webhooks:read' as const], tenant: testTenant() }
    const url = '/v2/webhook-endpoints'
    expect((await w.harness.call({ url, as })).status).toBe(200)
    const body = { url: 'https://example.com', eventTypes: ['run.failed'] }
    expect((await w.harness.call({ method: 'POST', url, body, as })).status).toBe(403)
    expect((await w.harness.call({ url, as: { ...as, scopes: [] } })).status).toBe(403)
  })
})

describe('a secret', () => {
  test('is changed without a moment in which a receiver knows none', async () => {
    const { id, secret: old } = await w.create('/rotated')
    const rotated = await w.call('POST', `/${id}/secret:rotate`)
    expect(rotated.status).toBe(200)
    const fresh = rotated.body.secret
    expect(fresh).not.toBe(old)

    const during = await test1(id, '/rotated')
    expect(new Webhook(old).verify(during.body, during.headers)).toBeDefined()
    expect(new Webhook(fresh).verify(during.body, during.headers)).toBeDefined()
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2)

    await w.sql(
      'UPDATE webhook_secret SET expires_at = now() WHERE endpoint_id = $1 AND expires_at IS NOT NULL',
      [id],
    )
    const after = await test1(id, '/rotated')
    expect(new Webhook(fresh).verify(after.body, after.headers)).toBeDefined()
    expect(() => new Webhook(old).verify(after.body, after.headers)).toThrow()
  })

  test('that has leaked is gone at once', async () => {
    const { id, secret: old } = await w.create('/leaked')
    const { body } = await w.call('POST', `/${id}/secret:rotate`, { overlapHours: 0 })
    const one = await test1(id, '/leaked')

    expect(() => new Webhook(old).verify(one.body, one.headers)).toThrow()
    expect(new Webhook(body.secret).verify(one.body, one.headers)).toBeDefined()
  })

  test('that was changed many times leaves a few signatures', async () => {
    const { id } = await w.create('/restless')
    for (let n = 0; n < 5; n += 1) await w.call('POST', `/${id}/secret:rotate`)

    const one = await test1(id, '/restless')
    expect(one.headers['webhook-signature']?.split(' ')).toHaveLength(3)
  })
})

test('a delivery can be looked at with what is sent, and listed by what became of it', async () => {
  const { id } = await w.create('/listed')
  const one = await test1(id, '/listed')
  await w.newest(id, { status: 'delivered' })
  const { body } = await w.call('GET', `/${id}/deliveries?status=delivered`)

  expect(body.data).toHaveLength(1)
  expect((await w.call('GET', `/${id}/deliveries?status=failed`)).body.data).toEqual([])
  const details = await w.call('GET', `/${id}/deliveries/${body.data[0].id}`)
  expect(details.body).toEqual({ ...body.data[0], payload: one.body })
  expect(JSON.parse(one.body)).toMatchObject({ type: 'webhook.test', data: { endpointId: id } })
})

test('a project has at most 50 endpoints', async () => {
  const { organizationId, projectId } = testTenant('7')
  await w.sql(
    `INSERT INTO webhook_endpoint (id, organization_id, project_id, url, description, event_types, created_by)
     SELECT 'whe_many' || n, $1, $2, '', '', '{}', 'key_1' FROM generate_series(1, 50) n`,
    [organizationId, projectId],
  )
  const body = { url: 'https://example.com', eventTypes: ['run.failed'] }
  const refused = await w.call('POST', '', body, { seed: '7' })
  expect(refused).toMatchObject({ status: 409, body: { code: 'webhook-endpoint.too-many' } })
})
