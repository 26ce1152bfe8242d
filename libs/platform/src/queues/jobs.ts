import { hash } from 'node:crypto'
import type { JobsOptions } from 'bullmq'
import { currentTrace } from '../trace.ts'
import { PACKED, type Pack, packsOf, type TracedMessage } from './pack.ts'

const JOB = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: true,
} as const

/** As BullMQ takes it. */
export interface NewJob {
  readonly name: string
  readonly data: unknown
  readonly opts: JobsOptions
}

export function singleJobs(messages: readonly TracedMessage[], isTraced: boolean): NewJob[] {
  return messages.map(({ name, payload, key, context }) => {
    const telemetry = isTraced && context && { metadata: JSON.stringify(context) }
    return {
      name,
      data: payload,
      opts: { ...JOB, jobId: jobId(key), ...(telemetry && { telemetry }) },
    }
  })
}

/** A message that would travel alone is no pack: so its key still counts. */
export function packedJobs(messages: readonly TracedMessage[], isTraced: boolean): NewJob[] {
  return packsOf(messages).flatMap((pack) =>
    pack.length === 1 ? singleJobs(pack, isTraced) : packedJob(pack, isTraced),
  )
}

function packedJob(pack: readonly TracedMessage[], isTraced: boolean): NewJob {
  const active = isTraced ? currentTrace() : {}
  const messages = pack.map(({ name, payload, context = active }) => ({
    name,
    payload,
    ...(isTraced && { trace: context }),
  }))
  const keys = JSON.stringify(pack.map(({ key }) => key))
  // Each message continues its own trace, the job none.
  const telemetry = { omitContext: true }
  return {
    name: PACKED,
    data: { messages } satisfies Pack,
    opts: { ...JOB, jobId: jobId(`${PACKED}.${keys}`), ...(isTraced && { telemetry }) },
  }
}

/** Never the key itself: it is the business of others, and some words break a queue as a job id. */
function jobId(key: string): string {
  return `j_${hash('sha256', key, 'base64url')}`
}
