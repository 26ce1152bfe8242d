import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Spending } from './spending.ts'
import { createSpending } from './spending-service.ts'
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

describe('what is told of calls', () => {
  const toldOf = async (key: string) => {
    const { rows } = await books.pool.query(
      `SELECT version, data FROM events WHERE stream LIKE '%/' || $1 AND type = 'call.paid' ORDER BY version`,
      [key],
    )
    return rows.map(({ data }) => data)
  }
  const used = { inputTokens: 3, outputTokens: 4 }

  test('is what one cost and for whom, once, whether a budget applies or not', async () => {
    for (const hasBudget of [true, false]) {
      const tenant = newTenant()
      if (hasBudget) await books.budget({ tenant, limitMicroUsd: 100 })
      const spender = { runId: 'run_1', workflowId: 'wf_1', agentId: 'agt_1', keyId: 'key_1' }
      const call = {
        kind: 'node' as const,
        key: `told-${hasBudget}`,
        model: 'm',
        payer: { tenant, ...spender },
      }
      await spending.reserve({ ...call, estimateMicroUsd: 60 })
      for (const _ of [1, 2]) {
        await spending.settle({ ...call, costMicroUsd: 10, used, durationMs: 5 })
      }
      const usage = { model: 'm', ...used, costMicroUsd: 10 }
      expect(await toldOf(call.key)).toEqual([{ kind: 'node', ...spender, usage, durationMs: 5 }])
    }
  })

  test('is nothing when nobody has worked on it', async () => {
    const tenant = newTenant()
    await books.budget({ tenant, limitMicroUsd: 100 })
    const call = { kind: 'node' as const, key: 'refused', payer: { tenant } }
    await spending.reserve({ ...call, estimateMicroUsd: 60 })
    await spending.settle({ ...call, costMicroUsd: 0 })
    expect(await toldOf(call.key)).toEqual([])
  })

  test('is all that was reserved when nobody settles it, and then what is too much', async () => {
    const tenant = newTenant()
    await books.budget({ tenant, limitMicroUsd: 100 })
    const spender = { runId: 'run_1', workflowId: 'wf_1' }
    const call = { kind: 'judge' as const, key: 'late', model: 'm', payer: { tenant, ...spender } }
    await books.ledger.reserve({ ...call, estimateMicroUsd: 60, lastsMs: 0 })
    await books.ledger.expire({ ...tenant, key: call.key })
    const none = { inputTokens: 0, outputTokens: 0 }
    const first = { model: 'm', ...none, costMicroUsd: 60 }
    const told = { kind: 'judge', ...spender, usage: first, durationMs: 0 }
    expect(await toldOf(call.key)).toEqual([told])

    await spending.settle({ ...call, costMicroUsd: 10, used })
    const usage = { model: 'm', ...used, costMicroUsd: 10 }
    expect(await toldOf(call.key)).toEqual([told, { ...told, usage, correctsMicroUsd: 60 }])
  })
})
