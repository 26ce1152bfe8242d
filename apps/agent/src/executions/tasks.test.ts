import { createDeltaSubscriber, type Delta } from '@dure/platform'
import { connectQueues } from '@dure/platform/queues'
import { eventually, silentLog, testTenant } from '@dure/platform/testing'
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

/** Hears what is said in a run, as whoever watches it does. */
async function listeningTo(runId: string) {
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const subscriber = createDeltaSubscriber({ redis: queues.redis, prefix, log: silentLog() })
  const deltas: Delta[] = []
  subscriber.listen(runId, (delta) => void deltas.push(delta))
  const channel = `${prefix}:deltas:${runId}`
  await eventually(async () =>
    expect(await queues.redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]),
  )
  return {
    deltas,
    async close() {
      subscriber.close()
      await queues.close()
    },
  }
}

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

  test('names an alias, or a version by its number', async () => {
    const id = await published()
    const draft = {
      name: `two-${id.slice(-8)}`,
      definition: { instructions: 'The second.', model: 'demo' },
    }
    await runs.call('PATCH', `/v1/agents/${id}`, { body: draft })
    await runs.call('POST', `/v1/agents/${id}/versions`)
    await runs.call('POST', `/v1/agents/${id}/versions/2/publish`)
    agent.model.rewrite(() => text('here'))
    const told = async (name: string) => {
      const task = newTask()
      await agent.runAgent(task, { agent: name, input: 'Who?' })
      const outcome = await agent.outcomeOf(task, PATIENCE)
      if (outcome.status === 'failed') return outcome.error.code
      return String(agent.model.calls.at(-1)?.messages[0]?.content)
    }
    expect(await told(`${id}@1`)).toBe('You are brief.')
    expect(await told(`${id}@2`)).toBe('The second.')
    expect(await told(id)).toBe('The second.')
    expect(await told(`${id}@3`)).toBe('agent.version-not-found')
    expect(await told(`${id}@prod`)).toBe('agent-alias.not-found')
  })

  test('is told all that was said on the way, and hears it while it is written', async () => {
    const id = await published({ tools: [{ tool: 'calculator' }] })
    const call = { name: 'calculator', arguments: { expression: '6 * 7' } }
    const halt = halting('It is 42, of course')
    agent.model.rewrite([{ kind: 'tool-calls', calls: [call], text: 'Let me see.' }, halt])
    const run = newTask()
    const task = { ...run, taskKey: `${run.runId}/each[3]/ask` }
    const heard = await listeningTo(task.runId)
    await agent.runAgent(task, { agent: id, input: 'Six times seven?' })

    await eventually(() => expect(heard.deltas.map(({ text }) => text).join('')).toMatch(/It/))
    halt.release()
    const whole = 'Let me see.\n\nIt is 42, of course'
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      output: { output: 'It is 42, of course', text: whole },
    })
    await eventually(() => expect(heard.deltas.map(({ text }) => text).join('')).toBe(whole))
    const place = { runId: task.runId, nodeId: 'ask', path: 'each[3]/ask', attempt: 1 }
    expect(heard.deltas[0]).toEqual({ ...place, index: 0, text: expect.any(String) })
    expect(heard.deltas.find(({ offset }) => offset !== undefined)).toMatchObject({
      ...{ ...place, index: 0, offset: 'Let me see.'.length },
    })
    await heard.close()
  })

  test('gets JSON as its text where the agent has a schema, and hears nothing of it', async () => {
    const properties = { sum: { type: 'number' } }
    const id = await published({ outputSchema: { type: 'object', properties } })
    agent.model.rewrite([text('{"sum":   42}')])
    const task = newTask()
    const heard = await listeningTo(task.runId)
    await agent.runAgent(task, { agent: id, input: 'Six times seven?' })

    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      output: { output: { sum: 42 }, text: '{"sum":42}' },
    })
    expect(heard.deltas).toEqual([])
    await heard.close()
  })

  test('tells its agent what was said before, each as who has said it', async () => {
    const id = await published()
    agent.model.rewrite(() => text('Ada'))
    const history = [
      { role: 'system' as const, content: 'Answer with one word.' },
      { role: 'user' as const, content: 'I am Ada' },
      { role: 'assistant' as const, content: 'Hello Ada' },
      { role: 'system' as const, content: 'No marks.' },
    ]
    const task = newTask()
    await agent.runAgent(task, { agent: id, input: 'Who am I?', history })
    await agent.outcomeOf(task, PATIENCE)

    expect(agent.model.calls[0]?.messages).toEqual([
      { role: 'system', content: 'You are brief.\n\nAnswer with one word.\n\nNo marks.' },
      { role: 'user', content: 'I am Ada' },
      { role: 'assistant', content: 'Hello Ada' },
      { role: 'user', content: 'Who am I?' },
    ])
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
