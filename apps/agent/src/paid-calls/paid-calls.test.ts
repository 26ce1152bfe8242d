import { randomUUID } from 'node:crypto'
import {
  type MoneyAnswer,
  moneyAnswerQueue,
  moneyQueue,
  outgoing,
  type ReserveMoney,
  type SettleMoney,
  type Tenant,
} from '@dure/contracts'
import { type Consumer, connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
let queues: Queues
let knowledge: Consumer
/** What the knowledge service was told, by question. */
const answers = new Map<string, MoneyAnswer>()

beforeAll(async () => {
  agent = await startAgent()
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const hear = async (answer: MoneyAnswer) => void answers.set(answer.questionId, answer)
  knowledge = queues.consume(moneyAnswerQueue, { 'money.answered': hear }, { concurrency: 4 })
  knowledge.start()
})
afterAll(async () => {
  await knowledge.close()
  await queues.close()
  await agent.close()
})

let digits = 0
/** One that has no budgets yet. */
function newTenant(): Tenant {
  digits += 1
  return testTenant(digits.toString(16))
}

const OPENAI = 'text-embedding-3-small'

function callOf(tenant: Tenant, more: Partial<ReserveMoney> = {}): ReserveMoney {
  return {
    questionId: randomUUID(),
    callKey: `knowledge/${randomUUID()}`,
    payer: { tenant },
    kind: 'embedding',
    model: OPENAI,
    atMost: { tokens: 1_000_000, searches: 0 },
    lastsMs: 60_000,
    ...more,
  }
}

const settlementOf = (
  { callKey, payer, kind, model }: ReserveMoney,
  more: Partial<SettleMoney> = {},
): SettleMoney => ({
  ...{ callKey, payer, kind, model, durationMs: 10 },
  ...{ used: { tokens: 500_000, searches: 0 }, costMicroUsd: 10_000 },
  ...more,
})

async function ask(call: ReserveMoney): Promise<MoneyAnswer> {
  answers.delete(call.questionId)
  await queues.send(outgoing(moneyQueue, 'money.reserve', call))
  return eventually(() => {
    const answer = answers.get(call.questionId)
    if (!answer) throw new Error('not answered')
    return answer
  })
}
const settle = (of: SettleMoney) => queues.send(outgoing(moneyQueue, 'money.settle', of))
const giveUp = ({ callKey, payer }: ReserveMoney) =>
  queues.send(outgoing(moneyQueue, 'money.give-up', { callKey, payer }))

async function budget(tenant: Tenant, of: object = {}): Promise<string> {
  const headers = await agent.identity.headers('agent', { tenant })
  const payload = { scope: 'project', limitMicroUsd: 100_000, ...of }
  const response = await agent.app.inject({ method: 'POST', url: '/v2/budgets', headers, payload })
  expect(response.statusCode).toBe(201)
  return response.json().id
}

async function accountOf(id: string) {
  const text = 'SELECT available, reserved, spent FROM ledger_account WHERE budget_id = $1'
  const [row] = (await agent.pool.query(text, [id])).rows
  return row && Object.values<string>(row).map(Number)
}
const spent = (id: string, ...sides: readonly number[]) =>
  eventually(async () => expect(await accountOf(id)).toEqual(sides))

async function paid({ callKey, payer: { tenant } }: ReserveMoney) {
  const text = `SELECT data FROM events WHERE stream = $1 AND type = 'call.paid'`
  return (await agent.pool.query(text, [`call/${tenant.projectId}/${callKey}`])).rows.map(
    ({ data }) => data,
  )
}

afterAll(async () => {
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
})

describe('money for a call of another service', () => {
  test('is reserved by its price, settled by what it took, and told once, however often', async () => {
    const tenant = newTenant()
    const id = await budget(tenant)
    const call = callOf(tenant, { payer: { tenant, workflowId: 'wf_1', runId: 'run_1' } })

    const price = { inputMicroUsd: 20_000, searchMicroUsd: 0 }
    for (const _ of [1, 2]) expect(await ask(call)).toMatchObject({ outcome: 'reserved', price })
    await spent(id, 80_000, 20_000, 0)
    for (const _ of [1, 2]) await settle(settlementOf(call))
    await spent(id, 90_000, 0, 10_000)

    const usage = { model: OPENAI, inputTokens: 500_000, outputTokens: 0, costMicroUsd: 10_000 }
    const told = { kind: 'embedding', runId: 'run_1', workflowId: 'wf_1', usage, durationMs: 10 }
    expect(await paid(call)).toEqual([told])
  })

  test('is refused where a budget has not got it, with its code, the scope and what is left', async () => {
    const tenant = newTenant()
    const keyId = 'key_1'
    await budget(tenant)
    const id = await budget(tenant, { scope: 'key', subjectId: keyId, limitMicroUsd: 19_999 })

    const refused = await ask(callOf(tenant, { payer: { tenant, keyId } }))
    expect(refused).toMatchObject({
      outcome: 'refused',
      refusal: { details: { budgetId: id, scope: 'key', leftMicroUsd: 19_999 } },
    })
    expect(await ask(callOf(tenant))).toMatchObject({ outcome: 'reserved' })
  })

  test('is not asked for where there is no budget, and the call is told all the same', async () => {
    const call = callOf(newTenant())
    expect(await ask(call)).toMatchObject({ outcome: 'none' })
    await settle(settlementOf(call))
    await eventually(async () => expect(await paid(call)).toHaveLength(1))

    const other = newTenant()
    await budget(other, { scope: 'key', subjectId: 'key_1' })
    expect(await ask(callOf(other))).toMatchObject({ outcome: 'free' })
  })

  test('is not reserved once more when its message comes again after the call', async () => {
    const tenant = newTenant()
    const id = await budget(tenant)
    const call = callOf(tenant)
    await ask(call)
    await settle(settlementOf(call))
    await spent(id, 90_000, 0, 10_000)

    const last = callOf(tenant)
    await queues.send(outgoing(moneyQueue, 'money.reserve', call))
    await ask(last)
    await giveUp(last)
    await spent(id, 90_000, 0, 10_000)
  })

  test('is given back when nobody waits any more, also before it was reserved', async () => {
    const tenant = newTenant()
    const id = await budget(tenant)
    const [reserved, early] = [callOf(tenant), callOf(tenant)]
    await ask(reserved)
    await spent(id, 80_000, 20_000, 0)
    await giveUp(reserved)
    await spent(id, 100_000, 0, 0)

    await giveUp(early)
    const text = 'SELECT state FROM reservation WHERE call_key = $1'
    await eventually(async () =>
      expect((await agent.pool.query(text, [early.callKey])).rows).toEqual([{ state: 'settled' }]),
    )
    await queues.send(outgoing(moneyQueue, 'money.reserve', early))
    const last = callOf(tenant)
    await ask(last)
    await giveUp(last)
    await spent(id, 100_000, 0, 0)
  })

  test('is booked in full past its deadline, when whoever reserved it has died', async () => {
    const tenant = newTenant()
    const id = await budget(tenant)
    await ask(callOf(tenant, { lastsMs: 1 }))
    await eventually(async () => expect(await accountOf(id)).toEqual([80_000, 0, 20_000]), {
      timeoutMs: 20_000,
    })
  })

  test('is settled by its own tenant alone', async () => {
    const [tenant, stranger] = [newTenant(), newTenant()]
    const id = await budget(tenant)
    const theirs = await budget(stranger)
    const call = callOf(tenant)
    await ask(call)

    const foreign = { ...call, payer: { tenant: stranger } }
    await settle(settlementOf(foreign))
    await eventually(async () => expect(await paid(foreign)).toHaveLength(1))
    await giveUp(foreign)
    const known = callOf(stranger)
    await ask(known)
    await settle(settlementOf(known))
    await spent(theirs, 90_000, 0, 10_000)

    expect(await accountOf(id)).toEqual([80_000, 20_000, 0])
    expect(await paid(call)).toEqual([])
    await settle(settlementOf(call))
    await spent(id, 90_000, 0, 10_000)
    await eventually(async () => expect(await paid(call)).toHaveLength(1))
  })
})

describe('the price', () => {
  const atMost = { tokens: 1_000_000, searches: 3 }
  test.each([
    ['of a model that is listed', { model: 'text-embedding-3-large' }, 130_000, 0],
    ['of one that nobody knows: the dearest', { model: 'ours' }, 130_000, 0],
    ['of a search', { kind: 'rerank', model: 'rerank-v3.5' }, 0, 2000],
    ['of tokens that are reranked', { kind: 'rerank', model: 'rerank-2.5-lite' }, 20_000, 0],
    ['of an unknown reranker: the dearest', { kind: 'rerank', model: 'ours' }, 50_000, 2000],
    [
      'that the operator says',
      { model: 'ours', price: { inputMicroUsd: 7, searchMicroUsd: 1 } },
      7,
      1,
    ],
  ] as const)('%s', async (_name, of, inputMicroUsd, searchMicroUsd) => {
    const tenant = newTenant()
    const id = await budget(tenant, { limitMicroUsd: 1_000_000 })
    const call = callOf(tenant, { atMost, ...of })
    expect(await ask(call)).toMatchObject({ price: { inputMicroUsd, searchMicroUsd } })
    const estimate = inputMicroUsd + 3 * searchMicroUsd
    await spent(id, 1_000_000 - estimate, estimate, 0)
  })
})
