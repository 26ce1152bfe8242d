import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Payer } from '../models/model-call.ts'
import { BudgetExceededError, type Spending } from './spending.ts'
import { createSpending, NO_BUDGET_MS } from './spending-service.ts'
import { type LedgerUnderTest, startLedger } from './testing/ledger.ts'

let books: LedgerUnderTest
let spending: Spending
beforeAll(async () => {
  books = await startLedger()
  spending = createSpending({ ledger: books.ledger, reservationMs: 60_000 })
})
afterAll(() => books.close())

let digits = 0
/** One that has no budgets yet. */
function newTenant() {
  digits += 1
  return testTenant(digits.toString(16))
}
async function accountOf(budgetId: string) {
  return (await books.accounts()).find((account) => account.budgetId === budgetId)
}
async function eventsOf(budgetId: string) {
  const text = 'SELECT type, data FROM events WHERE stream LIKE $1 ORDER BY pos'
  return (await books.pool.query(text, [`${budgetId}/%`])).rows
}
const refused = (error: unknown) => (error instanceof BudgetExceededError ? error.details : error)

describe('money for a call', () => {
  test('is taken before it and booked after it, to the micro-dollar, however often that is said', async () => {
    const tenant = newTenant()
    const id = await books.budget({ tenant, limitMicroUsd: 1000 })
    const call = { kind: 'helper' as const, key: 'run_1/ask#1', payer: { tenant } }

    for (const _ of [1, 2]) {
      const reservation = await spending.reserve({ ...call, estimateMicroUsd: 400 })
      expect(reservation).toEqual({ reservedMicroUsd: 400 })
      expect(await accountOf(id)).toMatchObject({ available: 600, reserved: 400, spent: 0 })
    }
    for (const costMicroUsd of [137, 999]) {
      await spending.settle({ ...call, costMicroUsd })
      expect(await accountOf(id)).toMatchObject({ available: 863, reserved: 0, spent: 137 })
    }
    expect(await books.faults()).toEqual([])
  })

  test('is taken again when the call is made again, since that is paid for again', async () => {
    const tenant = newTenant()
    const id = await books.budget({ tenant, limitMicroUsd: 1000 })
    const call = { kind: 'helper' as const, key: 'again', payer: { tenant } }

    for (const costMicroUsd of [0, 30, 12]) {
      await spending.reserve({ ...call, estimateMicroUsd: 400 })
      await spending.settle({ ...call, costMicroUsd })
    }

    expect(await accountOf(id)).toMatchObject({ available: 958, reserved: 0, spent: 42 })
  })

  test('is taken from every budget that applies, or from none', async () => {
    const tenant = newTenant()
    const payer: Payer = { tenant, runId: 'exe_1', agentId: 'agt_1', keyId: 'key_1' }
    const large = await books.budget({ tenant, scope: 'organization', limitMicroUsd: 1000 })
    const small = await books.budget({ tenant, scope: 'agent', subjectId: 'agt_1', policy: 'ask' })
    await books.setLimit(small, 100)
    const other = await books.budget({ tenant, scope: 'agent', subjectId: 'agt_2' })
    const perRun = await books.budget({ tenant, scope: 'run', limitMicroUsd: 500 })
    const ofKey = await books.budget({ tenant, scope: 'key', subjectId: 'key_1' })

    const refusal = await spending
      .reserve({ kind: 'helper' as const, key: 'a', payer, estimateMicroUsd: 101 })
      .catch(refused)
    expect(refusal).toEqual({ budgetId: small, scope: 'agent', leftMicroUsd: 100, policy: 'ask' })
    for (const id of [large, perRun, ofKey]) expect((await accountOf(id))?.reserved).toBe(0)

    await spending.reserve({ kind: 'helper' as const, key: 'b', payer, estimateMicroUsd: 100 })
    for (const id of [large, small, perRun, ofKey]) {
      expect((await accountOf(id))?.reserved).toBe(100)
    }
    expect(await accountOf(other)).toBeUndefined()
    // Each run has all of a budget for runs; who has no run, agent or key, has none of their budgets.
    await spending.reserve({
      kind: 'helper' as const,
      key: 'c',
      payer: { tenant },
      estimateMicroUsd: 100,
    })
    expect((await accountOf(ofKey))?.reserved).toBe(100)
    const unlike = { ...payer, runId: 'exe_2', agentId: 'agt_3' }
    await spending.reserve({
      kind: 'helper' as const,
      key: 'd',
      payer: unlike,
      estimateMicroUsd: 100,
    })
    const runs = (await books.accounts()).filter(({ budgetId }) => budgetId === perRun)
    expect(runs.map(({ runId, available }) => [runId, available])).toEqual([
      ['exe_1', 400],
      ['exe_2', 400],
    ])
  })

  test('of an organization is that of all its projects, and of no other organization', async () => {
    const tenant = newTenant()
    const sister = { ...tenant, projectId: newTenant().projectId }
    const stranger = newTenant()
    const id = await books.budget({ tenant, scope: 'organization', limitMicroUsd: 10 })

    await spending.reserve({
      kind: 'helper' as const,
      key: 'a',
      payer: { tenant },
      estimateMicroUsd: 6,
    })
    await spending.reserve({
      kind: 'helper' as const,
      key: 'a',
      payer: { tenant: stranger },
      estimateMicroUsd: 6,
    })
    const third = spending.reserve({
      kind: 'helper' as const,
      key: 'a',
      payer: { tenant: sister },
      estimateMicroUsd: 6,
    })

    await expect(third).rejects.toMatchObject({ code: 'budget.exceeded', transient: false })
    expect(await accountOf(id)).toMatchObject({ available: 4, reserved: 6 })
  })

  test('that was more than reserved is booked, seen, and keeps the next call from being made', async () => {
    const tenant = newTenant()
    const id = await books.budget({ tenant, limitMicroUsd: 100, warnAtPercents: [50, 90] })
    const call = { kind: 'helper' as const, key: 'a', payer: { tenant } }
    await spending.reserve({ ...call, estimateMicroUsd: 60 })
    await spending.settle({ ...call, costMicroUsd: 160 })

    expect(await accountOf(id)).toMatchObject({ available: -60, reserved: 0, spent: 160 })
    const next = await spending
      .reserve({ ...call, key: 'b', estimateMicroUsd: 0 })
      .catch((error: Error) => error.message)
    expect(next).toBe(
      `The budget ${id} (project) is used up, -60 micro-US-dollars are left: raise its limit, or wait for its next period`,
    )
    const data = { budgetId: id, scope: 'project', policy: 'stop', limitMicroUsd: 100 }
    expect(await eventsOf(id)).toEqual([
      {
        type: 'budget.warning',
        data: { ...data, percent: 90, reservedMicroUsd: 0, spentMicroUsd: 160 },
      },
      { type: 'budget.exceeded', data: { ...data, reservedMicroUsd: 0, spentMicroUsd: 160 } },
    ])
    await books.setLimit(id, 1000)
    await spending.reserve({ ...call, key: 'b', estimateMicroUsd: 840 })
    expect(await accountOf(id)).toMatchObject({ available: 0, limit: 1000 })
    expect(await books.faults()).toEqual([])
  })

  test('that nobody settled is booked in full, and set right when somebody does after all', async () => {
    const tenant = newTenant()
    const id = await books.budget({ tenant, limitMicroUsd: 100 })
    const call = { kind: 'helper' as const, key: 'dead', payer: { tenant } }
    await books.ledger.reserve({ ...call, estimateMicroUsd: 60, lastsMs: 0 })
    const due = await books.ledger.overdue(10)
    expect(due).toEqual([{ ...tenant, key: 'dead' }])

    const expired = await Promise.all(due.map((one) => books.ledger.expire(one)))
    expect([...expired, await books.ledger.expire({ ...tenant, key: 'dead' })]).toEqual([
      true,
      false,
    ])
    expect(await accountOf(id)).toMatchObject({ available: 40, reserved: 0, spent: 60 })
    await spending.settle({ ...call, costMicroUsd: 10 })
    await spending.settle({ ...call, costMicroUsd: 10 })
    expect(await accountOf(id)).toMatchObject({ available: 90, reserved: 0, spent: 10 })
    const { rows } = await books.pool.query(
      'SELECT kind FROM ledger_entry WHERE budget_id = $1 ORDER BY id',
      [id],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['fund', 'reserve', 'expire', 'correct'])
    expect(await books.faults()).toEqual([])
  })

  test('asks for a cheaper model near the end, by the budget that is nearest to it', async () => {
    const tenant = newTenant()
    const cheaper = { tenant, policy: 'cheaper-model', degradeAtPercent: 50 }
    await books.budget({ ...cheaper, limitMicroUsd: 1000, cheaperModel: 'small' })
    const one = { ...cheaper, scope: 'organization', limitMicroUsd: 800 }
    await books.budget({ ...one, cheaperModel: 'tiny' })
    const reserve = (key: string, estimateMicroUsd: number) =>
      spending.reserve({ kind: 'helper' as const, key, payer: { tenant }, estimateMicroUsd })

    expect(await reserve('a', 399)).toEqual({ reservedMicroUsd: 399 })
    expect(await reserve('b', 1)).toEqual({ reservedMicroUsd: 1, degradeTo: 'tiny' })
    expect(await reserve('b', 1)).toEqual({ reservedMicroUsd: 1, degradeTo: 'tiny' })
    expect(await reserve('c', 401).catch(refused)).toMatchObject({
      leftMicroUsd: 400,
      policy: 'cheaper-model',
      cheaperModel: 'tiny',
    })
  })

  test('of a day or a month is new with the next one, where the budget is', async () => {
    const tenant = newTenant()
    const day = await books.budget({ tenant, period: 'day', timeZone: 'Pacific/Kiritimati' })
    const month = await books.budget({ tenant, period: 'month' })
    await spending.reserve({
      kind: 'helper' as const,
      key: 'a',
      payer: { tenant },
      estimateMicroUsd: 100,
    })
    const periodsOf = async (id: string) => {
      const text = `
        SELECT period = to_char(now() AT TIME ZONE $2, $3) AS now, available FROM ledger_account
        WHERE budget_id = $1 ORDER BY id`
      const isDay = id === day
      const values = isDay ? ['Pacific/Kiritimati', 'YYYY-MM-DD'] : ['UTC', 'YYYY-MM']
      const { rows } = await books.pool.query(text, [id, ...values])
      return rows.map(({ now, available }) => [now, Number(available)])
    }
    expect([await periodsOf(day), await periodsOf(month)]).toEqual([[[true, 900]], [[true, 900]]])

    // As if that had been another one.
    await books.pool.query(`UPDATE ledger_account SET period = '1999' WHERE budget_id = $1`, [day])
    await spending.reserve({
      kind: 'helper' as const,
      key: 'b',
      payer: { tenant },
      estimateMicroUsd: 100,
    })
    await spending.settle({ kind: 'helper' as const, key: 'a', payer: { tenant }, costMicroUsd: 1 })

    expect(await periodsOf(day)).toEqual([
      [false, 999],
      [true, 900],
    ])
    expect(await periodsOf(month)).toEqual([[true, 899]])
  })

  test.each([-1, 0.5, Number.NaN, 2e15])('is no amount such as %s', async (amount) => {
    const call = { kind: 'helper' as const, key: 'a', payer: { tenant: newTenant() } }
    const reserved = spending.reserve({ ...call, estimateMicroUsd: amount })
    await expect(reserved).rejects.toThrow(RangeError)
    await expect(spending.settle({ ...call, costMicroUsd: amount })).rejects.toThrow(RangeError)
  })
})

test('an entry of the ledger can neither be changed nor taken out', async () => {
  for (const text of ['UPDATE ledger_entry SET spent = 0', 'DELETE FROM ledger_entry']) {
    await expect(books.pool.query(text)).rejects.toThrow('is never changed')
  }
})

describe('without a budget', () => {
  test('an organization costs one look a second, and its first budget counts from the next one', async () => {
    let nowMs = 0
    let trips = 0
    const { reserve, settle } = books.ledger
    const counted = createSpending({
      ledger: {
        reserve: (of) => {
          trips += 1
          return reserve(of)
        },
        settle: (of) => {
          trips += 1
          return settle(of)
        },
      },
      reservationMs: 60_000,
      monotonicMs: () => nowMs,
    })
    const tenant = newTenant()
    const call = async (key: string) => {
      await counted.reserve({
        kind: 'helper' as const,
        key,
        payer: { tenant },
        estimateMicroUsd: 5,
      })
      await counted.settle({ kind: 'helper' as const, key, payer: { tenant }, costMicroUsd: 5 })
      return trips
    }

    expect([await call('a'), await call('b')]).toEqual([1, 1])
    await books.budget({ tenant, limitMicroUsd: 7 })
    nowMs = NO_BUDGET_MS - 1
    expect(await call('c')).toBe(1)
    nowMs = NO_BUDGET_MS
    expect(await call('d')).toBe(3)
    await expect(call('e')).rejects.toThrow(BudgetExceededError)
  })
})
