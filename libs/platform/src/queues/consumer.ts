import type { QueueContract } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { type Job, Worker, type WorkerOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { HealthCheck } from '../http/health.ts'
import { createProcessor, type MessageHandlers } from './processor.ts'

export interface ConsumerOptions {
  /** How many messages this process handles at once. */
  readonly concurrency: number
  /** After this long without a sign of life, another process may take the message. */
  readonly lockMs?: number
}

export interface Consumer {
  start(): void
  /** Fails when messages have not been asked for in a while: a PING would not see that. */
  readonly check: HealthCheck
  /** Takes no more messages, and resolves when those in hand are done. */
  close(): Promise<void>
}

const POLL_LIMIT_MS = 15_000
/** A crash is no fault of the message; how often one may crash a process is counted in PostgreSQL. */
const MAX_STALLED = 1000

export function createConsumer<Queue extends QueueContract>(
  queue: Queue,
  handlers: MessageHandlers<Queue>,
  {
    concurrency,
    lockMs = 15_000,
    log,
    base,
  }: ConsumerOptions & {
    readonly log: Logger
    readonly base: Pick<WorkerOptions, 'connection' | 'prefix' | 'telemetry'>
  },
): Consumer {
  const stopping = new AbortController()
  const process = createProcessor(queue, handlers, log)
  const worker = new ObservedWorker(queue.name, (job) => process(job, stopping.signal), {
    ...base,
    autorun: false,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: MAX_STALLED,
  })
  const logError = (error: unknown) => logQueueError(log, queue.name, error)
  // Without a listener, an `error` event ends the process.
  worker.on('error', logError)
  worker.on('failed', (job, error) =>
    log.warn({ err: error, queue: queue.name, message: job?.name }, 'message failed'),
  )

  return {
    start: () => void worker.run().catch(logError),
    async check() {
      const sinceMs = performance.now() - worker.polledAt
      if (worker.inHand < concurrency && sinceMs > POLL_LIMIT_MS) {
        throw new UnavailableError(
          'queue.not-polled',
          `No message was asked for in ${Math.round(sinceMs / 1000)} s`,
        )
      }
    },
    async close() {
      stopping.abort()
      await worker.close()
    },
  }
}

/** What a lost connection leads to is told once, by the connection: here it would be told every second. */
export function logQueueError(log: Logger, queue: string, error: unknown): void {
  const isConnection = error instanceof Error && ('syscall' in error || isRetryLimit(error))
  log[isConnection ? 'debug' : 'error']({ err: error, queue }, 'queue error')
}

function isRetryLimit({ name, message }: Error): boolean {
  return name === 'MaxRetriesPerRequestError' || message === 'Connection is closed.'
}

/** A worker that knows when it last asked for a message and how many it has in hand. */
class ObservedWorker extends Worker {
  polledAt = performance.now()
  inHand = 0

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    const job = await super.moveToActive(token, name)
    this.polledAt = performance.now()
    return job
  }

  protected override async callProcessJob(
    job: Job,
    token: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    this.inHand += 1
    try {
      return await super.callProcessJob(job, token, signal)
    } finally {
      this.inHand -= 1
    }
  }
}
