import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { createRetentionStore } from './store.ts'

const DAYS = 30
/** Nothing listens there: a call is made, and fails. */
const NOWHERE = 'http://127.0.0.1:1'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent({ EGRESS_ALLOW: '127.0.0.1:1' })
  runs = agentRuns(agent)
  const body = { scope: 'project', limitMicroUsd: 1_000_000, period: 'none' }
  const budget = await runs.call('POST', '/v2/budgets', { body })
  if (budget.statusCode !== 201) throw new Error(budget.body)
})
afterAll(() => agent.close())

const GET = toolCalls({ name: 'http_request', arguments: { method: 'GET', url: NOWHERE } })
const COUNT = toolCalls({ name: 'calculator', arguments: { expression: '1' } })

/** One that reads, and then asks for approval, which it may never get. */
async function started(next: typeof COUNT | ReturnType<typeof text>, status: string) {
  const tools = [
    { tool: 'http_request', config: { hosts: [NOWHERE] } },
    { tool: 'calculator', approval: 'always' },
  ]
  const agentId = await runs.published({ tools })
  agent.model.rewrite([GET, next])
  const { id } = (await runs.start(agentId)).json()
  await runs.until(id, status)
  return id as string
}

async function kept(table: 'tool_call' | 'reservation'): Promise<string[]> {
  const { rows } = await agent.pool.query(`SELECT call_key FROM ${table} ORDER BY call_key`)
  return rows.map((row) => row.call_key)
}
const age = (days: number) =>
  agent.pool.query(`
    WITH calls AS (UPDATE tool_call SET updated_at = now() - interval '${days} days')
    UPDATE reservation SET created_at = now() - interval '${days} days',
      deadline = now() - interval '${days} days'`)
const accounts = async () => (await agent.pool.query('SELECT * FROM ledger_account')).rows

test('what was called and reserved goes when it is old and over, and books stay exact', async () => {
  const over = await started(text('done'), 'succeeded')
  const waiting = await started(COUNT, 'waiting')
  const store = createRetentionStore(agent.pool)
  const before = await accounts()
  expect(await kept('reservation')).toHaveLength(4)

  await age(DAYS - 1)
  expect(await store.dropBefore(DAYS, 100)).toEqual({ toolCalls: 0, reservations: 0 })
  await age(DAYS + 1)
  expect(await store.dropBefore(DAYS, 1)).toEqual({ toolCalls: 1, reservations: 1 })
  expect(await store.dropBefore(DAYS, 100)).toEqual({ toolCalls: 0, reservations: 1 })
  expect(await kept('tool_call')).toEqual([`${waiting}/1/0`])
  const triesOf = (await kept('reservation')).map((key) => key.slice(0, key.lastIndexOf('/')))
  expect(triesOf).toEqual([`${waiting}/1/1`, `${waiting}/2/1`])
  expect(await accounts()).toEqual(before)
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])

  // Both are read as before.
  expect(await runs.get(over)).toMatchObject({ status: 'succeeded', output: 'done' })
  expect(await runs.steps(waiting)).toHaveLength(4)
})

test('money that is still held is never let go', async () => {
  await agent.pool.query(`UPDATE reservation SET state = 'reserved'`)
  await agent.pool.query('UPDATE agent_execution SET ended_at = now()')
  await age(DAYS + 1)
  const store = createRetentionStore(agent.pool)
  expect(await store.dropBefore(DAYS, 100)).toMatchObject({ reservations: 0 })
})
