import { text } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())

async function call(method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) {
  const headers = await agent.identity.headers('agent')
  const response = await agent.app.inject({
    ...{ method, url: `/v2/budgets${path}`, headers },
    ...(payload && { payload }),
  })
  return response.json()
}

test('a call of a model is paid from a budget before it is made, and refused by one that is used up', async () => {
  const { id } = await call('POST', '', { scope: 'project', limitMicroUsd: 100 })
  agent.model.rewrite([text('Hi there'), text('never asked for')])
  const asked = { prompt: 'Hello', maxOutputTokens: 10 }
  const paid = newTask()
  await agent.generate(paid, asked)
  expect(await agent.outcomeOf(paid)).toMatchObject({ status: 'succeeded' })

  const { data } = await call('GET', `/${id}/ledger`)
  expect(
    data.map(({ kind, runId, model }: Record<string, unknown>) => [kind, runId, model]),
  ).toEqual([
    ['settle', paid.runId, 'demo'],
    ['reserve', paid.runId, 'demo'],
    ['fund', null, null],
  ])
  const { spentMicroUsd } = (await call('GET', `/${id}`)).current
  expect(spentMicroUsd).toBeGreaterThan(0)
  await call('PATCH', `/${id}`, { limitMicroUsd: spentMicroUsd })

  const refused = newTask()
  await agent.generate(refused, asked)
  expect(await agent.outcomeOf(refused)).toMatchObject({
    status: 'failed',
    error: { code: 'budget.exceeded', message: expect.stringContaining('0 micro-US-dollars') },
  })
  expect(agent.model.calls).toHaveLength(1)
})
