import type { ExecutionEvent, TaskError, TaskUsage } from '@dure/contracts'
import { failedCallOf } from '../models/model-call.ts'
import { type Ending, type ExecutionState, sumOf } from './execution.ts'

/** Longer ones are cut: it is what was said, and not the answer. */
const MAX_PARTIAL = 100_000

/** The last event of an execution; what a call took that gave no answer is a part of the costs. */
export function endedEvent(
  state: ExecutionState,
  { ending, agentId, cause }: { ending: Ending; agentId: string; cause?: unknown },
): ExecutionEvent {
  const call = failedCallOf(cause)
  const lost = call?.usage && { model: call.model, ...countOf(call.usage) }
  const partial = call?.partial || ending.partial
  const { status, output, error } = ending
  return {
    type: 'execution.ended',
    ...{ agentId, status },
    ...(output !== undefined && { output }),
    ...(partial && { partial: partial.slice(0, MAX_PARTIAL) }),
    ...(error && { error }),
    ...(lost && { lost }),
    ...{ steps: state.steps, usage: sumOf(state.usage, lost) },
  }
}

function countOf({ inputTokens, outputTokens, costMicroUsd }: TaskUsage): TaskUsage {
  return { inputTokens, outputTokens, costMicroUsd }
}

export function failedWith(error: TaskError): Ending {
  return { status: 'failed', error }
}
