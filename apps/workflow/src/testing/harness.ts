import {
  agentControlQueue,
  agentQueue,
  type Caller,
  type Identity,
  knowledgeQueue,
  outgoing,
  type TaskOutcome,
  type TaskRef,
  workflowQueue,
} from '@dure/contracts'
import type { Service } from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import {
  silentLog,
  type TestIdentity,
  testDatabase,
  testIdentity,
  testQueues,
  testSecretsKeys,
} from '@dure/platform/testing'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'

type Answer = (
  task: TaskRef,
  input: { readonly query?: string; readonly prompt?: string },
) => TaskOutcome | undefined

interface Delivery {
  readonly task: TaskRef
  readonly input: object
  readonly caller?: Caller
}

export interface Harness {
  readonly service: Service
  readonly queues: Queues
  /** Of the superuser: a test looks behind. */
  readonly databaseUrl: string
  /** Whom the service takes for the gateway. */
  readonly caller: TestIdentity
  /** How often each task was delivered, by node. */
  readonly deliveries: Map<string, number>
  /** Keys of the tasks that the services beyond the queues were told to stop. */
  readonly cancelled: string[]
  /** For whom each task was delivered, in their order. */
  readonly heard: (Caller | undefined)[]
  /** Decides what the services beyond the queues answer; undefined: nothing. */
  answer: Answer
  call(request: Call): Promise<Answered>
  /** Creates, freezes and publishes; gives the id. */
  publish(graph: unknown, name?: string): Promise<string>
  send(task: TaskRef, outcome: TaskOutcome): Promise<void>
  /** What a wiped Redis is to this installation: none of its keys is left. */
  forgetEverything(): Promise<void>
  close(): Promise<void>
}

/** The fields that answers of the API have; each answer has some of them. */
interface AnswerBody {
  readonly id: string
  readonly code: string
  readonly status: string
  readonly number: number
  readonly output: unknown
  readonly valid: boolean
  readonly error: { readonly code: string }
  readonly errors: readonly unknown[]
  readonly graph: { readonly nodes: readonly unknown[] }
  readonly config: { readonly required: readonly string[] }
  readonly data: readonly { readonly id: string; readonly type: string }[]
  readonly nextCursor: string | null
}

export interface Answered extends Response {
  json(): Promise<AnswerBody>
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly as?: Partial<Identity>
}

export const succeeded = (output: unknown, costMicroUsd?: number): TaskOutcome => ({
  status: 'succeeded',
  output,
  durationMs: 3,
  ...(costMicroUsd !== undefined && {
    usage: { model: 'test', inputTokens: 10, outputTokens: 5, costMicroUsd },
  }),
})

/** The workflow service on a real database and queue; the test plays the services beyond it. */
export async function startHarness(config: Partial<Config> = {}): Promise<Harness> {
  const database = await testDatabase('workflow')
  const { redisUrl, prefix } = testQueues()
  const caller = testIdentity()
  const service = await createApp({
    HOST: '127.0.0.1',
    PORT: 0,
    LOG_LEVEL: 'silent',
    DRAIN_MS: 0,
    ROLE: 'all',
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    IDENTITY_PUBLIC_KEY: caller.publicKey,
    RESULT_CONCURRENCY: 8,
    RECONCILE_MS: 50,
    RESEND_AFTER_MS: 60_000,
    RUN_TIMEOUT_MS: 600_000,
    MAX_RUNNING_RUNS: 1000,
    MAX_QUEUED_RUNS: 1000,
    RETENTION_DAYS: 30,
    EGRESS_ALLOW: '',
    SECRETS_KEYS: testSecretsKeys(),
    MCP_ORIGINS: 'https://app.example',
    ...config,
  })
  const base = await service.listen({ host: '127.0.0.1', port: 0 })
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })

  const send = (task: TaskRef, outcome: TaskOutcome) =>
    queues.send(outgoing(workflowQueue, 'task.finish', { task, outcome }))
  async function deliver({ task, input, caller }: Delivery): Promise<void> {
    harness.heard.push(caller)
    harness.deliveries.set(task.nodeId, (harness.deliveries.get(task.nodeId) ?? 0) + 1)
    const outcome = harness.answer(task, input)
    if (outcome) await send(task, outcome)
  }
  const consumers = [
    queues.consume(
      knowledgeQueue,
      { 'task.search': deliver, 'agent-tool.search': async () => {} },
      { concurrency: 8 },
    ),
    queues.consume(
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
    ),
    queues.consume(
      agentControlQueue,
      {
        'task.cancel': async ({ task }) => {
          harness.cancelled.push(task.taskKey)
        },
        'execution.cancel': async () => {},
      },
      { concurrency: 8 },
    ),
  ]
  for (const consumer of consumers) consumer.start()

  const harness: Harness = {
    service,
    queues,
    databaseUrl: database.superuserUrl,
    caller,
    deliveries: new Map(),
    cancelled: [],
    heard: [],
    answer: () => succeeded({}),
    send,

    async call({ method = 'GET', url, body, headers = {}, as }) {
      const response = await fetch(base + url, {
        method,
        headers: {
          ...(await caller.headers('workflow', as)),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      })
      return response as Answered
    },

    async publish(graph, name = 'Example') {
      const post = async (url: string, body?: unknown) => {
        const response = await harness.call({ method: 'POST', url, body })
        if (!response.ok) throw new Error(await response.text())
        return response.json()
      }
      const { id } = await post('/v1/workflows', { name, graph })
      await post(`/v1/workflows/${id}/versions`)
      await post(`/v1/workflows/${id}/versions/1/publish`)
      return id
    },

    async forgetEverything() {
      const keys = await queues.redis.keys(`${prefix}:*`)
      if (keys.length > 0) await queues.redis.del(keys)
    },

    async close() {
      await Promise.all(consumers.map((consumer) => consumer.close()))
      await service.close()
      await queues.close()
      await database.drop()
    },
  }
  return harness
}

/** retrieve → condition → llm or an apology → end: the first example. */
export const supportGraph = {
  nodes: [
    {
      id: 'start',
      type: 'start',
      config: {
        inputSchema: {
          type: 'object',
          properties: { question: { type: 'string', minLength: 1 } },
          required: ['question'],
        },
      },
    },
    {
      id: 'find',
      type: 'retrieve',
      config: { knowledgeBaseIds: [`kb_${'5'.repeat(32)}`], query: '{{ input.question }}' },
    },
    { id: 'found', type: 'condition', config: { when: 'size(nodes.find.data.chunks) > 0' } },
    {
      id: 'ask',
      type: 'llm',
      config: { prompt: '{{ nodes.find.data.context }}\n\n{{ input.question }}' },
    },
    { id: 'sorry', type: 'template', config: { text: 'Nothing about "{{ input.question }}"' } },
    {
      id: 'answered',
      type: 'end',
      config: { outputs: { answer: '{{ nodes.ask.data.text }}' } },
    },
    {
      id: 'unanswered',
      type: 'end',
      config: { outputs: { answer: '{{ nodes.sorry.data.text }}' } },
    },
  ],
  edges: [
    { from: 'start', to: 'find' },
    { from: 'find', to: 'found' },
    { from: 'found', port: 'true', to: 'ask' },
    { from: 'found', port: 'false', to: 'sorry' },
    { from: 'ask', to: 'answered' },
    { from: 'sorry', to: 'unanswered' },
  ],
}
