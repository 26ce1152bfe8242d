import type { NodeId, TaskRef } from '@dure/contracts'
import type { DeltaPublisher, DeltaWriter } from '@dure/platform'
import type { ModelDelta } from '../models/model-call.ts'
import { sourceOf } from '../tasks/task.ts'
import type { ExecutionState } from './execution.ts'
import type { Execution } from './execution-row.ts'
import { PARAGRAPH, saidIn } from './spoken.ts'

/** One answer of a model on its way to whoever watches. Lossy: the whole comes with its event. */
export interface LiveAnswer {
  write(delta: ModelDelta): void
  close(): void
}

/** There is no node: it is what all of them say. */
const NODE = 'agent' as NodeId

export interface LiveStep {
  readonly execution: Pick<Execution, 'id' | 'origin' | 'input'>
  readonly state: ExecutionState
  readonly step: number
  /** Whether what the model writes is what the execution says, word for word. */
  readonly isVerbatim: boolean
}

/** Tells whoever watches an execution, or the run that has begun it, what its model is about to say. */
export function createLiveAnswers(deltas: DeltaPublisher) {
  return {
    begin(of: LiveStep): LiveAnswer {
      const { execution, step } = of
      const writers = new Map<string, DeltaWriter>()
      const close = () => {
        for (const writer of writers.values()) writer.close()
        writers.clear()
      }
      const writerOf = (key: string, begin: () => DeltaWriter) => {
        const writer = writers.get(key) ?? begin()
        writers.set(key, writer)
        return writer
      }
      return {
        close,
        write(delta) {
          // It begins anew: the numbers of the pieces say so.
          if (delta.type === 'restart') return close()
          const { type, text } = delta
          const call = type === 'tool-input' ? { callId: delta.callId, name: delta.name } : {}
          const source = { runId: execution.id, nodeId: NODE, attempt: step, of: type, ...call }
          writerOf(`${type} ${call.callId ?? ''}`, () => deltas.begin(source)).write(text)
          if (type === 'text') ofRun(deltas, of, writerOf)?.write(text)
        },
      }
    },
  }
}

/** The node of a run says it, too, after what was said in the steps before. */
function ofRun(
  deltas: DeltaPublisher,
  { execution, state, isVerbatim }: LiveStep,
  writerOf: (key: string, begin: () => DeltaWriter) => DeltaWriter,
): DeltaWriter | undefined {
  const { origin, input } = execution
  if (origin?.kind !== 'task' || !isVerbatim) return undefined
  return writerOf('run', () => {
    const said = saidIn(state, input.length)
    // It was stored when the execution was begun: that is what makes this cast true.
    const source = sourceOf(origin.task as TaskRef)
    if (said === '') return deltas.begin(source)
    const writer = deltas.begin({ ...source, offset: said.length })
    writer.write(PARAGRAPH)
    return writer
  })
}
