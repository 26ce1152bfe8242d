import type { MessageName, MessagePayload, QueueContract } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'
import { type Job, UnrecoverableError } from 'bullmq'
import type { Logger } from 'pino'
import { Compile } from 'typebox/compile'
import { runInTrace, withSpan } from '../trace.ts'
import { PACKED, Pack, type PackedMessage } from './pack.ts'
import { createSemaphore } from './semaphore.ts'

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

export interface ProcessorOptions {
  readonly log: Logger
  /** How many messages are handled at once, however many come in one job. */
  readonly concurrency: number
}

type JobLike = Pick<Job, 'id' | 'name' | 'data' | 'attemptsMade'>
type Handle = (payload: unknown, context: MessageContext) => Promise<void>

/** One message of a job, and what comes with its delivery. */
interface Delivery extends PackedMessage {
  readonly attempt: number
  readonly signal: AbortSignal
}

const isPack = Compile(Pack)

/**
 * All of consuming that needs no Redis: the contract is checked before a handler sees a message.
 *
 * A job of several messages is delivered again as a whole when one of them is worth it: those that
 * were handled already are handled once more. One that can never be handled does not hold up the rest.
 */
export function createProcessor<Queue extends QueueContract>(
  queue: Queue,
  handlers: MessageHandlers<Queue>,
  { log, concurrency }: ProcessorOptions,
): (job: JobLike, signal: AbortSignal) => Promise<void> {
  const validators = new Map(
    Object.entries(queue.messages).map(([name, { payload }]) => [name, Compile(payload)]),
  )
  const inTurn = createSemaphore(concurrency)

  async function handle({ name, payload, attempt, signal }: Delivery): Promise<void> {
    if (!validators.get(name)?.Check(payload)) {
      throw new UnrecoverableError(`Not a message of queue ${queue.name}: ${name}`)
    }
    // The check above is what makes this cast true.
    const handler = handlers[name as MessageName<Queue>] as Handle
    const context = contextOf(log, { queue: queue.name, message: name, attempt }, signal)
    try {
      await handler(payload, context)
    } catch (error) {
      throw isWorthRetrying(error) ? error : new UnrecoverableError(describe(error))
    }
  }

  async function handlePacked(delivery: Delivery): Promise<void> {
    const { trace, name, signal } = delivery
    await inTurn(async () => {
      if (signal.aborted) throw new UnavailableError('queue.stopping', STOPPING)
      if (trace === undefined) return handle(delivery)
      const span = () =>
        withSpan(`process ${queue.name}`, { message: name }, () => handle(delivery))
      return runInTrace(trace, span)
    }).catch((error: unknown) => {
      if (!(error instanceof UnrecoverableError)) throw error
      log.warn({ err: error, queue: queue.name, message: name }, 'message failed')
    })
  }

  async function handlePack(data: unknown, delivery: Omit<Delivery, keyof PackedMessage>) {
    if (!isPack.Check(data)) throw new UnrecoverableError(`Not a pack: queue ${queue.name}`)
    const handled = data.messages.map((message) => handlePacked({ ...message, ...delivery }))
    // All of them end before the job does: what goes on after it would be handled twice at once.
    for (const result of await Promise.allSettled(handled)) {
      if (result.status === 'rejected') throw result.reason
    }
  }

  return ({ name, data, attemptsMade }, signal) => {
    const attempt = attemptsMade + 1
    if (name === PACKED) return handlePack(data, { attempt, signal })
    return inTurn(() => handle({ name, payload: data, attempt, signal }))
  }
}

const STOPPING = 'The service stops: the message is delivered again, to another one'

/** Most handlers never log: a logger of their own is made when they do. */
function contextOf(
  log: Logger,
  bindings: { readonly queue: string; readonly message: string; readonly attempt: number },
  signal: AbortSignal,
): MessageContext {
  let own: Logger | undefined
  return {
    signal,
    attempt: bindings.attempt,
    get log() {
      own ??= log.child(bindings)
      return own
    },
  }
}

/** A rule that said no will say no again; a dependency that was down may be up, and so may a bug. */
function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof DureError) || error.transient
}

function describe(error: unknown): string {
  return error instanceof DureError ? `${error.code}: ${error.message}` : String(error)
}
