import type { MessageName, MessagePayload, QueueContract } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { type Job, UnrecoverableError } from 'bullmq'
import type { Logger } from 'pino'
import { Compile } from 'typebox/compile'

export interface MessageContext {
  readonly log: Logger
  /** Aborted when the service stops: pass it on to everything that waits. */
  readonly signal: AbortSignal
  /** Of this delivery, from 1. Attempts that matter are counted in PostgreSQL. */
  readonly attempt: number
}

/** One handler for each message of the queue: forgetting one does not compile. */
export type MessageHandlers<Queue extends QueueContract> = {
  readonly [Name in MessageName<Queue>]: (
    payload: MessagePayload<Queue, Name>,
    context: MessageContext,
  ) => Promise<void>
}

type JobLike = Pick<Job, 'id' | 'name' | 'data' | 'attemptsMade'>

/** All of consuming that needs no Redis: the contract is checked before a handler sees a message. */
export function createProcessor<Queue extends QueueContract>(
  queue: Queue,
  handlers: MessageHandlers<Queue>,
  log: Logger,
): (job: JobLike, signal: AbortSignal) => Promise<void> {
  const validators = new Map(
    Object.entries(queue.messages).map(([name, { payload }]) => [name, Compile(payload)]),
  )

  return async (job, signal) => {
    if (!validators.get(job.name)?.Check(job.data)) {
      throw new UnrecoverableError(`Not a message of queue ${queue.name}: ${job.name}`)
    }
    // The check above is what makes this cast true.
    const handle = handlers[job.name as MessageName<Queue>] as (
      payload: unknown,
      context: MessageContext,
    ) => Promise<void>
    const attempt = job.attemptsMade + 1
    const jobLog = log.child({ queue: queue.name, message: job.name, attempt })

    try {
      await handle(job.data, { log: jobLog, signal, attempt })
    } catch (error) {
      throw isWorthRetrying(error) ? error : new UnrecoverableError(describe(error))
    }
  }
}

/** A rule that said no will say no again; a dependency that was down may be up, and so may a bug. */
function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof DureError) || error.transient
}

function describe(error: unknown): string {
  return error instanceof DureError ? `${error.code}: ${error.message}` : String(error)
}
