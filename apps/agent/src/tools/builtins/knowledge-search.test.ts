import {
  agentExecutionsQueue,
  agentToolAnswersQueue,
  type ExecutionId,
  knowledgeQueue,
  type MessagePayload,
  outgoing,
  type ToolAnswer,
} from '@dure/contracts'
import { type Consumer, connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog } from '@dure/platform/testing'
import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { agentRuns } from '../../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../../tasks/testing/agent.ts'

type Asked = MessagePayload<typeof knowledgeQueue, 'agent-tool.search'>

const BASE = `kb_${'1'.repeat(32)}`
const FOUND = { context: '[1] refunds.md\nWithin 7 days.', citations: [] }
const FOUND_ANSWER: ToolAnswer = { status: 'succeeded', output: FOUND }

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let queues: Queues
let knowledge: Consumer
/** What the knowledge service was asked, and what it says; nothing: the message is lost. */
let asked: Asked[] = []
let answer: ToolAnswer | undefined

beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const handlers = {
    'task.search': async () => {},
    'agent-tool.search': async (message: Asked) => {
      asked.push(message)
      if (answer) await say(message, answer)
    },
  }
  knowledge = queues.consume(knowledgeQueue, handlers, { concurrency: 1 })
  knowledge.start()
})
afterAll(async () => {
  await knowledge.close()
  await queues.close()
  await agent.close()
})
beforeEach(() => {
  asked = []
  answer = FOUND_ANSWER
})

const say = ({ tenant, executionId, callKey }: Asked, result: ToolAnswer) =>
  queues.send(
    outgoing(agentToolAnswersQueue, 'tool.answered', { tenant, executionId, callKey, result }),
  )

async function start(definition: object, input: object = {}): Promise<string> {
  const id = await runs.published(definition)
  const search = { name: 'knowledge_search', arguments: { query: 'refunds', ...input } }
  agent.model.rewrite([toolCalls(search), text('Within 7 days [1].')])
  return (await runs.start(id)).json().id
}

const toldToTheModel = () =>
  agent.model.calls.at(-1)?.messages.find(({ role }) => role === 'tool')?.content

/** As if it had waited for so long. */
async function later(id: string, seconds: number): Promise<void> {
  await agent.pool.query(
    `UPDATE events SET at = at - $2 * interval '1 second'
     WHERE stream = $1 AND type = 'execution.tool-sent'`,
    [id, seconds],
  )
  const [first] = asked
  if (!first) throw new Error('nothing was asked')
  const wake = { tenant: first.tenant, executionId: id as ExecutionId, cause: `later-${seconds}` }
  await queues.send(outgoing(agentExecutionsQueue, 'execution.advance', wake))
}

test('the knowledge bases of an agent are searched for whoever has started it', async () => {
  const id = await start({ knowledgeBaseIds: [BASE] }, { topK: 50 })

  expect(await runs.until(id, 'succeeded')).toMatchObject({ output: 'Within 7 days [1].' })
  expect(asked).toEqual([
    {
      tenant: expect.any(Object),
      executionId: id,
      callKey: `${id}/1/0`,
      input: { knowledgeBaseIds: [BASE], query: 'refunds', topK: 5, minScore: 0 },
      caller: expect.objectContaining({ principals: expect.arrayContaining(['key:key_test']) }),
      spender: { runId: id, agentId: expect.stringMatching(/^agt_/), keyId: 'key_test' },
      timeoutMs: 20_000,
    },
  ])
  expect(JSON.parse(String(toldToTheModel()))).toEqual(FOUND)
  expect(await runs.steps(id)).toMatchObject([
    { kind: 'model-call' },
    { kind: 'tool-sent' },
    { kind: 'tool-call', status: 'succeeded', isUntrusted: true },
    { kind: 'model-call' },
  ])
})

test('a grant says how it is searched, and where is not for the model to choose', async () => {
  const config = { topK: 3, minScore: 0.5, mode: 'keyword' }
  const tools = [{ tool: 'knowledge_search', config }]
  await runs.until(await start({ knowledgeBaseIds: [BASE], tools }, { topK: 2 }), 'succeeded')
  expect(asked[0]?.input).toEqual({
    ...{ knowledgeBaseIds: [BASE], query: 'refunds', topK: 2, minScore: 0.5, mode: 'keyword' },
  })

  const other = { knowledgeBaseIds: [`kb_${'2'.repeat(32)}`] }
  await runs.until(await start({ knowledgeBaseIds: [BASE] }, other), 'succeeded')
  expect(asked).toHaveLength(1)
  expect(toldToTheModel()).toContain('tool.')
})

test('a search that failed is told to the model', async () => {
  const error = { code: 'knowledge-base.not-found', message: 'There is none', class: 'rejected' }
  answer = { status: 'failed', error: error as never }
  await runs.until(await start({ knowledgeBaseIds: [BASE] }), 'succeeded')
  expect(toldToTheModel()).toContain('knowledge-base.not-found')
})

test('a search whose message was lost is sent again, and its answer counts once', async () => {
  answer = undefined
  const id = await start({ knowledgeBaseIds: [BASE] })
  await runs.until(id, 'waiting')
  answer = FOUND_ANSWER
  await later(id, 31)
  await runs.until(id, 'succeeded')

  expect(asked.map(({ callKey }) => callKey)).toEqual([`${id}/1/0`, `${id}/1/0`])
  const [message] = asked
  if (message) await say(message, FOUND_ANSWER)
  await eventually(async () => expect((await runs.steps(id)).length).toBe(5))
})

test('a search that nobody answers fails in the end, and the model goes on', async () => {
  answer = undefined
  const id = await start({ knowledgeBaseIds: [BASE] })
  await runs.until(id, 'waiting')
  await later(id, 121)
  await runs.until(id, 'succeeded')
  expect(toldToTheModel()).toContain('tool.not-answered')
})
