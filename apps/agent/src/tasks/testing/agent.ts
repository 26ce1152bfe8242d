import {
  agentControlQueue,
  agentQueue,
  type CheckText,
  type GenerateText,
  type OutgoingMessage,
  outgoing,
  type RunAgent,
  type RunCode,
  type RunTeam,
  type SendHttpRequest,
  type TaskOutcome,
  type TaskRef,
  workflowQueue,
} from '@dure/contracts'
import { createPool, loadConfig, type Service } from '@dure/platform'
import { connectQueues } from '@dure/platform/queues'
import {
  eventually,
  silentLog,
  type TestIdentity,
  testDatabase,
  testIdentity,
  testQueues,
  testSecretsKeys,
} from '@dure/platform/testing'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import type { Pool } from 'pg'
import { createApp } from '../../app.ts'
import { Config } from '../../config.ts'

export interface Finished {
  readonly task: TaskRef
  readonly outcome: TaskOutcome
}

/** The whole service on a real database and real queues, and all that surrounds it. */
export interface AgentUnderTest {
  readonly app: Service
  readonly model: ScriptedModel
  readonly identity: TestIdentity
  readonly pool: Pool
  /** What another process of the same installation would find in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** What the workflow service was told, in order. */
  readonly told: readonly Finished[]
  generate(task: TaskRef, input?: Partial<GenerateText>): Promise<void>
  request(task: TaskRef, input: Partial<SendHttpRequest>): Promise<void>
  runCode(task: TaskRef, input: Partial<RunCode>): Promise<void>
  runAgent(task: TaskRef, input: RunAgent): Promise<void>
  runTeam(task: TaskRef, input: RunTeam): Promise<void>
  checkText(task: TaskRef, input: CheckText): Promise<void>
  send(message: OutgoingMessage): Promise<void>
  /** All of them in one message of the queue. */
  echo(tasks: readonly TaskRef[], data: unknown): Promise<void>
  cancel(task: TaskRef): Promise<void>
  /** Waits until the workflow was told the outcome of a task `times` times, which is 1. */
  outcomeOf(
    task: TaskRef,
    options?: { readonly times?: number; readonly timeoutMs?: number },
  ): Promise<TaskOutcome>
  /** Empties Redis, as an operator or a crash may at any moment. */
  wipeRedis(): Promise<void>
  /** How many messages to the agent wait or are in hand. */
  pending(): Promise<number>
  events(task: TaskRef): Promise<{ version: number; type: string; data: unknown }[]>
  close(): Promise<void>
}

export async function startAgent(
  settings: Readonly<Record<string, string>> = {},
  /** Of what depends on where the scripted model is: `http://host:port`. */
  settingsAt: (host: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<AgentUnderTest> {
  const [{ databaseUrl, drop }, model] = await Promise.all([
    testDatabase('agent'),
    startScriptedModel(),
  ])
  const { redisUrl, prefix } = testQueues()
  const identity = testIdentity()
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    IDENTITY_PUBLIC_KEY: identity.publicKey,
    LOG_LEVEL: 'silent',
    MODEL_BASE_URL: model.baseUrl,
    MODEL_API_KEY: 'sk-very-secret',
    MODEL_DEFAULT: 'demo',
    // Tests of failures follow each other: none is to spare the others their calls.
    MODEL_BREAKER_RESULTS: '100000',
    LEASE_MS: '1000',
    SECRETS_KEYS: testSecretsKeys(),
    ...settings,
    ...settingsAt(model.baseUrl.replace(/\/v1$/, '')),
  }
  const app = await createApp(loadConfig(Config, env))
  const pool = createPool({ DATABASE_URL: databaseUrl }, { max: 2, rows: 'of every tenant' })
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const told: Finished[] = []
  const workflow = queues.consume(
    workflowQueue,
    {
      'task.finish': async (finished) => {
        told.push(finished)
      },
      'events.resend': async () => {},
    },
    { concurrency: 1 },
  )
  await app.ready()
  workflow.start()
  const toldOf = ({ taskKey, attempt }: TaskRef) =>
    told.filter(({ task }) => task.taskKey === taskKey && task.attempt === attempt)

  return {
    app,
    model,
    identity,
    pool,
    env,
    told,
    send: queues.send,

    generate: (task, input) =>
      queues.send(
        outgoing(agentQueue, 'task.generate-text', { task, input: { prompt: 'Hello', ...input } }),
      ),

    request: (task, input) =>
      queues.send(
        outgoing(agentQueue, 'task.send-http-request', {
          task,
          input: {
            method: 'GET',
            url: 'http://127.0.0.1/',
            headers: {},
            maxBytes: 10_000,
            idempotent: false,
            ...input,
          },
        }),
      ),

    runCode: (task, input) =>
      queues.send(
        outgoing(agentQueue, 'task.run-code', {
          task,
          input: { source: 'return input', input: {}, ...input },
        }),
      ),

    runAgent: (task, input) => queues.send(outgoing(agentQueue, 'task.run-agent', { task, input })),

    runTeam: (task, input) => queues.send(outgoing(agentQueue, 'task.run-team', { task, input })),

    checkText: (task, input) =>
      queues.send(outgoing(agentQueue, 'task.check-text', { task, input })),

    echo: (tasks, data) =>
      queues.sendAll(
        tasks.map((task) => outgoing(agentQueue, 'task.echo', { task, input: { data } })),
        { packed: true },
      ),

    cancel: (task) => queues.send(outgoing(agentControlQueue, 'task.cancel', { task })),

    outcomeOf: (task, { times = 1, ...limit } = {}) =>
      eventually(() => {
        const outcome = toldOf(task)[times - 1]?.outcome
        if (!outcome) throw new Error(`${toldOf(task).length} outcomes of ${task.taskKey}`)
        return outcome
      }, limit),

    async wipeRedis() {
      const keys = await queues.redis.keys(`${prefix}:*`)
      await queues.redis.del(...keys)
    },

    async pending() {
      const lists = ['wait', 'active'].map((state) => `${prefix}:${agentQueue.name}:${state}`)
      const lengths = await Promise.all(lists.map((list) => queues.redis.llen(list)))
      return lengths.reduce((sum, length) => sum + length, 0)
    },

    async events({ taskKey }) {
      const { rows } = await pool.query(
        'SELECT version, type, data FROM events WHERE stream = $1 ORDER BY version',
        [taskKey],
      )
      return rows
    },

    async close() {
      await workflow.close()
      await app.close()
      await Promise.all([queues.close(), pool.end(), model.close()])
      await drop()
    },
  }
}
