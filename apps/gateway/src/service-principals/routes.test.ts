import { SCOPES } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, jsonOf, keyClient } from '../keys/testing/key-client.ts'
import { echoIn, refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
const { ask, created } = keyClient(() => gateway)
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

async function principal(role: string): Promise<string> {
  const response = await ask('POST', '/v2/service-principals', { name: 'import', role })
  expect(response.status).toBe(201)
  return String((await jsonOf(response)).id)
}

describe('a key of a service principal', () => {
  test('speaks for it, as its role, and says which key it is', async () => {
    const servicePrincipalId = await principal('operator')
    const { id, key } = await created({ scopes: ['runs:read'], servicePrincipalId })
    const { headers } = await echoIn(await ask('GET', '/v1/runs', undefined, as(key)))
    expect(await gateway.verify('workflow', headers['x-dure-identity'])).toMatchObject({
      principalId: servicePrincipalId,
      keyId: id,
      scopes: ['runs:read'],
      roles: ['operator'],
    })
  })

  test('has no scope that the role lacks', async () => {
    const servicePrincipalId = await principal('viewer')
    const body = { name: 'k', scopes: ['runs:read', 'runs:write'], servicePrincipalId }
    const refused = await ask('POST', '/v1/api-keys', body)
    expect([refused.status, await jsonOf(refused)]).toMatchObject([
      403,
      { code: 'key.stronger-than-maker', details: { excess: [{ pointer: '#/scopes/1' }] } },
    ])
  })

  test('is refused while the principal is disabled, and taken again after', async () => {
    const servicePrincipalId = await principal('developer')
    const { key } = await created({ servicePrincipalId })
    const path = `/v2/service-principals/${servicePrincipalId}`
    expect((await ask('GET', '/v1/runs', undefined, as(key))).status).toBe(200)
    expect((await ask('POST', `${path}/disable`)).status).toBe(200)
    expect(await refusalIn(await ask('GET', '/v1/runs', undefined, as(key)))).toEqual([
      401,
      'key.principal-disabled',
    ])
    const more = { name: 'k', scopes: ['runs:read'], servicePrincipalId }
    expect(await refusalIn(await ask('POST', '/v1/api-keys', more))).toEqual([
      404,
      'service-principal.not-found',
    ])
    expect(await jsonOf(await ask('POST', `${path}/enable`))).toMatchObject({ disabledAt: null })
    await eventually(async () =>
      expect((await ask('GET', '/v1/runs', undefined, as(key))).status).toBe(200),
    )
  })

  test('stays one of it when it is rotated, and makes keys for itself only', async () => {
    const servicePrincipalId = await principal('developer')
    const old = await created({ servicePrincipalId })
    const rotated = await jsonOf(await ask('POST', `/v1/api-keys/${old.id}/rotate`, {}))
    expect(rotated).toMatchObject({ servicePrincipalId, state: 'active' })
    const child = await created({ scopes: ['runs:read'] }, as(old.key))
    expect(child).toMatchObject({ servicePrincipalId: null, createdBy: old.id })
  })
})

test('nobody makes a principal that is more than they are', async () => {
  const scopes = SCOPES.filter((scope) => scope !== 'audit-logs:read')
  const { key } = await created({ scopes })
  for (const [role, status] of [
    ['owner', 403],
    ['admin', 403],
    ['developer', 201],
  ] as const) {
    const made = await ask('POST', '/v2/service-principals', { name: 'p', role }, as(key))
    expect(made.status).toBe(status)
  }
})

test('a principal that nobody of the project has is 404', async () => {
  const path = `/v2/service-principals/svc_${'e'.repeat(32)}`
  for (const [method, rest] of [
    ['GET', ''],
    ['POST', '/disable'],
    ['POST', '/enable'],
  ] as const) {
    expect(await refusalIn(await ask(method, path + rest))).toEqual([
      404,
      'service-principal.not-found',
    ])
  }
  const { data } = await jsonOf(await ask('GET', '/v2/service-principals?limit=2'))
  expect(data).toHaveLength(2)
})
