import {
  agentQueue,
  analyticsQueue,
  type CostReport,
  outgoing,
  type RecordedEvent,
  type UsageReport,
  workflowQueue,
} from '@dure/contracts'
import { loadConfig, type Service } from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import {
  eventually,
  silentLog,
  type TestDatabase,
  testDatabase,
  testIdentity,
  testQueues,
} from '@dure/platform/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { Config } from './config.ts'
import { modelCalled, runCompleted, runStarted } from './testing/events.ts'
import { deliveriesOf, randomOf } from './testing/shuffle.ts'

const caller = testIdentity()
let database: TestDatabase
let queues: Queues
let environment: NodeJS.ProcessEnv
let open: { close(): Promise<unknown> }[]

beforeEach(async () => {
  database = await testDatabase('analytics')
  const { redisUrl, prefix } = testQueues()
  queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  environment = {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    IDENTITY_PUBLIC_KEY: caller.publicKey,
    LOG_LEVEL: 'silent',
  }
  open = []
})
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()))
  await queues.close()
  await database.drop()
})

async function start(changes: NodeJS.ProcessEnv = {}): Promise<Service> {
  const app = await createApp(loadConfig(Config, { ...environment, ...changes }))
  open.push(app)
  await app.ready()
  return app
}

async function get<Body>(app: Service, url: string): Promise<Body> {
  const response = await app.inject({ url, headers: await caller.headers('analytics') })
  expect(response.statusCode).toBe(200)
  return response.json() as Body
}

const send = (source: 'workflow' | 'agent', events: RecordedEvent[]) =>
  queues.send(outgoing(analyticsQueue, 'events.record', { source, events }))

describe('the analytics service', () => {
  test('counts each event once, whatever the queue does, on two replicas', async () => {
    const [app] = await Promise.all([start(), start()])
    const runs = Array.from({ length: 60 }, (_, n) => n + 1)
    const ofRuns = runs.flatMap((run) => [
      runStarted({ g: 2 * run - 1, run }),
      runCompleted({ g: 2 * run, run, at: '2026-11-20T12:00:03.000Z' }),
    ])
    const ofCalls = runs.map((run) => modelCalled({ g: run, run, usage: { costMicroUsd: run } }))
    const random = randomOf(7)
    await Promise.all([
      ...deliveriesOf(ofRuns, random).map((events) => send('workflow', events)),
      ...deliveriesOf(ofCalls, random).map((events) => send('agent', events)),
    ])

    const range = 'from=2026-11-20&to=2026-11-20'
    await eventually(async () => {
      const usage = await get<UsageReport>(app, `/v1/usage?${range}`)
      const costs = await get<CostReport>(app, `/v1/costs?${range}`)
      expect(usage.totals).toEqual({
        runs: {
          started: 60,
          completed: 60,
          failed: 0,
          cancelled: 0,
          durationMs: { p50: 3000, p95: 3000 },
        },
        modelCalls: { calls: 60, failed: 0, inputTokens: 600, outputTokens: 300 },
      })
      expect(costs.totals.costMicroUsd).toBe(1830)
    })
  })

  test('asks a source for what is missing, and takes it in when it comes', async () => {
    const app = await start({ GAP_CHECK_MS: '50' })
    const calls = async () => {
      const { totals } = await get<CostReport>(app, '/v1/costs?from=2026-11-20&to=2026-11-20')
      return totals.modelCalls
    }
    const asked: unknown[] = []
    const source = queues.consume(
      agentQueue,
      {
        'task.generate-text': async () => {},
        'task.send-http-request': async () => {},
        'task.run-agent': async () => {},
        'task.run-team': async () => {},
        'task.read-memory': async () => {},
        'task.write-memory': async () => {},
        'task.check-text': async () => {},
        'task.run-code': async () => {},
        'task.echo': async () => {},
        'events.resend': async ({ fromG, toG }) => {
          asked.push({ fromG, toG })
          const count = toG - fromG + 1
          await send(
            'agent',
            Array.from({ length: count }, (_, n) => modelCalled({ g: fromG + n })),
          )
        },
      },
      { concurrency: 1 },
    )
    open.push(source)
    source.start()

    await send('agent', [modelCalled({ g: 4 })])
    await eventually(async () => expect(await calls()).toBeGreaterThan(0))
    await queues.send(outgoing(analyticsQueue, 'events.report-head', { source: 'agent', g: 6 }))

    await eventually(async () => expect(await calls()).toBe(6))
    expect(asked).toEqual([
      { fromG: 1, toG: 3 },
      { fromG: 5, toG: 6 },
    ])
  })

  test('asks the workflow service on its own queue', async () => {
    await start({ GAP_CHECK_MS: '50' })
    const asked = Promise.withResolvers<unknown>()
    const source = queues.consume(
      workflowQueue,
      {
        'task.finish': async () => {},
        'events.resend': async (range) => asked.resolve(range),
      },
      { concurrency: 1 },
    )
    open.push(source)
    source.start()

    await queues.send(outgoing(analyticsQueue, 'events.report-head', { source: 'workflow', g: 8 }))

    expect(await asked.promise).toEqual({ fromG: 1, toG: 8 })
  })

  test('is ready when PostgreSQL, Redis and its consumer are', async () => {
    const response = await (await start()).inject({ url: '/readyz' })

    expect(response.statusCode).toBe(200)
    expect(Object.keys(response.json().checks)).toEqual(['postgres', 'redis', 'consumer', 'gaps'])
  })

  test('serves no reports as a worker, and consumes nothing as an API', async () => {
    const worker = await start({ ROLE: 'worker' })
    const api = await start({ ROLE: 'api' })
    const headers = await caller.headers('analytics')

    expect((await worker.inject({ url: '/v1/usage', headers })).statusCode).toBe(404)
    expect((await api.inject({ url: '/v1/usage', headers })).statusCode).toBe(200)
    const { checks } = (await api.inject({ url: '/readyz' })).json()
    expect(Object.keys(checks)).toEqual(['postgres', 'redis'])
  })
})
