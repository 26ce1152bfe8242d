import { analyticsQueue, type RecordedEvent } from '@dure/contracts'
import { Queue } from 'bullmq'
import { expect } from 'vitest'
import { connectQueues } from '../../queues/queues.ts'
import { eventually, silentLog, testQueues } from '../../testing/index.ts'
import { currentTrace } from '../../trace.ts'
import { createRelay, type Relay, type RelayOptions } from '../relay.ts'
import { type EventDatabase, eventDatabase } from './event-database.ts'

export interface Analytics {
  /** In the order of their arrival, each as often as it arrived. */
  readonly events: RecordedEvent[]
  readonly positions: number[]
  /** Trace id, for each event, of the context in which it was handled. */
  readonly traces: (string | undefined)[]
  readonly heads: number[]
}

export interface WatchedQueues {
  readonly queues: RelayOptions['queues']
  /** Positions of all events that went through, also of those that the queue knew already. */
  readonly sent: number[]
}

export interface RelayFixture {
  readonly db: EventDatabase
  readonly redis: ReturnType<typeof testQueues>
  relay(options?: Partial<RelayOptions>): Relay
  /** A consumer of the real queue. */
  analytics(): Analytics
  /** The real queues, with a look at what is sent through them. */
  watched(afterSend?: () => Promise<void>): WatchedQueues
  queueIsEmpty(): Promise<void>
  /** For what a test opens itself; the last one is closed first. */
  closeAfter(close: () => Promise<unknown>): void
  close(): Promise<void>
}

export async function relayFixture(): Promise<RelayFixture> {
  const log = silentLog()
  const db = await eventDatabase()
  const redis = testQueues()
  const queues = connectQueues({ ...redis, log })
  const closing: (() => Promise<unknown>)[] = [db.drop, queues.close]

  return {
    db,
    redis,
    closeAfter: (close) => void closing.push(close),
    async close() {
      for (const close of closing.reverse()) await close()
    },

    relay(options = {}) {
      const relay = createRelay({ pool: db.pool, source: 'workflow', queues, log, ...options })
      closing.push(relay.close)
      return relay
    },

    analytics() {
      const seen: Analytics = { events: [], positions: [], traces: [], heads: [] }
      const consumer = queues.consume(
        analyticsQueue,
        {
          'events.record': async ({ events }) => {
            seen.events.push(...events)
            seen.positions.push(...events.map(({ g }) => g))
            seen.traces.push(...events.map(() => currentTrace().traceparent?.split('-')[1]))
          },
          'events.report-head': async ({ g }) => {
            seen.heads.push(g)
          },
        },
        { concurrency: 1 },
      )
      consumer.start()
      closing.push(consumer.close)
      return seen
    },

    watched(afterSend = async () => {}) {
      const sent: number[] = []
      return {
        sent,
        queues: {
          async sendAll(messages, options) {
            await queues.sendAll(messages, options)
            for (const { payload } of messages) {
              const { events = [] } = payload as { events?: RecordedEvent[] }
              sent.push(...events.map(({ g }) => g))
            }
            await afterSend()
          },
        },
      }
    },

    async queueIsEmpty() {
      const connection = { url: redis.redisUrl }
      const queue = new Queue(analyticsQueue.name, { connection, prefix: redis.prefix })
      try {
        await eventually(async () =>
          expect(await queue.getJobCountByTypes('waiting', 'active', 'delayed')).toBe(0),
        )
      } finally {
        await queue.close()
      }
    },
  }
}
