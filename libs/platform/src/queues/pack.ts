import type { OutgoingMessage, TraceContext } from '@dure/contracts'
import { type Static, Type } from 'typebox'

/** The name of a job that carries several messages. No contract may use it for a message. */
export const PACKED = 'packed'
const MESSAGES_PER_PACK = 50
/** What Redis holds and a consumer parses at once; a message that is larger travels alone. */
const PACK_BYTES = 256 * 1024

const TraceHeaders = Type.Object({
  traceparent: Type.Optional(Type.String()),
  tracestate: Type.Optional(Type.String()),
  baggage: Type.Optional(Type.String()),
})

export const Pack = Type.Object({
  messages: Type.Array(
    Type.Object({
      name: Type.String(),
      payload: Type.Unknown(),
      /** Absent: its sender did not trace. */
      trace: Type.Optional(TraceHeaders),
    }),
    { minItems: 1, maxItems: MESSAGES_PER_PACK },
  ),
})
export type Pack = Static<typeof Pack>
export type PackedMessage = Pack['messages'][number]

/** A message with the trace that it continues, where that is not the one of its sender. */
export interface TracedMessage extends OutgoingMessage {
  readonly context?: TraceContext
}

/**
 * Puts messages of one queue together, in their order, as few packs as fit. One key is taken once:
 * the first.
 */
export function packsOf(messages: readonly TracedMessage[]): TracedMessage[][] {
  const packs: TracedMessage[][] = []
  const keys = new Set<string>()
  let bytes = 0
  for (const message of messages) {
    if (keys.has(message.key)) continue
    keys.add(message.key)
    const size = JSON.stringify(message.payload).length
    const last = packs.at(-1)
    if (last && last.length < MESSAGES_PER_PACK && bytes + size <= PACK_BYTES) {
      last.push(message)
      bytes += size
    } else {
      packs.push([message])
      bytes = size
    }
  }
  return packs
}
