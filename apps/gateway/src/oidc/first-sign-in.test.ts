import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, jsonOf, keyClient } from '../keys/testing/key-client.ts'
import { startGateway, type TestGateway } from '../testing/gateway.ts'
import { AUDIENCE, startIssuer, type TestIssuer } from './testing/issuer.ts'

let issuer: TestIssuer
let gateway: TestGateway
const { ask } = keyClient(() => gateway)
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({ OIDC_ISSUER: issuer.origin, OIDC_AUDIENCE: AUDIENCE })
})
afterAll(async () => {
  await gateway.close()
  await issuer.close()
})

async function signIn(claims: object): Promise<void> {
  const token = await issuer.sign({ email_verified: true, ...claims })
  // On a busy machine a look-up may not end in time: whoever asked is told to come again.
  await eventually(
    async () => {
      const { status } = await gateway.fetch('/v1/runs', { headers: as(token) })
      expect(status).toBe(200)
    },
    { timeoutMs: 30_000 },
  )
}

async function entriesOf(body: object) {
  const member = await jsonOf(await ask('POST', '/v2/members', { role: 'operator', ...body }))
  return {
    id: String(member.id),
    entries: async () => {
      const { data } = await jsonOf(await ask('GET', `/v1/audit-logs?target=${member.id}`))
      return data as object[]
    },
  }
}

test('who becomes a member by an address is in the audit log, once for all who come at that time', async () => {
  const { id, entries } = await entriesOf({ email: 'hana@example.com' })
  const claims = { sub: 'hana', email: 'hana@example.com' }
  await Promise.all(Array.from({ length: 4 }, (_, n) => signIn({ ...claims, jti: String(n) })))
  expect(await entries()).toMatchObject([
    {
      ...{ action: 'first sign-in', phase: 'answered', principalId: id, targets: [id] },
      ...{ ip: '127.0.0.1', requestId: expect.stringMatching(/^req_/) },
    },
  ])
})

test('who was added by a subject changes nothing with a token', async () => {
  const { entries } = await entriesOf({ externalSubject: 'minho' })
  await signIn({ sub: 'minho' })
  expect(await entries()).toEqual([])
})
