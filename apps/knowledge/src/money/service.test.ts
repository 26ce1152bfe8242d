import { moneyAnswerQueue } from '@dure/contracts'
import { type Consumer, connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testQueues, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedCall } from './money.ts'
import { createMoneyDesk, type MoneyDesk } from './service.ts'
import { NONE, PRICE, type Purse, RESERVED, startPurse } from './testing/purse.ts'

let queues: Queues
let purse: Purse
let desk: MoneyDesk
let answers: Consumer
let nowMs = 0
const where = testQueues()

beforeAll(() => {
  const log = silentLog()
  queues = connectQueues({ ...where, log })
  purse = startPurse(where)
  const waitMs = { hurried: 20_000, patient: 50 }
  desk = createMoneyDesk({ queues, prefix: where.prefix, log, waitMs, monotonicMs: () => nowMs })
  answers = queues.consume(moneyAnswerQueue, desk.handlers, { concurrency: 4 })
  answers.start()
})
afterAll(async () => {
  await answers.close()
  await desk.close()
  await purse.close()
  await queues.close()
})
beforeEach(() => purse.answerWith(RESERVED))

const never = new AbortController().signal

function planned(call: Partial<PlannedCall>): PlannedCall {
  return {
    payer: { tenant: testTenant() },
    kind: 'embedding',
    model: 'small',
    atMost: { tokens: 10, searches: 0 },
    timeoutMs: 1000,
    ...call,
  }
}

function reserve(call: Partial<PlannedCall> = {}, more: object = {}) {
  return desk.reserve(planned(call), { isHurried: true, signal: never, ...more })
}

describe('where an organization has no budget', () => {
  test('it is asked about once a second, and what its calls took is told', async () => {
    purse.answerWith(NONE)
    const tenant = testTenant('a')
    const used = { tokens: 3, searches: 1 }
    for (const atMs of [0, 0, 999]) {
      nowMs = atMs
      ;(await reserve({ payer: { tenant } })).settle(used)
    }
    expect(purse.reserved).toHaveLength(1)
    await eventually(() => expect(purse.settled).toHaveLength(3))
    for (const { costMicroUsd } of purse.settled) expect(costMicroUsd).toBe(2003)

    nowMs = 1000
    await reserve({ payer: { tenant } })
    expect(purse.reserved).toHaveLength(2)
  })

  test('another one, and another model, are asked about for themselves', async () => {
    purse.answerWith(NONE)
    await reserve({ payer: { tenant: testTenant('b') } })
    await reserve({ payer: { tenant: testTenant('c') } })
    await reserve({ payer: { tenant: testTenant('c') }, model: 'large' })
    await reserve({ payer: { tenant: testTenant('c') }, kind: 'rerank' })
    expect(purse.reserved).toHaveLength(4)
  })
})

test('what costs nothing is not asked about, and not told', async () => {
  const price = { inputMicroUsd: 0, searchMicroUsd: 0 }
  const { costOf, settle } = await reserve({ price })
  settle({ tokens: 1, searches: 1 })
  expect(costOf({ tokens: 1, searches: 1 })).toBe(0)
  // What is sent after it is handled after it.
  await reserve()
  expect([purse.reserved.length, purse.settled]).toEqual([1, []])
})

test('a cost is rounded up to a whole micro-dollar', async () => {
  purse.answerWith({ outcome: 'reserved', price: { ...PRICE, inputMicroUsd: 20_000 } })
  const { costOf } = await reserve()
  expect([0, 1, 50, 51].map((tokens) => costOf({ tokens, searches: 0 }))).toEqual([0, 1, 1, 2])
})

test('whoever does not get an answer says that there will be no call', async () => {
  purse.answerWith(undefined)
  const waiting = reserve({}, { isHurried: false })
  await expect(waiting).rejects.toMatchObject({ code: 'budget.unavailable', transient: true })
  const [asked] = purse.reserved
  await eventually(() => expect(purse.givenUp).toHaveLength(1))
  expect(purse.givenUp[0]).toEqual({ callKey: asked?.callKey, payer: asked?.payer })

  const leaving = new AbortController()
  const aborted = reserve({}, { signal: leaving.signal })
  await eventually(() => expect(purse.reserved).toHaveLength(2))
  leaving.abort(new Error('left'))
  await expect(aborted).rejects.toThrow('left')
  await eventually(() => expect(purse.givenUp).toHaveLength(2))
})

test('nobody waits for what a call took to be told; what is lost is counted, and the end waits for the rest', async () => {
  const own = connectQueues({ ...where, log: silentLog() })
  const parts = { queues: own, prefix: where.prefix, log: silentLog(), maxTelling: 2 }
  const lonely = createMoneyDesk(parts)
  try {
    const patience = { isHurried: false, signal: never }
    const call = planned({ payer: { tenant: testTenant('d') } })
    const reservations = await Promise.all([1, 2, 3].map(() => lonely.reserve(call, patience)))
    const [first] = reservations
    first?.settle({ tokens: 1, searches: 0 })
    await eventually(() => expect(purse.settled).toHaveLength(1))
    own.redis.disconnect()

    for (const { settle } of reservations) settle({ tokens: 1, searches: 0 })

    // The third had no room.
    expect(lonely.untold).toBe(1)
    await lonely.close()
    expect(lonely.untold).toBe(3)
    expect(purse.settled).toHaveLength(1)
  } finally {
    await own.close()
  }
})
