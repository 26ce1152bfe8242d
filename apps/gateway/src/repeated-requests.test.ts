import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, keyClient } from './keys/testing/key-client.ts'
import { startGateway, type TestGateway } from './testing/gateway.ts'

let gateway: TestGateway
const { ask, created } = keyClient(() => gateway)
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

/** Sends it twice with one key: nobody can tell the answers apart but by the mark. */
async function twice(path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { 'idempotency-key': `twice ${path}`.replaceAll(/[^a-z0-9]/gi, '-') }
  const answers = [await ask('POST', path, body, headers), await ask('POST', path, body, headers)]
  const [first, again] = await Promise.all(
    answers.map(async (answer) => ({ status: answer.status, body: await answer.text() })),
  )
  expect([path, first?.status]).toEqual([path, expect.toSatisfy((status) => status < 300)])
  expect(again).toEqual(first)
  expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  return JSON.parse(first?.body ?? '')
}

const countAt = async (path: string) => {
  const { data } = (await (await ask('GET', path)).json()) as { data: unknown[] }
  return data.length
}

test('what the gateway itself creates and does is done once for one key', async () => {
  const before = [await countAt('/v2/projects'), await countAt('/v2/members')]
  const apiKey = { name: 'first', scopes: ['runs:read'] }
  const project = (await twice('/v2/projects', { name: 'Twice', apiKey })) as {
    apiKey: { key: string }
  }
  expect((await ask('GET', '/v1/runs', undefined, as(project.apiKey.key))).status).toBe(200)
  await twice('/v2/members', { role: 'viewer', email: 'twice@example.com' })
  const after = [await countAt('/v2/projects'), await countAt('/v2/members')]
  expect(after).toEqual(before.map((count) => count + 1))

  const { id } = await twice('/v2/service-principals', { name: 'twice', role: 'viewer' })
  expect(await twice(`/v2/service-principals/${id}/disable`)).toMatchObject({
    disabledAt: expect.any(String),
  })
  expect(await countAt('/v2/service-principals')).toBe(1)
})

test('a member that somebody else has changed is neither changed nor removed', async () => {
  const made = await ask('POST', '/v2/members', { role: 'viewer', email: 'etag@example.com' })
  const path = made.headers.get('location') ?? ''
  const seen = { 'if-match': made.headers.get('etag') ?? '' }
  expect((await ask('GET', path)).headers.get('etag')).toBe(seen['if-match'])
  const changed = await ask('PATCH', path, { role: 'operator' }, seen)
  expect(changed.status).toBe(200)
  for (const lost of [
    await ask('PATCH', path, { role: 'viewer' }, seen),
    await ask('DELETE', path, undefined, seen),
  ]) {
    expect([lost.status, await lost.json()]).toMatchObject([412, { code: 'member.changed' }])
  }
  const now = { 'if-match': changed.headers.get('etag') ?? '' }
  expect((await ask('DELETE', path, undefined, now)).status).toBe(204)
})

test('a key that is rotated or revoked with an Idempotency-Key is refused at once', async () => {
  const old = await created()
  expect((await ask('GET', '/v1/runs', undefined, as(old.key))).status).toBe(200)
  const fresh = (await twice(`/v1/api-keys/${old.id}/rotate`, { overlap: 'PT0S' })) as {
    id: string
    key: string
  }
  expect((await ask('GET', '/v1/runs', undefined, as(old.key))).status).toBe(401)
  expect((await ask('GET', '/v1/runs', undefined, as(fresh.key))).status).toBe(200)
  await twice(`/v1/api-keys/${fresh.id}/revoke`)
  expect((await ask('GET', '/v1/runs', undefined, as(fresh.key))).status).toBe(401)
})
