import {
  agentQueue,
  outgoing,
  type TaskOutcome,
  type TaskRef,
  workflowQueue,
} from '@dure/contracts'
import type { Service } from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import {
  silentLog,
  testDatabase,
  testIdentity,
  testQueues,
  testSecretsKeys,
} from '@dure/platform/testing'
import pg from 'pg'
import { createApp } from '../../app.ts'
import type { Config } from '../../config.ts'
import { type Answered, succeeded } from '../../testing/harness.ts'

export interface Replica {
  readonly service: Service
  readonly url: string
  call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<Answered>
}

/** Several workflow services on one database and one queue; the test plays the agent service. */
export interface Replicas {
  readonly databaseUrl: string
  /** What the agent service answers; undefined: nothing. */
  answer: (task: TaskRef) => TaskOutcome | undefined
  send(task: TaskRef, outcome: TaskOutcome): Promise<void>
  add(config?: Partial<Config>): Promise<Replica>
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function startReplicas(): Promise<Replicas> {
  const database = await testDatabase('workflow')
  const { redisUrl, prefix } = testQueues()
  const caller = testIdentity()
  const pool = new pg.Pool({ connectionString: database.superuserUrl, max: 2 })
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const services: Service[] = []
  const consumer = playAgent(queues, {
    answer: (task) => replicas.answer(task),
    send: (task, outcome) => replicas.send(task, outcome),
  })

  const replicas: Replicas = {
    databaseUrl: database.databaseUrl,
    answer: () => succeeded({}),
    send: (task, outcome) => queues.send(outgoing(workflowQueue, 'task.finish', { task, outcome })),
    sql: async (text, values = []) => (await pool.query(text, [...values])).rows,

    async add(config = {}) {
      const service = await createApp({
        ...SETTINGS,
        DATABASE_URL: database.databaseUrl,
        REDIS_URL: redisUrl,
        QUEUE_PREFIX: prefix,
        IDENTITY_PUBLIC_KEY: caller.publicKey,
        ...config,
      })
      services.push(service)
      const base = await service.listen({ host: '127.0.0.1', port: 0 })
      return {
        service,
        url: base,
        async call(method, url, body) {
          const headers = {
            ...(await caller.headers('workflow')),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          }
          const content = body === undefined ? {} : { body: JSON.stringify(body) }
          return (await fetch(base + url, { method, headers, ...content })) as Answered
        },
      }
    },

    async close() {
      await consumer.close()
      await Promise.all(services.map((service) => service.close()))
      await queues.close()
      await pool.end()
      await database.drop()
    },
  }
  return replicas
}

const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: 0,
  LOG_LEVEL: 'silent',
  DRAIN_MS: 0,
  EGRESS_ALLOW: '',
  SECRETS_KEYS: testSecretsKeys(),
  ROLE: 'all',
  RESULT_CONCURRENCY: 8,
  RECONCILE_MS: 50,
  RESEND_AFTER_MS: 60_000,
  RUN_TIMEOUT_MS: 600_000,
  MAX_RUNNING_RUNS: 1000,
  MAX_QUEUED_RUNS: 1000,
  RETENTION_DAYS: 30,
  MCP_ORIGINS: '',
} as const

function playAgent(queues: Queues, { answer, send }: Pick<Replicas, 'answer' | 'send'>) {
  async function deliver({ task }: { readonly task: TaskRef }): Promise<void> {
    const outcome = answer(task)
    if (outcome) await send(task, outcome)
  }
  const consumer = queues.consume(
    agentQueue,
    {
      'task.generate-text': deliver,
      'task.send-http-request': deliver,
      'task.run-agent': deliver,
      'task.run-team': deliver,
      'task.check-text': deliver,
      'task.read-memory': deliver,
      'task.write-memory': deliver,
      'task.run-code': deliver,
      'task.echo': deliver,
      'events.resend': async () => {},
    },
    { concurrency: 8 },
  )
  consumer.start()
  return consumer
}

/** Creates, freezes and publishes; gives the id. */
export async function publish({ call }: Pick<Replica, 'call'>, graph: unknown): Promise<string> {
  const post = async (url: string, body?: unknown) => {
    const response = await call('POST', url, body)
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const { id } = await post('/v1/workflows', { name: 'Example', graph })
  await post(`/v1/workflows/${id}/versions`)
  await post(`/v1/workflows/${id}/versions/1/publish`)
  return id
}
