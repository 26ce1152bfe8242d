import { testTenant } from '@dure/platform/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Payer } from '../models/model-call.ts'
import { reservationKeyOf } from '../models/reservation-key.ts'
import { BudgetExceededError } from './spending.ts'
import { createSpending } from './spending-service.ts'
import { type LedgerUnderTest, startLedger } from './testing/ledger.ts'

let books: LedgerUnderTest
beforeAll(async () => {
  books = await startLedger()
})
afterAll(() => books.close())

interface Call {
  readonly project: number
  readonly agent: number
  readonly run: number
  readonly estimate: number
  readonly cost: number
  /** What becomes of it, and how often it is said. */
  readonly end: 'settled' | 'abandoned' | 'late'
  readonly times: number
  /** How often whoever makes it dies between the answer of its provider and the books, and it is made again. */
  readonly deaths: number
}
type Step =
  | { readonly do: 'call'; readonly call: Call }
  | { readonly do: 'set-limit'; readonly budget: number; readonly limit: number }
  | { readonly do: 'kill' }
  | { readonly do: 'sweep' }

const few = fc.integer({ min: 0, max: 1 })
const call = fc.record({
  ...{ project: few, agent: few, run: few },
  estimate: fc.integer({ min: 0, max: 60 }),
  cost: fc.integer({ min: 0, max: 90 }),
  end: fc.constantFrom('settled', 'settled', 'abandoned', 'late'),
  times: fc.integer({ min: 1, max: 3 }),
  deaths: fc.constantFrom(0, 0, 0, 1, 2),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: call.map((one): Step => ({ do: 'call', call: one as Call })) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set-limit' as const),
      budget: fc.integer({ min: 0, max: 4 }),
      limit: fc.integer({ min: 0, max: 200 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'kill' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'sweep' }) },
)
/** Several that are carried out at the same time. */
const programs = fc.array(fc.array(step, { maxLength: 12 }), { minLength: 2, maxLength: 6 })

const KILL = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' LIMIT 1`
const NEVER_OVER = `SELECT FROM ledger_entry WHERE kind = 'reserve' AND available < 0 AND balance < 0`
const OVERDUE = `UPDATE reservation SET deadline = '-infinity' WHERE call_key = $1`
const DEADLOCKS = 'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'

/** What events tell that the calls of an organization cost. */
async function toldIn(organizationId: string): Promise<number> {
  const text = `
    SELECT coalesce(sum((data -> 'usage' ->> 'costMicroUsd')::bigint - coalesce((data ->> 'correctsMicroUsd')::bigint, 0)), 0)
      AS told FROM events WHERE organization_id = $1 AND type = 'call.paid'`
  return Number((await books.pool.query(text, [organizationId])).rows[0]?.told)
}

let round = 0
/** A round has budgets of its own, over two projects of one organization. */
async function startRound() {
  round += 1
  const own = testTenant(round.toString(16))
  const tenants = [own, { ...own, projectId: testTenant(`f${round.toString(16)}`).projectId }]
  const at = (project: number) => tenants[project] ?? own
  const budgets = [
    await books.budget({ tenant: own, scope: 'organization', limitMicroUsd: 400 }),
    await books.budget({ tenant: own, limitMicroUsd: 250, warnAtPercents: [50, 100] }),
    await books.budget({ tenant: at(1), limitMicroUsd: 150, period: 'month' }),
    await books.budget({ tenant: own, scope: 'agent', subjectId: 'agt_0', limitMicroUsd: 120 }),
    await books.budget({ tenant: own, scope: 'run', limitMicroUsd: 90 }),
  ]
  /** The accounts that a call is paid from, as the rules say it in other words. */
  const paidFrom = ({ project, agent, run }: Call) => [
    `${budgets[0]}/`,
    ...(project === 1 ? [`${budgets[2]}/`] : [`${budgets[1]}/`, `${budgets[4]}/run_${run}`]),
    ...(project === 0 && agent === 0 ? [`${budgets[3]}/`] : []),
  ]
  return { at, budgets, paidFrom }
}

/** Until it is known what became of it: a killed connection says nothing. */
async function surely<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof BudgetExceededError || tries === 20) throw error
    }
  }
}

async function runProgram(lanes: readonly (readonly Step[])[]): Promise<void> {
  const { at, budgets, paidFrom } = await startRound()
  const spending = createSpending({ ledger: books.ledger, reservationMs: 600_000 })
  const spent = new Map<string, number>()
  /** What providers ask for, by the accounts that it is to come from. */
  const charged = new Map<string, number>()
  const add = (to: Map<string, number>, one: Call, amount: number) => {
    for (const account of paidFrom(one)) to.set(account, (to.get(account) ?? 0) + amount)
  }

  const payerOf = ({ project, run, agent }: Call): Payer => ({
    tenant: at(project),
    runId: `run_${run}`,
    agentId: `agt_${agent}`,
  })

  async function sweep() {
    for (const one of await books.ledger.overdue(100)) await books.ledger.expire(one)
  }

  /** @returns whether it may be made */
  async function reserve(one: Call, key: string): Promise<boolean> {
    for (let time = 0; time < one.times; time += 1) {
      const asked = {
        kind: 'helper' as const,
        key,
        payer: payerOf(one),
        estimateMicroUsd: one.estimate,
        lastsMs: 600_000,
      }
      const { outcome } = await surely(() => books.ledger.reserve(asked))
      if (outcome === 'exceeded') return false
    }
    return true
  }

  /** Reserves, is charged, and is killed: nobody will settle it. */
  async function die(one: Call, key: string): Promise<boolean> {
    if (!(await reserve(one, key))) return false
    await surely(() => books.pool.query(OVERDUE, [key]))
    // An estimate is an upper bound.
    add(charged, one, Math.min(one.cost, one.estimate))
    add(spent, one, one.estimate)
    return true
  }

  async function make(one: Call, name: string): Promise<void> {
    for (let death = 0; death < one.deaths; death += 1) {
      if (!(await die(one, reservationKeyOf(name)))) return
    }
    const key = reservationKeyOf(name)
    if (!(await reserve(one, key))) return
    await end(one, key)
  }

  async function end(one: Call, key: string): Promise<void> {
    // Whoever sweeps from now on takes its owner for dead.
    if (one.end !== 'settled') await surely(() => books.pool.query(OVERDUE, [key]))
    if (one.end === 'late') await surely(sweep)
    if (one.end !== 'abandoned') {
      for (let time = 0; time < one.times; time += 1) {
        const costMicroUsd = one.cost + time
        const used = { inputTokens: 1, outputTokens: 0 }
        const call = { kind: 'helper' as const, key, payer: payerOf(one) }
        await surely(() => spending.settle({ ...call, costMicroUsd, used }))
      }
    }
    const isAbandoned = one.end === 'abandoned'
    add(charged, one, isAbandoned ? Math.min(one.cost, one.estimate) : one.cost)
    add(spent, one, isAbandoned ? one.estimate : one.cost)
  }

  async function take(one: Step, key: string): Promise<void> {
    if (one.do === 'call') return make(one.call, key)
    if (one.do === 'set-limit') {
      return surely(() => books.setLimit(budgets[one.budget] ?? '', one.limit))
    }
    if (one.do === 'sweep') return surely(sweep)
    // Whoever is at it loses its connection, perhaps in the middle of a statement.
    await books.pool.query(KILL).catch(() => {})
  }

  await Promise.all(
    lanes.map(async (steps, lane) => {
      for (const [index, one] of steps.entries()) await take(one, `${round}/${lane}/${index}`)
    }),
  )
  await surely(sweep)

  const accounts = (await surely(() => books.accounts())).filter(({ budgetId }) =>
    budgets.includes(budgetId),
  )
  for (const { budgetId, runId, available, reserved, spent: booked, limit } of accounts) {
    expect(available + reserved + booked).toBe(limit)
    const account = `${budgetId}/${runId}`
    expect([reserved, booked]).toEqual([0, spent.get(account) ?? 0])
    expect(booked).toBeGreaterThanOrEqual(charged.get(account) ?? 0)
  }
  expect(await surely(() => toldIn(at(0).organizationId))).toBe(spent.get(`${budgets[0]}/`) ?? 0)
  expect(await surely(() => books.faults())).toEqual([])
  expect((await surely(() => books.pool.query(NEVER_OVER))).rowCount).toBe(0)
}

describe('the books', () => {
  test('are right to the micro-dollar, whatever is done at the same time, and whoever dies', async () => {
    await fc.assert(fc.asyncProperty(programs, runProgram), {
      numRuns: 25,
      endOnFailure: true,
    })
    expect((await books.pool.query(DEADLOCKS)).rows).toEqual([{ deadlocks: '0' }])
  }, 120_000)

  test('let through exactly what fits when many ask at once', async () => {
    const tenant = testTenant('eeee')
    const id = await books.budget({ tenant, limitMicroUsd: 1000 })
    const organization = await books.budget({ tenant, scope: 'organization', limitMicroUsd: 5000 })
    const spending = createSpending({ ledger: books.ledger, reservationMs: 600_000 })

    const asked = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) =>
        spending.reserve({
          kind: 'helper' as const,
          key: `many/${n}`,
          payer: { tenant },
          estimateMicroUsd: 7,
        }),
      ),
    )

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(142)
    const accounts = await books.accounts()
    expect(accounts.find(({ budgetId }) => budgetId === id)).toMatchObject({ available: 6 })
    expect(accounts.find(({ budgetId }) => budgetId === organization)?.reserved).toBe(994)
  })
})
