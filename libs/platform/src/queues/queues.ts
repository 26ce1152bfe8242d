import type { OutgoingMessage, QueueContract } from '@dure/contracts'
import { propagation } from '@opentelemetry/api'
import { Queue } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { HealthCheck } from '../http/health.ts'
import { type Consumer, type ConsumerOptions, createConsumer, logQueueError } from './consumer.ts'
import type { MessageHandlers } from './processor.ts'
import { createSender, SEND_TIMEOUT_MS, type SendAll, type SendOptions } from './sender.ts'

/**
 * Messages between services. Redis may lose every one of them at any moment: whoever sends one can
 * send it again from PostgreSQL, and whoever receives one may have seen it before.
 */
export interface Queues {
  /** @throws UnavailableError `queue.unavailable` after 2 s */
  send(message: OutgoingMessage, options?: SendOptions): Promise<void>
  /**
   * One round trip per queue. A message whose key is waiting or being handled is not added again.
   *
   * @throws UnavailableError `queue.unavailable` after 2 s
   */
  readonly sendAll: SendAll
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

/** A connection on which an answer is due, and nothing has come for so long, is dead: a new one is made. */
const SILENCE_MS = 5000
/** BullMQ waits for a message for up to 10 s: only a longer silence means something. */
const BLOCKED_SILENCE_MS = 13_000

/** Nobody reads the events of a queue: no more of them are kept than BullMQ insists on. */
const EVENTS_KEPT = 100

export function connectQueues({ redisUrl, prefix, log }: QueuesOptions): Queues {
  // Without a propagator nobody traces: then not even spans are made that go nowhere.
  const isTraced = propagation.fields().length > 0
  const base = { prefix, ...(isTraced && { telemetry: new BullMQOtel({ tracerName: 'dure' }) }) }
  const connect = (options: object) =>
    listen(new Redis(redisUrl, { ...RECONNECT, ...options }), log)
  const redis = connect({
    maxRetriesPerRequest: 1,
    commandTimeout: SEND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
  })
  const producers = new Map<string, Queue>()
  const consumerConnections: Redis[] = []

  function producer(name: string): Queue {
    const known = producers.get(name)
    if (known) return known
    const streams = { events: { maxLen: EVENTS_KEPT } }
    const queue = new Queue(name, { ...base, connection: redis, streams })
    queue.on('error', (error) => logQueueError(log, name, error))
    producers.set(name, queue)
    return queue
  }

  const sendAll = createSender(producer, { isTraced })

  return {
    redis,
    sendAll,
    send: (message, options) => sendAll([message], options),
    consume(queue, handlers, options) {
      const connection = connect({
        maxRetriesPerRequest: null,
        socketTimeout: BLOCKED_SILENCE_MS,
      })
      consumerConnections.push(connection)
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
