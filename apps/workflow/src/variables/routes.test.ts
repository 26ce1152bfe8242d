import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await startHarness()
})
afterAll(() => h.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
interface More {
  readonly seed?: string
  readonly ifMatch?: string
}

async function call(method: Method, path = '', body?: unknown, { seed, ifMatch }: More = {}) {
  const response = await h.call({
    ...{ method, url: `/v1/variables${path}`, body },
    ...(ifMatch && { headers: { 'if-match': ifMatch } }),
    ...(seed && { as: { tenant: testTenant(seed) } }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, etag: headers.get('etag'), body: text ? JSON.parse(text) : undefined }
}

describe('a variable', () => {
  test('is created, read, listed, changed and deleted', async () => {
    const value = { to: 'help@example.com', 한글: ['\n', 1e21, null] }
    const created = await call('POST', '', { name: 'mail', value, description: 'Whom to write' })
    expect(created).toMatchObject({ status: 201, etag: '"1"' })
    expect(created.body).toEqual({
      ...{ id: expect.stringMatching(/^var_/), name: 'mail', value, description: 'Whom to write' },
      ...{ createdBy: 'key_test', createdAt: expect.any(String), updatedAt: expect.any(String) },
    })
    const path = `/${created.body.id}`
    expect((await call('GET', path)).body).toEqual(created.body)
    expect((await call('GET')).body.data).toContainEqual(created.body)

    expect(await call('PUT', path, { value: 1 }, { ifMatch: '"7"' })).toMatchObject({
      ...{ status: 412, body: { code: 'variable.changed' } },
    })
    const changed = await call('PUT', path, { value: null }, { ifMatch: '"1"' })
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { value: null } })
    expect(changed.body.description).toBe('Whom to write')
    expect((await call('DELETE', path, undefined, { ifMatch: '"1"' })).status).toBe(412)
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await call('GET', path)).body.code).toBe('variable.not-found')
  })

  test('of another project is as unknown as one that nobody has', async () => {
    const { body } = await call('POST', '', { name: 'ours', value: 1 })
    const none = `/var_${'0'.repeat(32)}`
    for (const [method, content] of [['GET'], ['PUT', { value: 2 }], ['DELETE']] as const) {
      const foreign = await call(method, `/${body.id}`, content, { seed: '2' })
      const unknown = await call(method, none, content, { seed: '2' })
      expect([foreign.status, unknown.status]).toEqual([404, 404])
      expect(foreign.body.detail).toBe(unknown.body.detail)
    }
    expect((await call('POST', '', { name: 'ours', value: 2 }, { seed: '2' })).status).toBe(201)
    expect((await call('POST', '', { name: 'ours', value: 2 })).body.code).toBe(
      'variable.name-taken',
    )
  })

  test.each([
    ['no value', { value: undefined }, '#/value'],
    ['a value that is too large', { value: '가'.repeat(6000) }, '#/value'],
    ['a name that no expression could have', { name: 'My-Name' }, '#/name'],
    ['a name that means something else', { name: 'constructor' }, '#/name'],
    ['NUL in its description', { description: '\u0000' }, '#/description'],
    ['a field that it does not have', { secret: true }, '#/secret'],
  ])('is refused with %s', async (_what, changes, pointer) => {
    const refused = await call('POST', '', { name: 'refused', value: 1, ...changes })
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer)
  })

  test('needs the scope of what is done with it', async () => {
    const as = { scopes: ['variables:read' as const] }
    const url = '/v1/variables'
    expect((await h.call({ url, as })).status).toBe(200)
    const body = { name: 'x', value: 1 }
    expect((await h.call({ method: 'POST', url, body, as })).status).toBe(403)
    expect((await h.call({ url, as: { scopes: [] } })).status).toBe(403)
  })

  test('has room in its project, or not', async () => {
    const large = 'x'.repeat(16_000)
    const seed = '4'
    for (let n = 0; n < 8; n += 1) {
      expect((await call('POST', '', { name: `v${n}`, value: large }, { seed })).status).toBe(201)
    }
    const small = await call('POST', '', { name: 'small', value: 1 }, { seed })
    expect(small.status).toBe(201)
    expect((await call('POST', '', { name: 'v8', value: large }, { seed })).body).toMatchObject({
      ...{ status: 409, code: 'variable.no-room' },
    })
    expect((await call('PUT', `/${small.body.id}`, { value: large }, { seed })).body.code).toBe(
      'variable.no-room',
    )
    // One may always be replaced by one that is no larger.
    const { body } = await call('GET', '?limit=2', undefined, { seed })
    expect((await call('PUT', `/${body.data[1].id}`, { value: large }, { seed })).status).toBe(200)
  })
})
