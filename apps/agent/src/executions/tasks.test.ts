import { eventually, testTenant } from '@dure/platform/testing'
import { failing, halting, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'
import { agentRuns } from './testing/agent-runs.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

const PATIENCE = { timeoutMs: 30_000 }
const published = (definition?: object) => runs.published(definition)

describe('the node of a workflow', () => {
  test('is told what its agent has answered, and what that took', async () => {
    const id = await published({ tools: [{ tool: 'calculator' }] })
    const sum = toolCalls({ name: 'calculator', arguments: { expression: '6 * 7' } })
    agent.model.rewrite([sum, text('42')])
    const task = newTask()

    await agent.runAgent(task, { agent: id, input: 'Six times seven?' })

    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      status: 'succeeded',
      output: { output: '42', steps: 2, executionId: expect.stringMatching(/^exe_/) },
      usage: { inputTokens: expect.any(Number), costMicroUsd: expect.any(Number) },
    })
    const listed = (await runs.call('GET', '/v1/agent-runs?limit=1')).json().data
    expect(listed).toMatchObject([{ status: 'succeeded', startedBy: 'workflow' }])
  })

  test('that asks again, after it is over, is told again and nothing is done twice', async () => {
    const id = await published()
    agent.model.rewrite(() => text('once'))
    const task = newTask()
    await agent.runAgent(task, { agent: id, input: 'Hi' })
    await agent.outcomeOf(task, PATIENCE)

    await agent.runAgent(task, { agent: id, input: 'Hi' })

    expect(await agent.outcomeOf(task, { times: 2, ...PATIENCE })).toMatchObject({
      output: { output: 'once' },
    })
    expect(agent.model.calls).toHaveLength(1)
    const again = { ...task, attempt: 2 }
    await agent.runAgent(again, { agent: id, input: 'Hi' })
    await agent.outcomeOf(again, PATIENCE)
    expect(agent.model.calls).toHaveLength(2)
  })

  test('is told why its agent has failed', async () => {
    const id = await published()
    agent.model.rewrite([failing(400)])
    const [task, other, foreign] = [newTask(), newTask(), newTask({ tenant: testTenant('2') })]

    await agent.runAgent(task, { agent: id, input: 'Hi' })
    await agent.runAgent(other, { agent: 'nobody', input: 'Hi' })
    await agent.runAgent(foreign, { agent: id, input: 'Hi' })

    const failed = (code: string) => ({ status: 'failed', error: { code } })
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject(failed('model.refused-request'))
    expect(await agent.outcomeOf(other, PATIENCE)).toMatchObject(failed('agent.not-found'))
    expect(await agent.outcomeOf(foreign, PATIENCE)).toMatchObject(failed('agent.not-found'))
  })

  test('cancels what it has begun, and what it has not', async () => {
    const id = await published()
    const halt = halting('one two three four')
    agent.model.rewrite(() => halt)
    const [task, early] = [newTask(), newTask()]
    await agent.runAgent(task, { agent: id, input: 'Hi' })
    await eventually(() => expect(agent.model.calls).toHaveLength(1))

    await agent.cancel(task)
    await agent.cancel(early)
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      error: { code: 'agent.cancelled' },
    })
    await eventually(async () => {
      const query = 'SELECT FROM task_effect WHERE task_key = $1 AND cancelled_attempt = 1'
      expect((await agent.pool.query(query, [early.taskKey])).rowCount).toBe(1)
    })
    await agent.runAgent(early, { agent: id, input: 'Hi' })
    await eventually(async () => expect(await agent.pending()).toBe(0))

    halt.release()
    expect(agent.model.calls).toHaveLength(1)
    expect(agent.told.map(({ task }) => task.taskKey)).not.toContain(early.taskKey)
  })
})
