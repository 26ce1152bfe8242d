import {
  agentQueue,
  agentToolAnswersQueue,
  type ExecutionId,
  type MessagePayload,
  outgoing,
  type ToolAnswer,
  workflowToolQueue,
} from '@dure/contracts'
import { type Consumer, connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog } from '@dure/platform/testing'
import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { agentRuns } from '../../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../../tasks/testing/agent.ts'
import { newTask } from '../../tasks/testing/task.ts'

type Asked = MessagePayload<typeof workflowToolQueue, 'agent-tool.run-workflow'>

const DONE: ToolAnswer = { status: 'succeeded', output: { runId: 'run_1', output: { ok: true } } }
const tools = [
  { tool: 'run_workflow', config: { workflow: 'refund@prod', timeoutMs: 5000 }, approval: 'never' },
]

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let queues: Queues
let workflow: Consumer
let asked: Asked[] = []
let cancelled: string[] = []
let answer: ToolAnswer | undefined
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const handlers = {
    'agent-tool.run-workflow': async (call: Asked) => {
      asked.push(call)
      if (answer) await say(call, answer)
    },
    'agent-tool.cancel-run': async ({ callKey }: { readonly callKey: string }) => {
      cancelled.push(callKey)
    },
  }
  workflow = queues.consume(workflowToolQueue, handlers, { concurrency: 1 })
  workflow.start()
})
afterAll(async () => {
  await workflow.close()
  await queues.close()
  await agent.close()
})
beforeEach(() => {
  asked = []
  cancelled = []
  answer = DONE
})

const say = ({ tenant, callKey }: Asked, result: ToolAnswer) => {
  const executionId = callKey.slice(0, callKey.indexOf('/')) as ExecutionId
  const answered = { tenant, executionId, callKey, result }
  return queues.send(outgoing(agentToolAnswersQueue, 'tool.answered', answered))
}

const call = (input: object) => toolCalls({ name: 'run_workflow', arguments: input })

test('an agent runs the workflow that its author names, with the input that its model gives', async () => {
  const id = await runs.published({ tools })
  agent.model.rewrite([call({ input: { orderId: '7' } }), text('Done')])
  const run = (await runs.start(id)).json().id
  expect(await runs.until(run, 'succeeded')).toMatchObject({ output: 'Done' })
  expect(asked).toEqual([
    {
      ...{ tenant: expect.any(Object), callKey: `${run}/1/0`, workflow: 'refund@prod' },
      ...{ input: { orderId: '7' }, timeoutMs: 5000 },
      caller: expect.objectContaining({
        ...{ principals: expect.any(Array), delegatedBy: run },
        spender: { runId: run, agentId: id, keyId: 'key_test' },
      }),
    },
  ])
  const told = agent.model.calls.at(-1)?.messages.find(({ role }) => role === 'tool')?.content
  expect(JSON.parse(String(told))).toEqual({ runId: 'run_1', output: { ok: true } })
})

test('which workflow it is, is not for the model to choose', async () => {
  const id = await runs.published({ tools })
  agent.model.rewrite([call({ input: {}, workflow: 'other' }), text('No')])
  await runs.until((await runs.start(id)).json().id, 'succeeded')
  expect(asked).toEqual([])
})

test('the run that has begun the agent is told, so that nobody goes too deep', async () => {
  const id = await runs.published({ tools })
  agent.model.rewrite([call({ input: {} }), text('Done')])
  const task = newTask()
  await agent.runAgent(task, { agent: id, input: 'Go', isTrusted: true })
  await agent.outcomeOf(task, { timeoutMs: 30_000 })
  expect(asked).toMatchObject([{ runId: task.runId }])
})

test('what a run has cost is a part of what the execution has, and ends it at its limit', async () => {
  const usage = { inputTokens: 0, outputTokens: 0, costMicroUsd: 12_000 }
  answer = { ...DONE, usage }
  const id = await runs.published({ tools, limits: { maxCostMicroUsd: 10_000 } })
  agent.model.rewrite(() => call({ input: {} }))
  const run = await runs.until((await runs.start(id)).json().id, 'failed')
  expect(run).toMatchObject({ error: { code: 'agent.max-cost' }, steps: 1 })
  expect(run.usage.costMicroUsd).toBeGreaterThan(12_000)
})

test('within a run, what has begun that pays, and the run itself is still known', async () => {
  const id = await runs.published({ tools })
  agent.model.rewrite([call({ input: {} }), text('Done')])
  const task = newTask()
  const spender = { runId: `exe_${'1'.repeat(32)}`, agentId: `agt_${'1'.repeat(32)}` }
  const caller = { principals: ['key:key_1'], seesAll: false, spender }
  const input = { agent: id, input: 'Go', isTrusted: true }
  await agent.send(outgoing(agentQueue, 'task.run-agent', { task, input, caller }))
  await agent.outcomeOf(task, { timeoutMs: 30_000 })
  expect(asked[0]).toMatchObject({
    runId: task.runId,
    caller: { spender: { runId: spender.runId, agentId: id, keyId: 'key_1' } },
  })
})

test('an agent that is cancelled cancels what it has started', async () => {
  answer = undefined
  const id = await runs.published({ tools })
  agent.model.rewrite([call({ input: {} }), text('Done')])
  const run = (await runs.start(id)).json().id
  await eventually(() => expect(asked).toHaveLength(1))
  await runs.until(run, 'waiting')
  await runs.call('POST', `/v1/agent-runs/${run}/cancel`)
  await runs.until(run, 'cancelled')
  await eventually(() => expect(cancelled).toEqual([`${run}/1/0`]))
})
