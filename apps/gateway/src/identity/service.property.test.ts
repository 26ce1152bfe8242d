import type { Identity, OrganizationId, ProjectId } from '@dure/contracts'
import { createIdentitySigner, createIdentityVerifier } from '@dure/platform'
import { testIdentity } from '@dure/platform/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdentityTokens } from './service.ts'

/** More of them find more. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 10)
const { publicKey, privateKey } = testIdentity()
const AUDIENCES = ['agent', 'workflow'] as const
const verifiers = AUDIENCES.map((audience) => createIdentityVerifier({ publicKey, audience }))

const id = (prefix: string, n: number) => `${prefix}_${String(n).repeat(32)}`
/** Few values of each: most identities differ from another one in a single thing. */
const identity: fc.Arbitrary<Identity> = fc
  .record({
    organization: fc.integer({ min: 1, max: 2 }),
    project: fc.integer({ min: 1, max: 2 }),
    principal: fc.integer({ min: 1, max: 2 }),
    scopes: fc.constantFrom<Identity['scopes'][]>(['runs:read'], ['runs:read', 'runs:write']),
    role: fc.option(fc.constantFrom('admin', 'viewer'), { nil: undefined }),
  })
  .map(({ organization, project, principal, scopes, role }) => ({
    tenant: {
      organizationId: id('org', organization) as OrganizationId,
      projectId: id('prj', project) as ProjectId,
    },
    principalId: id('key', principal),
    scopes,
    ...(role && { roles: [role] }),
  }))
const request = fc.record({ identity: fc.nat(5), audience: fc.nat(1), isCopy: fc.boolean() })

test('a token that is kept vouches for nobody but who asks, to nobody but who is asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(identity, { minLength: 6, maxLength: 6 }),
      fc.array(fc.array(request, { minLength: 1, maxLength: 8 }), { minLength: 5, maxLength: 10 }),
      async (identities, groups) => {
        const tokens = createIdentityTokens(createIdentitySigner({ privateKey }))
        const ask = async (one: (typeof groups)[number][number]) => {
          const known = identities[one.identity] as Identity
          // Whoever is known comes with the same object, whoever is looked up again with one like it.
          const who = one.isCopy ? structuredClone(known) : known
          const audience = AUDIENCES[one.audience] as (typeof AUDIENCES)[number]
          const token = await tokens.tokenFor(who, audience)
          expect(await verifiers[one.audience]?.verify(token)).toEqual(known)
        }
        for (const group of groups) await Promise.all(group.map(ask))
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 60_000)
