import type { OpenCall } from './execution.ts'

/** When the message of a call went out, by the clock of PostgreSQL. */
export interface SentCall {
  readonly callId: string
  /** Since it was sent for the first time, and for the last one. */
  readonly firstMs: number
  readonly lastMs: number
}

interface SentCalls {
  /** Nobody waits for them any longer. */
  readonly late: readonly OpenCall[]
  /** Their message, or its answer, may have been lost. */
  readonly again: readonly OpenCall[]
  /** When to look again; absent: nothing was sent. */
  readonly nextMs: number | undefined
}

/** So often a call is sent in its time: so many messages have to be lost until it fails. */
const SENDS = 4

/** Pure: what becomes of the calls that have no answer yet. */
export function sortSent(
  open: readonly OpenCall[],
  sent: readonly SentCall[],
  timeoutMs: number,
): SentCalls {
  const resendMs = timeoutMs / SENDS
  const late: OpenCall[] = []
  const again: OpenCall[] = []
  const waits: number[] = []
  for (const call of open) {
    const when = sent.find(({ callId }) => callId === call.callId)
    if (!call.isSent || !when) continue
    if (when.firstMs >= timeoutMs) late.push(call)
    else if (when.lastMs >= resendMs) again.push(call)
    else waits.push(Math.min(resendMs - when.lastMs, timeoutMs - when.firstMs))
  }
  return { late, again, nextMs: waits.length === 0 ? undefined : Math.min(...waits) }
}
