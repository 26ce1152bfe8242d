import { eventually } from '@dure/platform/testing'
import { text, truncated } from '@dure/scripted-model'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let moderated = 0
beforeAll(async () => {
  agent = await startAgent({ MODEL_MODERATION: 'openai/omni-moderation-latest' })
  runs = agentRuns(agent)
  agent.model.rewriteModerations(() => {
    moderated += 1
    return undefined
  })
})
afterAll(() => agent.close())
afterEach(async () => {
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
})

const outputSchema = {
  ...{ type: 'object', required: ['city'], additionalProperties: false },
  properties: { city: { type: 'string' } },
}
const definition = { instructions: 'Be brief.', model: 'openai/demo', maxOutputTokens: 200 }

/** An agent that has money for the first of its calls, and is to ask for more. */
async function poorAgent(more: object, limitMicroUsd = 1000) {
  const id = await runs.published({ ...definition, ...more })
  const body = {
    ...{ scope: 'agent', subjectId: id, limitMicroUsd },
    onExhaustion: { policy: 'ask' },
  }
  const created = await runs.call('POST', '/v2/budgets', { body })
  expect(created.statusCode, created.body).toBe(201)
  const budget = `/v2/budgets/${created.json().id}`
  const spent = async () => (await runs.call('GET', budget)).json().current.spentMicroUsd
  const raise = async () => {
    const raised = await runs.call('PATCH', budget, { body: { limitMicroUsd: 1_000_000 } })
    expect(raised.statusCode, raised.body).toBe(200)
  }
  return { id, spent, raise }
}

/** It would look by itself some seconds later. @returns when it waits again, or is over */
async function wake(runId: string): Promise<void> {
  const { rows } = await agent.pool.query(
    `UPDATE agent_execution SET wake_at = now() WHERE id = $1 RETURNING token`,
    [runId],
  )
  await eventually(
    async () => {
      const now = await agent.pool.query(
        `SELECT status, token FROM agent_execution WHERE id = $1 AND token > $2
           AND status NOT IN ('running', 'queued')`,
        [runId, rows[0].token],
      )
      expect(now.rows).toHaveLength(1)
    },
    { timeoutMs: 30_000 },
  )
}

describe('where a budget asks for somebody in the middle of a step, what was paid', () => {
  test('is recorded, is not paid once more, and the answer goes on to be mended', async () => {
    const rule = { check: 'moderation', action: 'block', on: 'input' }
    const poor = await poorAgent({ outputSchema, guardrails: [rule] })
    agent.model.rewrite([text('x'.repeat(700)), text('{"city":"Busan"}')])
    moderated = 0

    const { id: runId } = (await runs.start(poor.id)).json()
    const waiting = await runs.until(runId, 'waiting')
    const before = await poor.spent()
    expect(before).toBeGreaterThan(0)
    expect(waiting).toMatchObject({ steps: 0, usage: { costMicroUsd: before } })
    for (const _ of [1, 2]) await wake(runId)
    expect([agent.model.calls.length, moderated, await poor.spent()]).toEqual([1, 1, before])

    await poor.raise()
    await wake(runId)
    const run = await runs.until(runId, 'succeeded')
    expect(run.output).toEqual({ city: 'Busan' })
    expect([agent.model.calls.length, moderated]).toEqual([2, 1])
    const [, first, correction] = agent.model.calls[1]?.messages.slice(-3) ?? []
    expect(first?.content).toContain('xxx')
    expect(correction?.content).toContain('does not meet the JSON Schema')
    expect(run.usage.costMicroUsd).toBe(await poor.spent())
  })

  test('of an answer that broke off is recorded as well, once', async () => {
    const poor = await poorAgent({}, 500)
    agent.model.rewrite([truncated(), text('whole')])
    const { id: runId } = (await runs.start(poor.id)).json()
    const waiting = await runs.until(runId, 'waiting')
    const before = await poor.spent()
    expect(before).toBeGreaterThan(0)
    expect(waiting.usage.costMicroUsd).toBe(before)
    await wake(runId)
    expect(agent.model.calls).toHaveLength(1)

    await poor.raise()
    await wake(runId)
    const run = await runs.until(runId, 'succeeded')
    expect([run.output, run.usage.costMicroUsd]).toEqual(['whole', await poor.spent()])
  })

  test('ends the execution where its own limits allow no more', async () => {
    const poor = await poorAgent({ outputSchema, limits: { maxCostMicroUsd: 1000 } })
    agent.model.rewrite([text('x'.repeat(700)), text('never asked for')])
    const { id: runId } = (await runs.start(poor.id)).json()
    await runs.until(runId, 'waiting', 'failed')
    await poor.raise()
    await agent.pool.query('UPDATE agent_execution SET wake_at = now() WHERE id = $1', [runId])
    const run = await runs.until(runId, 'failed')
    expect(run).toMatchObject({ error: { code: 'agent.max-cost' } })
    expect([agent.model.calls.length, run.usage.costMicroUsd]).toEqual([1, await poor.spent()])
  })
})
