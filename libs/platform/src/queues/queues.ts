import { createHash } from 'node:crypto'
import type { OutgoingMessage, QueueContract } from '@dure/contracts'
import { UnavailableError, withDeadline } from '@dure/kernel'
import { Queue } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { HealthCheck } from '../http/health.ts'
import { runInTrace, type TraceHeaders } from '../trace.ts'
import { type Consumer, type ConsumerOptions, createConsumer, logQueueError } from './consumer.ts'
import type { MessageHandlers } from './processor.ts'

export interface SendOptions {
  /** The trace that the message continues; the active one when absent. */
  readonly context?: TraceHeaders
}

/**
 * Messages between services. Redis may lose every one of them at any moment: whoever sends one can
 * send it again from PostgreSQL, and whoever receives one may have seen it before.
 */
export interface Queues {
  /** @throws UnavailableError `queue.unavailable` after 2 s */
  send(message: OutgoingMessage, options?: SendOptions): Promise<void>
  /** One round trip per queue. A message whose key is waiting or being handled is not added again. */
  sendAll(messages: readonly OutgoingMessage[], options?: SendOptions): Promise<void>
  consume<Of extends QueueContract>(
    queue: Of,
    handlers: MessageHandlers<Of>,
    options: ConsumerOptions,
  ): Consumer
  /** For caches and hints. */
  readonly redis: Redis
  readonly check: HealthCheck
  /** Closes the producers; close the consumers first. */
  close(): Promise<void>
}

export interface QueuesOptions {
  readonly redisUrl: string
  readonly prefix: string
  readonly log: Logger
}

const SEND_TIMEOUT_MS = 2000
const JOB = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: true,
} as const

export function connectQueues({ redisUrl, prefix, log }: QueuesOptions): Queues {
  const telemetry = new BullMQOtel({ tracerName: 'dure' })
  const connect = (options: object) =>
    listen(new Redis(redisUrl, { ...RECONNECT, ...options }), log)
  const redis = connect({ maxRetriesPerRequest: 1, commandTimeout: SEND_TIMEOUT_MS })
  const producers = new Map<string, Queue>()
  const consumerConnections: Redis[] = []

  function producer(name: string): Queue {
    const known = producers.get(name)
    if (known) return known
    const queue = new Queue(name, { connection: redis, prefix, telemetry })
    queue.on('error', (error) => logQueueError(log, name, error))
    producers.set(name, queue)
    return queue
  }

  async function sendAll(messages: readonly OutgoingMessage[], { context }: SendOptions = {}) {
    const byQueue = Map.groupBy(messages, ({ queue }) => queue)
    const add = () =>
      Promise.all(
        [...byQueue].map(([name, group]) =>
          producer(name).addBulk(
            group.map((message) => ({
              name: message.name,
              data: message.payload,
              opts: { ...JOB, jobId: jobId(message.key) },
            })),
          ),
        ),
      )
    try {
      await withDeadline(
        { timeoutMs: SEND_TIMEOUT_MS, code: 'queue.unavailable', what: 'Sending' },
        () => (context ? runInTrace(context, add) : add()),
      )
    } catch (cause) {
      throw new UnavailableError('queue.unavailable', 'Redis does not answer', {}, { cause })
    }
  }

  return {
    redis,
    sendAll,
    send: (message, options) => sendAll([message], options),
    consume(queue, handlers, options) {
      const connection = connect({ maxRetriesPerRequest: null })
      consumerConnections.push(connection)
      const base = { prefix, telemetry }
      return createConsumer(queue, handlers, { ...options, log, connection, base })
    },
    async check() {
      await redis.ping()
    },
    async close() {
      await Promise.all([...producers.values()].map((queue) => queue.close()))
      for (const connection of [redis, ...consumerConnections]) connection.disconnect()
    },
  }
}

const RECONNECT = {
  connectTimeout: 2000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(2000, 50 * 2 ** Math.min(times, 6)),
} as const

/** Says once that a connection is lost, and once that it is back; in between it tries by itself. */
function listen(redis: Redis, log: Logger): Redis {
  let lost = false
  redis.on('ready', () => {
    if (lost) log.info('Redis answers again')
    lost = false
  })
  return redis.on('error', (error) => {
    if (!lost) log.warn({ err: error }, 'Redis does not answer: trying again until it does')
    lost = true
  })
}

/** Never the key itself: it is the business of others, and some words break a queue as a job id. */
function jobId(key: string): string {
  return `j_${createHash('sha256').update(key).digest('base64url')}`
}
