import type { QueueContract } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { type Job, Worker, type WorkerOptions } from 'bullmq'
import type { Redis } from 'ioredis'
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
    connection,
    base,
  }: ConsumerOptions & {
    readonly log: Logger
    readonly connection: Redis
    readonly base: Pick<WorkerOptions, 'prefix' | 'telemetry'>
  },
): Consumer {
  const stopping = new AbortController()
  const process = createProcessor(queue, handlers, { log, concurrency })
  const worker = new ObservedWorker(queue.name, (job) => process(job, stopping.signal), {
    ...base,
    connection,
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
      if (worker.inHand.size < concurrency && sinceMs > POLL_LIMIT_MS) {
        throw new UnavailableError(
          'queue.not-polled',
          `No message was asked for in ${Math.round(sinceMs / 1000)} s`,
        )
      }
    },
    async close() {
      stopping.abort()
      // An orderly end says good-bye to Redis, and would wait for one that is not there.
      const isReachable = connection.status === 'ready'
      if (!isReachable) await worker.handsEmpty()
      await worker.close(!isReachable)
    },
  }
}

/** What a lost connection leads to is told once, by the connection: here it would be told every second. */
export function logQueueError(log: Logger, queue: string, error: unknown): void {
  const isConnection = error instanceof Error && ('syscall' in error || isRetryLimit(error))
  log[isConnection || isForgotten(error) ? 'debug' : 'error']({ err: error, queue }, 'queue error')
}

/** Redis was wiped while the job was handled: it is done, or comes again from PostgreSQL. */
function isForgotten(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Missing key for job ')
}

function isRetryLimit({ name, message }: Error): boolean {
  return name === 'MaxRetriesPerRequestError' || message === 'Connection is closed.'
}

/** A worker that knows when it last asked for a message and which ones it has in hand. */
class ObservedWorker extends Worker {
  polledAt = performance.now()
  readonly inHand = new Set<Promise<unknown>>()
  #hasLoneJob = false

  async handsEmpty(): Promise<void> {
    await Promise.allSettled(this.inHand)
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    if (this.#hasLoneJob) {
      // BullMQ would ask for a second job before it begins with the first one, a round trip later. To be
      // told that there is none makes it begin, and wait; if there is one, the wait ends at once.
      this.#hasLoneJob = false
      return this.nextJobFromJobData()
    }
    const job: Job | undefined = await super.moveToActive(token, name)
    this.polledAt = performance.now()
    this.#hasLoneJob = job !== undefined && this.inHand.size === 0
    return job as Job
  }

  protected override callProcessJob(
    job: Job,
    token: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const handled = super.callProcessJob(job, token, signal).finally(() => {
      this.inHand.delete(handled)
    })
    this.inHand.add(handled)
    return handled
  }
}
