import { eventually, testTenant } from '@dure/platform/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'

/** More of them find more; each takes some seconds. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 3)
const TENANTS = [testTenant('1'), testTenant('2')] as const
/** With a key that the graph gives, and with what is asked as the key. */
const POLICIES = [{ cache: { ttlS: 600, key: '{{ input.question }}' } }, { cache: { ttlS: 600 } }]

let harness: Harness
/** By policy, then by tenant: the same graph for both. */
const workflows: string[][] = []
/** What each tenant has caused, in order. */
let caused: string[]
beforeAll(async () => {
  harness = await startHarness()
  harness.answer = ({ tenant }, { prompt }) => {
    const answer = `${tenant.projectId} ${prompt} ${caused.length}`
    caused.push(answer)
    return succeeded({ text: answer })
  }
  for (const policy of POLICIES) {
    workflows.push(await Promise.all(TENANTS.map((tenant) => publish(asking(policy), tenant))))
  }
})
afterAll(() => harness.close())

const asking = (policy: object) => ({
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'ask', type: 'llm', config: { prompt: '{{ input.question }}' }, policy },
    { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.ask.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', to: 'end' },
  ],
})

async function publish(graph: object, tenant: (typeof TENANTS)[number]): Promise<string> {
  const post = async (url: string, body?: object) => {
    const response = await harness.call({ method: 'POST', url, body, as: { tenant } })
    expect(response.status).toBeLessThan(300)
    return response.json()
  }
  const { id } = await post('/v1/workflows', { name: 'Asking', graph })
  await post(`/v1/workflows/${id}/versions`)
  await post(`/v1/workflows/${id}/versions/1/publish`)
  return id
}

const step = fc.record({ tenant: fc.nat(1), policy: fc.nat(1), question: fc.nat(2) })
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
/** What is in one of the lists is asked at the same time. */
const interleaving = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: 4,
  maxLength: 8,
})

async function run({ tenant, policy }: Step, question: string): Promise<string> {
  const as = { tenant: TENANTS[tenant] as (typeof TENANTS)[number] }
  const url = `/v1/workflows/${workflows[policy]?.[tenant]}/runs`
  const started = await harness.call({ method: 'POST', url, body: { input: { question } }, as })
  const { id } = await started.json()
  return eventually(
    async () => {
      const one = await (await harness.call({ url: `/v1/runs/${id}`, as })).json()
      expect(one.status).toBe('completed')
      return (one.output as { text: string }).text
    },
    { timeoutMs: 30_000 },
  )
}

test(
  'a result that is kept is given to no tenant but the one that caused it',
  async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(interleaving, async (groups) => {
        round += 1
        caused = []
        const asked = new Map<string, number>()
        for (const group of groups) {
          const known = new Set(asked.keys())
          const before = caused.length
          const answers = group.map(async (one) => {
            const question = `${round}-${one.question}`
            const { projectId } = TENANTS[one.tenant] as (typeof TENANTS)[number]
            expect(await run(one, question)).toMatch(new RegExp(`^${projectId} ${question} \\d+$`))
            const key = JSON.stringify(one)
            asked.set(key, (asked.get(key) ?? 0) + 1)
            return key
          })
          const fresh = (await Promise.all(answers)).filter((key) => !known.has(key))
          // One and the same tenant is given what is kept; that another has asked spares nobody the asking.
          expect(caused.length - before).toBeGreaterThanOrEqual(new Set(fresh).size)
          expect(caused.length - before).toBeLessThanOrEqual(fresh.length)
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  },
  RUNS * 120_000,
)
