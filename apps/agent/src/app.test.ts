import { agentQueue, analyticsQueue, outgoing, type RecordedEvent } from '@dure/contracts'
import { connectQueues } from '@dure/platform/queues'
import { eventually, silentLog } from '@dure/platform/testing'
import { text } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from './tasks/testing/agent.ts'
import { newTask } from './tasks/testing/task.ts'

let agent: AgentUnderTest
const recorded: RecordedEvent[] = []
const cleanups: (() => Promise<void>)[] = []

beforeAll(async () => {
  agent = await startAgent()
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const analytics = queues.consume(
    analyticsQueue,
    {
      'events.record': async ({ events }) => {
        recorded.push(...events)
      },
      'events.report-head': async () => {},
    },
    { concurrency: 1 },
  )
  analytics.start()
  cleanups.push(
    () => analytics.close(),
    () => agent.close(),
    () => queues.close(),
  )
  resend = (fromG, toG) => queues.send(outgoing(agentQueue, 'events.resend', { fromG, toG }))
})
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
})
let resend: (fromG: number, toG: number) => Promise<void>

const seen = (count: number) => eventually(() => expect(recorded).toHaveLength(count))

test('what a call took reaches analytics, and is sent again when it asks for it', async () => {
  agent.model.rewrite([text('Hi')])
  const task = newTask()
  await agent.generate(task)
  await seen(2)

  await resend(1, 2)

  await seen(4)
  const inOrder = (events: typeof recorded) => events.toSorted((one, other) => one.g - other.g)
  const [paid, called] = inOrder(recorded.slice(0, 2))
  expect(inOrder(recorded.slice(2))).toEqual([paid, called])
  const usage = { model: 'demo', outputTokens: 1 }
  expect(paid).toMatchObject({
    ...{ g: 1, type: 'call.paid', schemaVersion: 2, tenant: task.tenant },
    data: { kind: 'node', runId: task.runId, workflowId: task.workflowId, usage },
  })
  expect(called).toMatchObject({
    ...{ g: 2, stream: task.taskKey, version: 1, type: 'model.called', tenant: task.tenant },
    data: { runId: task.runId, usage },
  })
})

test('the service is ready when its database, Redis, consumer, relay and experiments are', async () => {
  const { json } = await agent.app.inject('/readyz')

  expect(json()).toMatchObject({
    status: 'ready',
    checks: {
      postgres: { status: 'ok' },
      redis: { status: 'ok' },
      consumer: { status: 'ok' },
      experiments: { status: 'ok' },
      relay: { status: 'ok' },
    },
  })
})

test('every route is in the OpenAPI document', async () => {
  const { json } = await agent.app.inject('/openapi.json')

  expect(json().paths).toMatchObject({ '/v1/models': { get: { operationId: 'listModels' } } })
})
