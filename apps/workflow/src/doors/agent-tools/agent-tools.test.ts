import {
  agentToolAnswersQueue,
  type Caller,
  type MessagePayload,
  outgoing,
  type RunId,
  type TaskRef,
  type ToolAnswer,
  workflowToolQueue,
} from '@dure/contracts'
import type { Consumer } from '@dure/platform/queues'
import { eventually, testTenant } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../../testing/harness.ts'
import { chatGraph, echoGraph, oneNode } from '../testing/graphs.ts'

type Call = MessagePayload<typeof workflowToolQueue, 'agent-tool.run-workflow'>

let harness: Harness
let database: pg.Client
let agents: Consumer
let answers: { readonly callKey: string; readonly result: ToolAnswer }[] = []
let tasks: TaskRef[] = []
let calls = 0
beforeAll(async () => {
  harness = await startHarness()
  database = new pg.Client({ connectionString: harness.databaseUrl })
  await database.connect()
  const take = async (answer: (typeof answers)[number]) => void answers.push(answer)
  const handlers = { 'tool.answered': take }
  agents = harness.queues.consume(agentToolAnswersQueue, handlers, { concurrency: 1 })
  agents.start()
  await harness.publish(echoGraph, 'echo')
  await harness.publish(chatGraph, 'chat')
  await harness.publish(supportGraph, 'support')
})
afterAll(async () => {
  await agents.close()
  await database.end()
  await harness.close()
})
beforeEach(() => {
  answers = []
  tasks = []
  harness.answer = (task) => {
    tasks.push(task)
    return undefined
  }
})

/** As the agent service asks. */
async function call(more: Partial<Call> = {}): Promise<Call> {
  calls += 1
  const callKey = `exe_${String(calls).padStart(32, '0')}/1/0`
  const asked = { tenant: testTenant(), callKey, workflow: 'echo', input: {}, timeoutMs: 60_000 }
  const whole = { ...asked, ...more }
  await harness.queues.send(outgoing(workflowToolQueue, 'agent-tool.run-workflow', whole))
  return whole
}

const answerTo = ({ callKey }: Call) =>
  eventually(() => {
    const answer = answers.find((one) => one.callKey === callKey)
    if (!answer) throw new Error('there is no answer yet')
    return answer.result
  })
const firstTask = () =>
  eventually(() => {
    const [task] = tasks
    if (!task) throw new Error('there is no task yet')
    return task
  })
const statusOf = async (runId: string) =>
  (await (await harness.call({ url: `/v1/runs/${runId}` })).json()).status

test('an agent is told the output of the workflow that it runs', async () => {
  const result = await answerTo(await call({ input: { order: 7 } }))
  expect(result).toEqual({
    status: 'succeeded',
    output: { runId: expect.stringMatching(/^run_/), output: { given: { order: 7 } } },
  })
})

test('a call that comes again, before the end or after it, is the same run', async () => {
  const asked = await call({ workflow: 'chat', input: { input: 'Hi' } })
  const task = await firstTask()
  await call({ ...asked, timeoutMs: 59_000 })
  await harness.send(task, succeeded({ text: 'Hello' }))
  expect(await answerTo(asked)).toMatchObject({ output: { output: { answer: 'Hello' } } })

  answers = []
  await harness.forgetEverything()
  await call({ ...asked, timeoutMs: 58_000 })
  expect(await answerTo(asked)).toMatchObject({ output: { runId: task.runId } })
  expect(tasks).toHaveLength(1)
})

test.each<[string, Partial<Call>, string]>([
  ['what is not there', { workflow: 'nothing' }, 'workflow.not-found'],
  ['an alias that is not there', { workflow: 'echo@prod' }, 'alias.not-found'],
  ['another project', { tenant: testTenant('9') }, 'workflow.not-found'],
  ['the wrong input', { workflow: 'support', input: { question: 7 } }, 'run.invalid-input'],
])('a call for %s fails, and says so', async (_name, more, code) => {
  expect(await answerTo(await call(more))).toMatchObject({ status: 'failed', error: { code } })
})

test('an input that does not fit is refused with what the workflow asks for', async () => {
  const result = await answerTo(await call({ workflow: 'support', input: { question: 7 } }))
  const message = 'error' in result ? result.error.message : ''
  expect(message).toContain('"properties":{"question":{"type":"string"')
  expect(message).toContain('#/input/question')

  const properties = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `field_${index}`,
      { type: 'string', description: 'x'.repeat(50) },
    ]),
  )
  const inputSchema = { type: 'object', properties, required: ['field_0'] }
  const [, ...rest] = echoGraph.nodes
  const nodes = [{ id: 'start', type: 'start', config: { inputSchema } }, ...rest]
  await harness.publish({ ...echoGraph, nodes }, 'wide')
  const wide = await answerTo(await call({ workflow: 'wide' }))
  expect(wide).toMatchObject({ error: { message: expect.stringContaining('field_39') } })
})

test('what a run has cost is told with its end, whatever that is', async () => {
  const usage = { inputTokens: 0, outputTokens: 0, costMicroUsd: 42 }
  harness.answer = () => succeeded({ text: 'Hello' }, 42)
  expect(await answerTo(await call({ workflow: 'chat', input: { input: 'Hi' } }))).toMatchObject({
    ...{ status: 'succeeded', usage },
  })
  const twice = oneNode({ id: 'ask', type: 'llm', config: { prompt: 'Hi' } })
  const then = { id: 'then', type: 'llm', config: { prompt: 'Hi' } }
  const [start, ask, end] = twice.nodes
  const edges = [
    { from: 'start', to: 'ask' },
    { from: 'ask', to: 'then' },
    { from: 'then', to: 'end' },
  ]
  await harness.publish({ nodes: [start, ask, then, end], edges }, 'twice')
  const error = { code: 'model.unavailable', message: 'The model is away' }
  harness.answer = ({ nodeId }) =>
    nodeId === 'ask' ? succeeded({ text: 'Hello' }, 42) : { status: 'failed', error }
  expect(await answerTo(await call({ workflow: 'twice' }))).toMatchObject({
    ...{ status: 'failed', usage },
  })
})

test('a run that failed is a call that failed, for the same reason', async () => {
  const error = { code: 'model.unavailable', message: 'The model is away' }
  harness.answer = () => ({ status: 'failed', error })
  const asked = await call({ workflow: 'chat', input: { input: 'Hi' } })
  expect(await answerTo(asked)).toMatchObject({ error: { code: 'model.unavailable' } })
})

test('workflows whose agents run workflows end five deep', async () => {
  let runId: RunId | undefined
  for (let depth = 1; depth <= 5; depth++) {
    const asked = await call({ ...(runId && { runId }) })
    const result = await answerTo(asked)
    if (result.status !== 'succeeded') throw new Error(JSON.stringify(result))
    runId = (result.output as { readonly runId: RunId }).runId
  }
  const last = await answerTo(await call({ ...(runId && { runId }) }))
  expect(last).toMatchObject({ status: 'failed', error: { code: 'tool.too-deep' } })
})

test('how deep a call is that comes from a run that is not there, nobody can say', async () => {
  const result = await answerTo(await call({ runId: `run_${'0'.repeat(32)}` as RunId }))
  expect(result).toMatchObject({ status: 'failed', error: { code: 'run.not-found' } })
})

test('what runs in the name of an agent says so to whomever it asks', async () => {
  const caller = {
    principals: ['user:usr_1'],
    seesAll: false,
    delegatedBy: `exe_${'1'.repeat(32)}`,
    spender: { runId: `exe_${'1'.repeat(32)}`, keyId: 'key_1' },
  }
  const nodes = {
    asks: { type: 'agent', config: { agent: 'desk', input: 'Hi' } },
    meets: { type: 'multi_agent', config: { team: 'desk', input: 'Hi' } },
    says: { type: 'llm', config: { prompt: 'Hi' } },
    checks: { type: 'guardrail', config: { text: 'Hi', rules: [{ check: 'moderation' }] } },
  }
  for (const [name, node] of Object.entries(nodes)) {
    const graph = oneNode({ id: 'ask', ...node })
    const port = node.type === 'guardrail' ? 'pass' : 'out'
    const edges = graph.edges.map((edge) => (edge.from === 'ask' ? { ...edge, port } : edge))
    await harness.publish({ ...graph, edges }, name)
    await call({ workflow: name, caller: caller as Caller })
  }
  await eventually(() => expect(tasks).toHaveLength(4))
  const { rows } = await database.query(
    `SELECT payload -> 'caller' AS caller FROM node_task WHERE run_id = ANY ($1)`,
    [tasks.map(({ runId }) => runId)],
  )
  expect(rows).toEqual(Object.keys(nodes).map(() => ({ caller })))
})

test('a run whose agent is over is cancelled, and one that takes too long ends by itself', async () => {
  const asked = await call({ workflow: 'chat', input: { input: 'Hi' } })
  const { runId } = await firstTask()
  const { tenant, callKey } = asked
  await harness.queues.send(
    outgoing(workflowToolQueue, 'agent-tool.cancel-run', { tenant, callKey }),
  )
  await eventually(async () => expect(await statusOf(runId)).toBe('cancelled'))
  expect(await answerTo(asked)).toMatchObject({ error: { code: 'run.cancelled' } })

  const slow = await call({ workflow: 'chat', input: { input: 'Hi' }, timeoutMs: 300 })
  expect(await answerTo(slow)).toMatchObject({ status: 'failed', error: { class: 'timeout' } })
})
