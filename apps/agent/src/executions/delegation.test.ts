import { agentQueue, type Caller, type ExecutionId, outgoing, type TaskRef } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'
import { agentRuns } from './testing/agent-runs.ts'

const PATIENCE = { timeoutMs: 40_000 }
const CALCULATOR = { tool: 'calculator' }
const CLOCK = { tool: 'date_time' }
const COUNT = toolCalls({ name: 'calculator', arguments: { expression: '1 + 1' } })

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

/** All that each call of a model was offered. */
const offered = () =>
  agent.model.calls.map(({ tools = [] }) =>
    (tools as { function: { name: string } }[]).map((one) => one.function.name),
  )
const lastTold = () => JSON.stringify(agent.model.calls.at(-1)?.messages.at(-1))

/** The execution of an agent with these tools, which has begun something. */
async function asking(...tools: object[]): Promise<ExecutionId> {
  agent.model.rewrite(() => text('asked'))
  const { id } = (await runs.start(await runs.published({ tools }))).json()
  await runs.until(id, 'succeeded')
  return id
}

const inTheNameOf = (delegatedBy: ExecutionId): Caller => ({
  ...{ principals: ['user:usr_1'], seesAll: false, delegatedBy },
})

/** As a node of a workflow asks an agent. */
async function node(tools: object[], caller: Caller, changes: Partial<TaskRef> = {}) {
  const input = { agent: await runs.published({ tools }), input: 'Count', isTrusted: true }
  const task = newTask(changes)
  await agent.send(outgoing(agentQueue, 'task.run-agent', { task, input, caller }))
  const outcome = await agent.outcomeOf(task, PATIENCE)
  return outcome as { output: { executionId: ExecutionId } }
}

describe('an agent that is asked in the name of another one', () => {
  let asker: ExecutionId
  beforeEach(async () => {
    asker = await asking(CLOCK)
    agent.model.rewrite([COUNT, text('I may not')])
  })

  test('may use no tool that the other one was not given', async () => {
    await node([CALCULATOR, CLOCK], inTheNameOf(asker))
    expect(offered()).toEqual([['date_time'], ['date_time']])
    expect(lastTold()).toContain('tool.unknown')
  })

  test('may not as a member of a team either, in whatever pattern', async () => {
    const member = { name: 'ann', agentId: await runs.published({ tools: [CALCULATOR, CLOCK] }) }
    const definition = { pattern: 'sequential', members: [member] }
    await runs.call('POST', '/v1/agent-teams', { body: { name: 'desk', definition } })
    const task = newTask()
    const input = { team: 'desk', input: 'Count', isTrusted: true }
    const caller = inTheNameOf(asker)
    await agent.send(outgoing(agentQueue, 'task.run-team', { task, input, caller }))
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({ status: 'succeeded' })
    expect(offered()).toEqual([['date_time'], ['date_time']])
    expect(lastTold()).toContain('tool.unknown')
  })

  test('passes on no more than that', async () => {
    const first = await node([CALCULATOR, CLOCK], inTheNameOf(asker))
    agent.model.rewrite([COUNT, text('I may not')])
    await node([CALCULATOR], inTheNameOf(first.output.executionId))
    expect(offered()).toEqual([[], []])
  })

  test('does what both may', async () => {
    const both = await asking(CALCULATOR)
    agent.model.rewrite([COUNT, text('2')])
    await node([CALCULATOR, CLOCK], inTheNameOf(both))
    expect(offered()).toEqual([['calculator'], ['calculator']])
    expect(lastTold()).toContain('2')
  })

  test('may do nothing where nobody knows what the other one may do', async () => {
    const gone = `exe_${'0'.repeat(32)}` as ExecutionId
    await node([CALCULATOR], inTheNameOf(gone))
    expect(offered()).toEqual([[], []])
  })
})

test('what another organization may do is nothing that an agent could do here', async () => {
  const tenant = testTenant('9')
  const mine = await asking(CALCULATOR)
  const body = { name: 'theirs', definition: { instructions: 'x', tools: [CALCULATOR] } }
  const created = (await runs.call('POST', '/v1/agents', { body, tenant })).json()
  await runs.call('POST', `/v1/agents/${created.id}/versions`, { tenant })
  await runs.call('POST', `/v1/agents/${created.id}/versions/1/publish`, { tenant })
  agent.model.rewrite([COUNT, text('I may not')])
  const task = newTask({ tenant })
  const input = { agent: created.id, input: 'Count', isTrusted: true }
  const caller = inTheNameOf(mine)
  await agent.send(outgoing(agentQueue, 'task.run-agent', { task, input, caller }))
  await agent.outcomeOf(task, PATIENCE)
  expect(offered()).toEqual([[], []])
})
