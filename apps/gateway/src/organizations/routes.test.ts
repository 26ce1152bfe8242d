import { SCOPES } from '@dure/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, jsonOf, keyClient, type Shown } from '../keys/testing/key-client.ts'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
const { ask, created } = keyClient(() => gateway)
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

const organization = '/v2/organizations/current'

async function project(body: object, headers = {}) {
  const response = await ask('POST', '/v2/projects', body, headers)
  expect(response.status).toBe(201)
  return (await response.json()) as { id: string; name: string; apiKey: Shown | null }
}

describe('the organization of a key', () => {
  test('is renamed by whoever saw what is there', async () => {
    const before = await ask('GET', organization)
    const etag = String(before.headers.get('etag'))
    const named = await ask('PATCH', organization, { name: '두레' }, { 'if-match': etag })
    expect([named.status, (await jsonOf(named)).name]).toEqual([200, '두레'])
    const late = await ask('PATCH', organization, { name: 'late' }, { 'if-match': etag })
    expect(await refusalIn(late)).toEqual([412, 'organization.changed'])
    expect(await jsonOf(await ask('GET', organization))).toMatchObject({ name: '두레' })
  })

  test('is not renamed by a key that may only read it', async () => {
    const { key } = await created({ scopes: ['organizations:read'] })
    expect((await ask('GET', organization, undefined, as(key))).status).toBe(200)
    const refused = await ask('PATCH', organization, { name: 'mine' }, as(key))
    expect(await refusalIn(refused)).toEqual([403, 'key.scope-missing'])
  })
})

describe('a new organization', () => {
  test('has a project and a key that may do everything in it, and nothing elsewhere', async () => {
    const response = await ask('POST', '/v2/organizations', { name: 'Elsewhere' })
    expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store'])
    const made = (await response.json()) as { id: string; project: { id: string }; apiKey: Shown }
    expect(made).toMatchObject({ name: 'Elsewhere', project: { name: 'Default' } })
    const its = as(String(made.apiKey.key))

    const own = await jsonOf(await ask('GET', organization, undefined, its))
    expect(own).toMatchObject({ id: made.id, name: 'Elsewhere' })
    const projects = await jsonOf(await ask('GET', '/v2/projects', undefined, its))
    expect(projects.data).toEqual([expect.objectContaining({ id: made.project.id })])
    expect((await ask('PATCH', organization, { name: 'Renamed' }, its)).status).toBe(200)
    expect((await jsonOf(await ask('GET', organization))).id).not.toBe(made.id)
    const ours = await created()
    const foreign = await ask('GET', `/v1/api-keys/${ours.id}`, undefined, its)
    expect(await refusalIn(foreign)).toEqual([404, 'key.not-found'])
  })

  test('is not made by the owner of another one', async () => {
    const made = await jsonOf(await ask('POST', '/v2/organizations', { name: 'One' }))
    const { key } = made.apiKey as Shown
    const refused = await ask('POST', '/v2/organizations', { name: 'Two' }, as(String(key)))
    expect(await refusalIn(refused)).toEqual([403, 'key.scope-missing'])
  })
})

describe('a project', () => {
  test('is made with a first key, which works there and sees nothing of the others', async () => {
    const apiKey = { name: 'first', scopes: [...SCOPES] }
    const made = await project({ name: 'second', apiKey })
    const key = String(made.apiKey?.key)
    const listed = await jsonOf(await ask('GET', '/v1/api-keys', undefined, as(key)))
    expect(listed.data).toEqual([expect.objectContaining({ id: made.apiKey?.id, name: 'first' })])
    const foreign = await created()
    const refused = await ask('GET', `/v1/api-keys/${foreign.id}`, undefined, as(key))
    expect(await refusalIn(refused)).toEqual([404, 'key.not-found'])
    const projects = await jsonOf(await ask('GET', '/v2/projects', undefined, as(key)))
    expect(projects.data).toContainEqual(expect.objectContaining({ id: made.id, name: 'second' }))
  })

  test('with a key that would be stronger than its maker is not made at all', async () => {
    const scopes = ['organizations:read', 'organizations:write', 'api-keys:write']
    const { key } = await created({ scopes })
    const apiKey = { name: 'strong', scopes: ['runs:read'] }
    const refused = await ask('POST', '/v2/projects', { name: 'not made', apiKey }, as(key))
    expect(await refusalIn(refused)).toEqual([403, 'key.stronger-than-maker'])
    const weak = await created({ scopes: ['organizations:write'] })
    const none = await ask('POST', '/v2/projects', { name: 'not made', apiKey }, as(weak.key))
    expect(await refusalIn(none)).toEqual([403, 'key.scope-missing'])
    const { data } = await jsonOf(await ask('GET', '/v2/projects?limit=100'))
    expect(data).not.toContainEqual(expect.objectContaining({ name: 'not made' }))
  })

  test('is renamed by whoever saw what is there', async () => {
    const { id } = await project({ name: 'old' })
    const path = `/v2/projects/${id}`
    const etag = String((await ask('GET', path)).headers.get('etag'))
    const named = await ask('PATCH', path, { name: 'new' }, { 'if-match': etag })
    expect(await jsonOf(named)).toMatchObject({ id, name: 'new' })
    const late = await ask('PATCH', path, { name: 'late' }, { 'if-match': etag })
    expect(await refusalIn(late)).toEqual([412, 'project.changed'])
  })

  test.each(['GET', 'PATCH'])('that nobody of the organization has: %s is 404', async (method) => {
    const body = method === 'PATCH' ? { name: 'x' } : undefined
    const answer = await ask(method, `/v2/projects/prj_${'e'.repeat(32)}`, body)
    expect(await refusalIn(answer)).toEqual([404, 'project.not-found'])
  })

  test.each([
    { name: '' },
    {},
    { name: 'x', organizationId: `org_${'e'.repeat(32)}` },
    { name: 'x', revision: 9 },
  ])('is not made of %j', async (body) => {
    expect((await ask('POST', '/v2/projects', body)).status).toBe(400)
  })
})
