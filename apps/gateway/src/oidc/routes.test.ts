import type http from 'node:http'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { as, jsonOf, keyClient } from '../keys/testing/key-client.ts'
import { scopesOfRole } from '../members/role.ts'
import { echoIn, refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { AUDIENCE, inS, newKey, startIssuer, type TestIssuer } from './testing/issuer.ts'

const ORGANIZATION = `org_${'0'.repeat(32)}`
const PROJECT = `prj_${'0'.repeat(32)}`
const [OTHER, OTHER_PROJECT, OTHER_SECOND] = ['org_', 'prj_', 'prj_'].map(
  (prefix, n) => prefix + String(n + 1).repeat(32),
)

let issuer: TestIssuer
let gateway: TestGateway
let database: pg.Client
const { ask } = keyClient(() => gateway)
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({
    OIDC_ISSUER: issuer.origin,
    OIDC_AUDIENCE: AUDIENCE,
    LIMITS: '{"failures":null}',
  })
  database = new pg.Client({ connectionString: gateway.databaseUrl })
  await database.connect()
  await database.query('INSERT INTO organization (id, name) VALUES ($1, $1)', [OTHER])
  await database.query(
    'INSERT INTO project (id, organization_id, name) VALUES ($1, $3, $1), ($2, $3, $2)',
    [OTHER_PROJECT, OTHER_SECOND, OTHER],
  )
})
afterEach(() => {
  issuer.mode = 'up'
})
afterAll(async () => {
  await database.end()
  await gateway.close()
  await issuer.close()
})

let people = 0
/** Somebody new: a name that is their subject, and the first part of their address. */
const somebody = () => `person-${++people}`
const addressOf = (name: string) => `${name}@example.com`

async function member(body: object): Promise<string> {
  const response = await ask('POST', '/v2/members', { role: 'operator', ...body })
  expect(response.status).toBe(201)
  return String((await jsonOf(response)).id)
}

/** A member of the other organization, whose keys this test does not have. */
async function memberThere(column: 'email' | 'external_subject', value: string): Promise<void> {
  await database.query(
    `INSERT INTO member (id, organization_id, role, ${column})
     VALUES ('usr_' || md5($2), $1, 'viewer', $2)`,
    [OTHER, value],
  )
}

const asks = (token: string, project?: string, path = '/v1/runs') =>
  fetch(gateway.origin + path, {
    headers: { ...as(token), ...(project !== undefined && { 'dure-project': project }) },
  })

/** On a busy machine a look-up may not end in time: whoever asked is told to come again. */
const settled = (token: string) =>
  eventually(
    async () => {
      const { status } = await asks(token)
      expect(status).not.toBe(503)
      return status
    },
    { timeoutMs: 30_000 },
  )

/** Who a service is told that asks. */
async function identityFor(token: string, project?: string) {
  const response = await asks(token, project)
  expect(response.status).toBe(200)
  const { headers } = await echoIn(response)
  // Who asks is all that a service learns.
  for (const name of ['authorization', 'dure-project']) expect(headers).not.toHaveProperty(name)
  return gateway.verify('workflow', headers['x-dure-identity'])
}

describe('a token of the issuer', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('by %s says who asks', async (alg) => {
    const name = somebody()
    const id = await member({ externalSubject: name })
    const key = await newKey(`key-${alg}`, alg)
    issuer.keys.push(key)
    const token = await issuer.sign({ sub: name }, { key })
    // An issuer that was asked a moment ago is not asked again at once.
    await eventually(async () => expect((await asks(token)).status).toBe(200), {
      timeoutMs: 30_000,
    })
    expect(await identityFor(token)).toEqual({
      principalId: id,
      tenant: { organizationId: ORGANIZATION, projectId: PROJECT },
      scopes: scopesOfRole('operator'),
      roles: ['operator'],
    })
  })

  test('is not remembered beyond its end', async () => {
    const name = somebody()
    await member({ externalSubject: name })
    const token = await issuer.sign({ sub: name, exp: inS(2) })
    expect((await asks(token)).status).toBe(200)
    // The clocks may differ by 5 s; who is remembered is so for 30 s.
    await eventually(
      async () => expect(await refusalIn(await asks(token))).toEqual([401, 'token.expired']),
      { timeoutMs: 20_000 },
    )
  })

  test('makes a key that is no stronger than the role', async () => {
    const name = somebody()
    const id = await member({ externalSubject: name, role: 'developer' })
    const headers = as(await issuer.sign({ sub: name }))
    const stronger = { name: 'k', scopes: ['organizations:write'] }
    const refused = await ask('POST', '/v1/api-keys', stronger, headers)
    expect(await refusalIn(refused)).toEqual([403, 'key.stronger-than-maker'])
    const made = await ask('POST', '/v1/api-keys', { name: 'k', scopes: ['runs:read'] }, headers)
    expect(made.status).toBe(201)
    const { key } = (await made.json()) as { key: string }
    expect((await asks(key)).status).toBe(200)
    await ask('DELETE', `/v2/members/${id}`)
    expect(await refusalIn(await asks(key))).toEqual([401, 'key.revoked'])
  })

  test('opens routes of the gateway itself, as far as the role goes', async () => {
    const name = somebody()
    const id = await member({ externalSubject: name })
    const token = await issuer.sign({ sub: name })
    const own = await asks(token, undefined, `/v2/members/${id}`)
    expect([own.status, await jsonOf(own)]).toMatchObject([200, { id }])
    const keys = await asks(token, PROJECT, '/v1/api-keys')
    expect(await refusalIn(keys)).toEqual([403, 'key.scope-missing'])
  })

  test('with other kinds of a good type is taken, too', async () => {
    const name = somebody()
    await member({ externalSubject: name })
    for (const typ of [undefined, 'at+jwt', 'application/at+jwt']) {
      const token = await issuer.sign({ sub: name, aud: ['other', AUDIENCE] }, { header: { typ } })
      expect((await asks(token)).status).toBe(200)
    }
  })
})

describe('a member who is known by an address only', () => {
  test('is found by it once, when the issuer vouches for it; then by the subject alone', async () => {
    const name = somebody()
    const id = await member({ email: addressOf(name) })
    const claims = { sub: name, email: addressOf(name).toUpperCase(), email_verified: true }
    expect(await identityFor(await issuer.sign(claims))).toMatchObject({ principalId: id })
    expect(await jsonOf(await ask('GET', `/v2/members/${id}`))).toMatchObject({
      externalSubject: name,
    })
    const moved = { sub: name, email: 'new@example.com', email_verified: true }
    expect(await identityFor(await issuer.sign(moved))).toMatchObject({ principalId: id })
    const successor = await issuer.sign({ ...claims, sub: somebody() })
    expect(await refusalIn(await asks(successor))).toEqual([401, 'token.unknown-member'])
  })

  test.each([undefined, false, 'true', 1])(
    'is nobody when email_verified is %s',
    async (email_verified) => {
      const name = somebody()
      await member({ email: addressOf(name) })
      const token = await issuer.sign({ sub: name, email: addressOf(name), email_verified })
      expect(await refusalIn(await asks(token))).toEqual([401, 'token.unknown-member'])
    },
  )

  test('of two who come with one address at the same time, one is let in', async () => {
    const email = addressOf(somebody())
    await member({ email })
    const tokens = await Promise.all(
      Array.from({ length: 8 }, () =>
        issuer.sign({ sub: somebody(), email, email_verified: true }),
      ),
    )
    const statuses = await Promise.all(tokens.map(settled))
    expect(statuses.sort()).toEqual([200, ...Array(7).fill(401)])
  })

  test('is one person for two first requests at the same time', async () => {
    const name = somebody()
    const email = addressOf(name)
    await member({ email })
    const claims = { sub: name, email, email_verified: true }
    const tokens = await Promise.all(
      Array.from({ length: 4 }, (_, n) => issuer.sign({ ...claims, jti: String(n) })),
    )
    expect(await Promise.all(tokens.map(settled))).toEqual([200, 200, 200, 200])
  })

  test('is not found by the address when somebody has the subject', async () => {
    const name = somebody()
    const [bySubject] = [
      await member({ externalSubject: name }),
      await member({ email: addressOf(name) }),
    ]
    const claims = { sub: name, email: addressOf(name), email_verified: true }
    expect(await identityFor(await issuer.sign(claims))).toMatchObject({ principalId: bySubject })
  })
})

describe('the project', () => {
  test('decides the organization of who is in several, and has to be named', async () => {
    const name = somebody()
    const id = await member({ externalSubject: name })
    await memberThere('external_subject', name)
    const token = await issuer.sign({ sub: name })
    expect(await refusalIn(await asks(token))).toEqual([400, 'project.required'])
    expect(await identityFor(token, PROJECT)).toMatchObject({ principalId: id })
    expect(await identityFor(token, OTHER_SECOND)).toMatchObject({
      tenant: { organizationId: OTHER, projectId: OTHER_SECOND },
      roles: ['viewer'],
    })
  })

  test('has to be named where the organization has two', async () => {
    const name = somebody()
    await memberThere('email', addressOf(name))
    const claims = { sub: name, email: addressOf(name), email_verified: true }
    const token = await issuer.sign(claims)
    expect(await refusalIn(await asks(token))).toEqual([400, 'project.required'])
    expect(await identityFor(token, OTHER_PROJECT)).toMatchObject({ roles: ['viewer'] })
  })

  test('of others is as unknown as one that nobody has', async () => {
    const name = somebody()
    await member({ externalSubject: name })
    const token = await issuer.sign({ sub: name })
    const named = [OTHER_PROJECT, `prj_${'9'.repeat(32)}`, 'prj_', `${PROJECT}, ${PROJECT}`]
    const problems = await Promise.all(
      named.map(async (project) => {
        const response = await asks(token, project)
        const { instance: _instance, requestId: _id, ...problem } = await jsonOf(response)
        return problem
      }),
    )
    expect(problems[0]).toMatchObject({ status: 404, code: 'project.not-found' })
    for (const problem of problems) expect(problem).toEqual(problems[0])
  })
})

const streaming: http.RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
}

describe('a member who changes', () => {
  test('has the new role at once, at every instance', async () => {
    const replica = await gateway.replica()
    const name = somebody()
    const id = await member({ externalSubject: name })
    const token = await issuer.sign({ sub: name })
    const at = (path: string) => fetch(replica.origin + path, { headers: as(token) })
    for (let count = 0; count < 3; count++) expect((await at('/v2/members')).status).toBe(200)
    expect((await at('/v1/api-keys')).status).toBe(403)
    await ask('PATCH', `/v2/members/${id}`, { role: 'developer' })
    await eventually(async () => expect((await at('/v1/api-keys')).status).toBe(200), {
      timeoutMs: 20_000,
    })
  })

  test('who is removed is refused at once, and their streams end', async () => {
    const name = somebody()
    const id = await member({ externalSubject: name })
    const token = await issuer.sign({ sub: name })
    await gateway.withPeer('agent', streaming, async () => {
      const stream = await asks(token, undefined, '/v1/models')
      expect(stream.status).toBe(200)
      expect((await ask('DELETE', `/v2/members/${id}`)).status).toBe(204)
      await stream.text().catch(() => {})
    })
    expect(await refusalIn(await asks(token))).toEqual([401, 'token.unknown-member'])
  })

  test('a stream ends with the token of its reader', async () => {
    const name = somebody()
    await member({ externalSubject: name })
    await gateway.withPeer('agent', streaming, async () => {
      const token = await issuer.sign({ sub: name, exp: inS(3) })
      const stream = await asks(token, undefined, '/v1/models')
      expect(stream.status).toBe(200)
      await stream.text().catch(() => {})
    })
  })
})
