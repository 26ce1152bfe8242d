import { UnavailableError, withDeadline } from '@dure/kernel'
import type { Queue } from 'bullmq'
import { grouped } from '../grouped.ts'
import { currentTrace, runInTrace, type TraceHeaders } from '../trace.ts'
import { type NewJob, packedJobs, singleJobs } from './jobs.ts'
import type { TracedMessage } from './pack.ts'

export interface SendOptions {
  /** The trace that the messages continue, unless they say it themselves; the active one when absent. */
  readonly context?: TraceHeaders
}

export interface SendAllOptions extends SendOptions {
  /**
   * Up to 50 messages of one queue travel as one job, which costs a fraction of 50: those of this call
   * and of others that are made at the same time. They are handled by one process, side by side as far
   * as its concurrency goes, and the job is done when the last of them is: for messages that are
   * handled quickly. A key is not kept from coming twice.
   */
  readonly packed?: boolean
}

export const SEND_TIMEOUT_MS = 2000
/** Ten full packs. */
const SENT_AT_ONCE = 500

export type SendAll = (
  messages: readonly TracedMessage[],
  options?: SendAllOptions,
) => Promise<void>

/** Puts messages into their queues, in one round trip per queue. */
export function createSender(
  producer: (queue: string) => Queue,
  { isTraced }: { readonly isTraced: boolean },
): SendAll {
  async function addJobs(queue: string, jobs: readonly NewJob[]): Promise<void> {
    const [only] = jobs
    // One alone needs no pipeline. Where it is traced, it does: `add` knows no context but the active one.
    if (only && jobs.length === 1 && !isTraced) {
      await producer(queue).add(only.name, only.data, only.opts)
    } else await producer(queue).addBulk([...jobs])
  }

  async function add(
    messages: readonly TracedMessage[],
    jobsOf: typeof singleJobs,
    context?: TraceHeaders,
  ): Promise<void> {
    const byQueue = Map.groupBy(messages, ({ queue }) => queue)
    const addAll = () =>
      Promise.all([...byQueue].map(([name, group]) => addJobs(name, jobsOf(group, isTraced))))
    try {
      await withDeadline(
        { timeoutMs: SEND_TIMEOUT_MS, code: 'queue.unavailable', what: 'Sending' },
        () => (context ? runInTrace(context, addAll) : addAll()),
      )
    } catch (cause) {
      throw new UnavailableError('queue.unavailable', 'Redis does not answer', {}, { cause })
    }
  }

  const addPacked = grouped<TracedMessage, undefined>({
    run: async (messages) => {
      await add(messages, packedJobs)
      return messages.map(() => undefined)
    },
    maxItems: SENT_AT_ONCE,
  })

  return async (messages, { context, packed = false } = {}) => {
    if (!packed) return add(messages, singleJobs, context)
    const trace = context ?? (isTraced ? currentTrace() : undefined)
    await Promise.all(
      messages.map((message) => addPacked(trace ? { context: trace, ...message } : message)),
    )
  }
}
