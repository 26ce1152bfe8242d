import type { ExecutionId, NodeId } from '@dure/contracts'
import type { DeltaPublisher, DeltaWriter } from '@dure/platform'
import type { ModelDelta } from '../models/model-call.ts'

/** One answer of a model on its way to whoever watches. Lossy: the whole comes with its event. */
export interface LiveAnswer {
  write(delta: ModelDelta): void
  close(): void
}

/** There is no node: it is what all of them say. */
const NODE = 'agent' as NodeId

/** Tells whoever watches an execution what its model is about to say. */
export function createLiveAnswers(deltas: DeltaPublisher) {
  return {
    begin(executionId: ExecutionId, step: number): LiveAnswer {
      const writers = new Map<string, DeltaWriter>()
      const close = () => {
        for (const writer of writers.values()) writer.close()
        writers.clear()
      }
      return {
        close,
        write(delta) {
          // It begins anew: the numbers of the pieces say so.
          if (delta.type === 'restart') return close()
          const { type, text } = delta
          const call = type === 'tool-input' ? { callId: delta.callId, name: delta.name } : {}
          const key = `${type} ${call.callId ?? ''}`
          const writer =
            writers.get(key) ??
            deltas.begin({ runId: executionId, nodeId: NODE, attempt: step, of: type, ...call })
          writers.set(key, writer)
          writer.write(text)
        },
      }
    },
  }
}
