import type { OrganizationId } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { eventually, silentLog, type TestDatabase, testDatabase } from '@dure/platform/testing'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_POLICIES, type Policies } from './policy.ts'
import { createPolicyService } from './policy-service.ts'
import { createPolicyStore } from './policy-store.ts'

/** More of them find more. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 10)
const ORGANIZATIONS = ['1', '2'].map((n) => `org_${n.repeat(32)}` as OrganizationId)

let database: TestDatabase
let pool: pg.Pool
let superuser: pg.Pool
beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  superuser = createPool({ DATABASE_URL: database.superuserUrl })
  const add = "INSERT INTO organization (id, name) SELECT id, 'o' FROM unnest($1::text[]) AS id"
  await superuser.query(add, [ORGANIZATIONS])
})
afterAll(async () => {
  await Promise.all([pool.end(), superuser.end()])
  await database.drop()
})

const step = fc.record({
  organization: fc.nat(1),
  do: fc.constantFrom('ask', 'ask', 'ask', 'choose', 'forget'),
  limit: fc.integer({ min: 1, max: 400 }),
})
/** What is in one of the lists is done at the same time. */
const interleaving = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
  minLength: 5,
  maxLength: 10,
})

/** Odd ones are of the one organization, even ones of the other: whose it is can be seen. */
const chosenBy = (organization: number, limit: number): Policies => ({
  own: { kind: 'rate', per: 'key', limit: limit * 2 + organization, periodS: 1, burst: 1 },
})

test('limits that are known hold for nobody but the organization that has chosen them', async () => {
  await fc.assert(
    fc.asyncProperty(interleaving, async (groups) => {
      await superuser.query('DELETE FROM limit_policy')
      const policies = createPolicyService({
        ...{ store: createPolicyStore(pool), installation: DEFAULT_POLICIES, log: silentLog() },
        ...{ announce: async () => {}, reuseMs: 0 },
      })
      const act = async (one: (typeof groups)[number][number]) => {
        const id = ORGANIZATIONS[one.organization] as OrganizationId
        if (one.do === 'forget') policies.forget([id])
        else if (one.do === 'choose') {
          const chosen = chosenBy(one.organization, one.limit)
          await policies.choose(id, { chosen, expected: undefined })
        }
        const { own } = await policies.of(id)
        if (own?.kind === 'rate') expect(own.limit % 2).toBe(one.organization)
      }
      for (const group of groups) await Promise.all(group.map(act))
      policies.forget('all')
      for (const id of ORGANIZATIONS) {
        const { chosen } = await policies.get(id)
        await eventually(async () => expect((await policies.of(id)).own).toEqual(chosen.own))
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 60_000)
