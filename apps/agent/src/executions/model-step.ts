import type { ExecutionEvent } from '@dure/contracts'
import type { PinnedAgent } from '../agents/lookup-store.ts'
import type { StepGuard } from '../guardrails/step-guard.ts'
import type { ModelCall, ModelReply, OfferedTool } from '../models/model-call.ts'
import { signedIn } from '../models/signatures.ts'
import type { ExecutionState } from './execution.ts'
import type { Execution } from './execution-row.ts'
import { recordedCalls } from './tool-arguments.ts'

type Asked = Omit<ModelCall, 'timeoutMs' | 'signal' | 'onDelta'>

/** The next call of the model: the same for the same state. */
export function modelCallOf(
  execution: Execution,
  { definition }: Pick<PinnedAgent, 'definition'>,
  { state, tools }: { readonly state: ExecutionState; readonly tools: readonly OfferedTool[] },
): Asked {
  const { id, limits, priority } = execution
  const { model, fallbackModels, instructions, temperature, outputSchema } = definition
  const { maxOutputTokens } = definition
  const { usage } = state
  const { system, messages } = toldTo(state.messages)
  return {
    callKey: `${id}/${state.steps + 1}`,
    payer: payerOf(execution),
    models: model === undefined ? fallbackModels : [model, ...fallbackModels],
    system: [instructions, ...system].join('\n\n'),
    messages,
    ...(tools.length > 0 && { tools: tools.map(offered), toolChoice: 'auto' as const }),
    ...(outputSchema && { outputSchema }),
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    left: {
      microUsd: limits.maxCostMicroUsd - usage.costMicroUsd,
      tokens: limits.maxTokens - usage.inputTokens - usage.outputTokens,
    },
    cachePrompt: true,
    priority,
  }
}

/** Not every provider takes what the system says between what others say: it stands with the instructions. */
function toldTo(all: ExecutionState['messages']) {
  if (!all.some(({ role }) => role === 'system')) return { system: [], messages: all }
  const system = all.flatMap((one) => (one.role === 'system' ? [one.content] : []))
  return { system, messages: all.filter(({ role }) => role !== 'system') }
}

/** Whose money it is: of the run of a workflow, where that has begun it. */
export function payerOf({ id, tenant, agentId, keyId, origin }: Execution) {
  const runId = typeof origin?.runId === 'string' ? origin.runId : id
  return { tenant, runId, agentId, ...(keyId !== null && { keyId }) }
}

function offered({ name, description, inputSchema }: OfferedTool): OfferedTool {
  return { name, description, inputSchema }
}

interface Answered {
  readonly reply: ModelReply
  readonly durationMs: number
  readonly noted: StepGuard['noted']
}

export function answeredEvent(
  { agentId }: Pick<Execution, 'agentId'>,
  step: number,
  { reply, durationMs, noted }: Answered,
): ExecutionEvent {
  const { text, reasoning, object, toolCalls, model, provider, finishReason, usage } = reply
  const { inputTokens, outputTokens, costMicroUsd } = usage
  return {
    type: 'execution.model-answered',
    ...{ step, agentId, text },
    ...(reasoning !== undefined && { reasoning }),
    ...(object !== undefined && { object }),
    toolCalls: recordedCalls(toolCalls),
    ...signedIn(reply),
    ...{ provider, finishReason, durationMs },
    ...(noted.findings.length > 0 && { findings: [...noted.findings] }),
    usage: {
      ...{ model, inputTokens, outputTokens },
      costMicroUsd: costMicroUsd + noted.costMicroUsd,
    },
  }
}
