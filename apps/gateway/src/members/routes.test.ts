import type { Scope } from '@dure/contracts'
import { createPool } from '@dure/platform'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyManagement } from '../keys/management-service.ts'
import { as, jsonOf, keyClient } from '../keys/testing/key-client.ts'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { scopesOfRole } from './role.ts'

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

let people = 0
async function member(role: string): Promise<string> {
  const response = await ask('POST', '/v2/members', { role, email: `p${++people}@example.com` })
  expect(response.status).toBe(201)
  return String((await jsonOf(response)).id)
}

describe('a member', () => {
  test('is added once, by an e-mail address in any case, or by a subject', async () => {
    const added = await ask('POST', '/v2/members', { role: 'viewer', email: 'Hana@Example.com' })
    expect(await jsonOf(added)).toMatchObject({ role: 'viewer', email: 'hana@example.com' })
    const again = await ask('POST', '/v2/members', { role: 'admin', email: 'hana@example.COM' })
    expect(await refusalIn(again)).toEqual([409, 'member.exists'])
    const bySubject = { role: 'operator', externalSubject: 'auth|1' }
    expect((await ask('POST', '/v2/members', bySubject)).status).toBe(201)
    expect(await refusalIn(await ask('POST', '/v2/members', bySubject))).toEqual([
      409,
      'member.exists',
    ])
  })

  test.each([
    { role: 'viewer' },
    { role: 'god', email: 'a@b.c' },
    { role: 'viewer', email: 'no address' },
    { role: 'viewer', email: 'a@b@c' },
    { role: 'viewer', email: '' },
    { role: 'viewer', email: null },
    { role: 'viewer', externalSubject: '' },
    { role: 'viewer', email: 'a@b.c', id: `usr_${'1'.repeat(32)}` },
  ])('is not made of %j', async (body) => {
    expect((await ask('POST', '/v2/members', body)).status).toBe(400)
  })

  test('is not removed or changed when it is the last owner', async () => {
    const first = await member('owner')
    const only = await ask('DELETE', `/v2/members/${first}`)
    expect(await refusalIn(only)).toEqual([409, 'member.last-owner'])
    const changed = await ask('PATCH', `/v2/members/${first}`, { role: 'admin' })
    expect(await refusalIn(changed)).toEqual([409, 'member.last-owner'])
    const second = await member('owner')
    expect((await ask('DELETE', `/v2/members/${second}`)).status).toBe(204)
    expect(await jsonOf(await ask('GET', `/v2/members/${first}`))).toMatchObject({ role: 'owner' })
  })

  test('of two owners, when both are removed at the same time, one stays', async () => {
    const owners = [await member('owner'), await member('owner')]
    const others = await jsonOf(await ask('GET', '/v2/members?limit=100'))
    for (const { id, role } of others.data as { id: string; role: string }[]) {
      if (role === 'owner' && !owners.includes(id)) await ask('DELETE', `/v2/members/${id}`)
    }
    const answers = await Promise.all(owners.map((id) => ask('DELETE', `/v2/members/${id}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  test('cannot be made or changed by somebody who is less', async () => {
    const { key } = await created({ scopes: ['organizations:read', 'organizations:write'] })
    const made = await ask('POST', '/v2/members', { role: 'admin', email: 'x@y.z' }, as(key))
    expect(await refusalIn(made)).toEqual([403, 'member.role-too-high'])
    const admin = await member('admin')
    for (const [method, body] of [
      ['PATCH', { role: 'viewer' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await ask(method, `/v2/members/${admin}`, body, as(key))
      expect(await refusalIn(refused)).toEqual([403, 'member.role-too-high'])
    }
  })

  test('loses the keys that it made for itself when it is removed', async () => {
    const id = await member('developer')
    const own = await created()
    await database.query('UPDATE api_key SET created_by = $1 WHERE id = $2', [id, own.id])
    expect((await ask('DELETE', `/v2/members/${id}`)).status).toBe(204)
    expect(await jsonOf(await ask('GET', `/v1/api-keys/${own.id}`))).toMatchObject({
      state: 'revoked',
    })
    expect(await refusalIn(await ask('GET', '/v1/runs', undefined, as(own.key)))).toEqual([
      401,
      'key.revoked',
    ])
    expect(await refusalIn(await ask('GET', `/v2/members/${id}`))).toEqual([
      404,
      'member.not-found',
    ])
  })
})

describe('the keys that a member made for themselves', () => {
  const scopesOf = async (id: string) => {
    const { state, scopes } = await jsonOf(await ask('GET', `/v1/api-keys/${id}`))
    return state === 'active' ? scopes : state
  }
  const MANAGE = ['api-keys:read', 'api-keys:write']

  /** Keys of a new member: one, one that it has made, one that is left with nothing, one for a program. */
  async function keysOf(id: string) {
    const principal = await jsonOf(
      await ask('POST', '/v2/service-principals', { name: 'import', role: 'developer' }),
    )
    const own = await created({
      scopes: [...MANAGE, 'runs:read', 'workflows:write'],
      roles: ['owner'],
    })
    const child = await created({ scopes: ['runs:read', 'workflows:write'] }, as(own.key))
    const only = await created({ scopes: ['workflows:write'] })
    const program = await created({ scopes: ['workflows:write'], servicePrincipalId: principal.id })
    await database.query('UPDATE api_key SET created_by = $1 WHERE id = ANY ($2)', [
      id,
      [own.id, only.id, program.id],
    ])
    return { own, child, only, program }
  }

  test('lose at once what a lower role lacks, and get nothing back', async () => {
    const id = await member('developer')
    const { own, child, only, program } = await keysOf(id)
    expect((await ask('PATCH', `/v2/members/${id}`, { role: 'viewer' })).status).toBe(200)

    expect(await scopesOf(own.id)).toEqual(['runs:read'])
    expect(await jsonOf(await ask('GET', `/v1/api-keys/${own.id}`))).toMatchObject({ roles: [] })
    expect(await scopesOf(child.id)).toEqual(['runs:read'])
    expect(await scopesOf(only.id)).toBe('revoked')
    expect(await scopesOf(program.id)).toEqual(['workflows:write'])
    const refused = await ask('GET', '/v1/api-keys', undefined, as(own.key))
    expect(await refusalIn(refused)).toEqual([403, 'key.scope-missing'])

    expect((await ask('PATCH', `/v2/members/${id}`, { role: 'admin' })).status).toBe(200)
    expect(await scopesOf(own.id)).toEqual(['runs:read'])
    expect(await scopesOf(only.id)).toBe('revoked')
  })

  test('go with the member, and with them what they have made', async () => {
    const id = await member('developer')
    const { own, child, only, program } = await keysOf(id)
    expect((await ask('DELETE', `/v2/members/${id}`)).status).toBe(204)
    for (const { id: key } of [own, child, only]) expect(await scopesOf(key)).toBe('revoked')
    expect(await scopesOf(program.id)).toEqual(['workflows:write'])
  })

  test('every instance hears of one that lost only a role', async () => {
    const id = await member('developer')
    const { id: key } = await created({ scopes: ['runs:read'], roles: ['finance'] })
    await database.query('UPDATE api_key SET created_by = $1 WHERE id = $2', [id, key])
    await ask('PATCH', `/v2/members/${id}`, { role: 'operator' })
    const { rows } = await database.query('SELECT FROM key_change WHERE subject_id = $1', [key])
    expect(rows).not.toEqual([])
  })

  test('are made with the role that the member has, not with the one of a moment ago', async () => {
    const pool = createPool({ DATABASE_URL: gateway.databaseUrl })
    const keys = createKeyManagement({
      ...{ pool, seal: () => ({ hash: Buffer.alloc(32), pepperVersion: 1 }) },
      announce: async () => {},
    })
    const id = await member('viewer')
    const { rows } = await database.query(
      "SELECT organization_id, project_id FROM api_key WHERE name = 'Bootstrap'",
    )
    const maker = {
      ...{ principalId: id, scopes: [...scopesOfRole('developer')], roles: ['developer'] },
      tenant: { organizationId: rows[0].organization_id, projectId: rows[0].project_id },
    }
    const make = (scope: Scope) => keys.create(maker, { name: 'late', scopes: [scope] })
    await expect(make('workflows:write')).rejects.toMatchObject({ code: 'key.stronger-than-maker' })
    expect((await make('runs:read')).managed.scopes).toEqual(['runs:read'])
    await ask('DELETE', `/v2/members/${id}`)
    await expect(make('runs:read')).rejects.toMatchObject({ code: 'token.unknown-member' })
    await pool.end()
  })
})

test('a member of another organization is as unknown as one that nobody has', async () => {
  const organization = `org_${'f'.repeat(32)}`
  const foreign = `usr_${'f'.repeat(32)}`
  await database.query('INSERT INTO organization (id, name) VALUES ($1, $1)', [organization])
  await database.query(
    "INSERT INTO member (id, organization_id, email, role) VALUES ($1, $2, 'f@f.f', 'viewer')",
    [foreign, organization],
  )
  for (const [method, body] of [
    ['GET', undefined],
    ['PATCH', { role: 'viewer' }],
    ['DELETE', undefined],
  ] as const) {
    const answers = await Promise.all(
      [foreign, `usr_${'0'.repeat(32)}`].map(async (id) => {
        const response = await ask(method, `/v2/members/${id}`, body)
        const { instance: _instance, requestId: _id, ...problem } = await jsonOf(response)
        return problem
      }),
    )
    expect(answers[0]).toMatchObject({ status: 404, code: 'member.not-found' })
    expect(answers[0]).toEqual(answers[1])
  }
  const { data } = await jsonOf(await ask('GET', '/v2/members?limit=100'))
  expect(data).not.toContainEqual(expect.objectContaining({ id: foreign }))
})
