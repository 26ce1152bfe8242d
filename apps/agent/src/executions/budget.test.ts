import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
  // That an organization has no budget at all is believed for a second.
  const url = '/v2/budgets'
  const headers = await agent.identity.headers('agent')
  const payload = { scope: 'agent', subjectId: `agt_${'0'.repeat(32)}`, limitMicroUsd: 1 }
  await agent.app.inject({ method: 'POST', url, headers, payload })
})
afterAll(() => agent.close())

const LIMIT_MICRO_USD = 10_000

/** An agent that would go on for 200 steps, and whose every call costs more than the one before. */
async function loop(limits: object = {}) {
  const id = await runs.published({
    instructions: 'Count on. '.repeat(400),
    tools: [{ tool: 'calculator' }],
    maxOutputTokens: 200,
    limits: { maxSteps: 200, ...limits },
  })
  const sum = { name: 'calculator', arguments: { expression: '1 + 1' } }
  // It has said something beside its first calls, and nothing since.
  agent.model.rewrite(({ messages }) => {
    const asked = messages.filter(({ role }) => role === 'tool').length
    const calls = toolCalls(sum)
    return asked < 2 ? { ...calls, text: `Counted to ${asked}` } : calls
  })
  return (await runs.start(id, { mode: 'wait' })).json()
}

/** What the events tell of a budget that had not enough. */
async function exceeded(budgetId: string): Promise<unknown[]> {
  const text = `SELECT data FROM events WHERE type = 'budget.exceeded' AND data ->> 'budgetId' = $1`
  return (await agent.pool.query(text, [budgetId])).rows.map(({ data }) => data)
}

test('an agent in a loop stops at its own limit of 0.01 USD', async () => {
  const run = await loop({ maxCostMicroUsd: LIMIT_MICRO_USD })

  expect(run).toMatchObject({ status: 'failed', error: { code: 'agent.max-cost' } })
  expect(run.steps).toBeGreaterThan(2)
  expect(agent.model.calls).toHaveLength(run.steps)
  expect(run.usage.costMicroUsd).toBeLessThanOrEqual(LIMIT_MICRO_USD)
})

test('an agent in a loop stops before it exceeds a budget of 0.01 USD, and the books are right', async () => {
  const headers = await agent.identity.headers('agent')
  const budget = async (scope: string) => {
    const payload = { scope, limitMicroUsd: LIMIT_MICRO_USD }
    const created = await agent.app.inject({ method: 'POST', url: '/v2/budgets', headers, payload })
    return created.json().id
  }
  const id = await budget('project')
  const ofEachRun = await budget('run')

  const run = await loop()

  expect(run).toMatchObject({
    ...{ status: 'failed', error: { code: 'budget.exceeded' } },
    partial: 'Counted to 1',
  })
  expect(run.steps).toBeGreaterThan(2)
  expect(agent.model.calls).toHaveLength(run.steps)
  expect(run.usage.costMicroUsd).toBeLessThanOrEqual(LIMIT_MICRO_USD)
  const { current } = (
    await agent.app.inject({ method: 'GET', url: `/v2/budgets/${id}`, headers })
  ).json()
  expect(current.spentMicroUsd).toBe(run.usage.costMicroUsd)
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
  expect(await exceeded(id)).toEqual([
    expect.objectContaining({ scope: 'project', spentMicroUsd: run.usage.costMicroUsd }),
  ])
  expect(await exceeded(ofEachRun)).toEqual([expect.objectContaining({ runId: run.id })])
  const results = (await runs.steps(run.id)).filter(({ kind }) => kind === 'tool-call')
  expect(results).toHaveLength(run.steps)
})

test('where a budget asks for somebody, an execution waits until its limit is raised', async () => {
  const headers = await agent.identity.headers('agent')
  const id = await runs.published({ instructions: 'Be brief.', maxOutputTokens: 200 })
  const payload = {
    scope: 'agent',
    subjectId: id,
    limitMicroUsd: 1,
    onExhaustion: { policy: 'ask' },
  }
  const created = await agent.app.inject({ method: 'POST', url: '/v2/budgets', headers, payload })
  expect(created.statusCode, created.body).toBe(201)
  agent.model.rewrite(() => text('at last'))

  const { id: runId } = (await runs.start(id)).json()
  expect(await runs.until(runId, 'waiting')).toMatchObject({ steps: 0, error: null })
  expect(agent.model.calls).toHaveLength(0)
  const url = `/v2/budgets/${created.json().id}`
  const raised = await agent.app.inject({
    ...{ method: 'PATCH', url, headers },
    payload: { limitMicroUsd: 1_000_000 },
  })
  expect(raised.statusCode, raised.body).toBe(200)
  // It would look by itself some seconds later.
  await agent.pool.query('UPDATE agent_execution SET wake_at = now() WHERE id = $1', [runId])

  expect(await runs.until(runId, 'succeeded')).toMatchObject({ output: 'at last' })
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
})
