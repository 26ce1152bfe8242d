import { type ExecutionEvent, type RunId, spenderOf } from '@dure/contracts'
import type { ModelMessage } from 'ai'
import type { PinnedAgent } from '../agents/lookup-store.ts'
import type { GuardedReply, StepGuard } from '../guardrails/step-guard.ts'
import { failedCallOf, type ModelCall, type OfferedTool, type Payer } from '../models/model-call.ts'
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
    kind: 'step',
    models: model === undefined ? fallbackModels : [model, ...fallbackModels],
    system: [instructions, ...system].join('\n\n'),
    messages,
    ...(tools.length > 0 && { tools: tools.map(offered), toolChoice: 'auto' as const }),
    ...(outputSchema && { outputSchema }),
    // They were recorded as messages: that is what makes this cast true.
    ...(state.begun?.corrections && { corrections: state.begun.corrections as ModelMessage[] }),
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

/** Whatever was sent, in whosever name, and of its thread what the agent has not said itself. */
export function toldByOthers(
  { messages }: Pick<ExecutionState, 'messages'>,
  { input }: Pick<Execution, 'input'>,
): ExecutionState['messages'] {
  const history = messages.slice(0, messages.length - input.length)
  return [...history.filter(({ role }) => role !== 'assistant'), ...input]
}

/** Not every provider takes what the system says between what others say: it stands with the instructions. */
function toldTo(all: ExecutionState['messages']) {
  if (!all.some(({ role }) => role === 'system')) return { system: [], messages: all }
  const system = all.flatMap((one) => (one.role === 'system' ? [one.content] : []))
  return { system, messages: all.filter(({ role }) => role !== 'system') }
}

/** Whose money it is: of the run of a workflow, where that has begun it, and of what has begun that. */
export function payerOf({ id, tenant, agentId, keyId, origin, caller }: Execution): Payer {
  const runId = typeof origin?.runId === 'string' ? origin.runId : id
  const spender = spenderOf(caller ?? undefined, { runId })
  return { tenant, ...spender, agentId, ...(keyId !== null && { keyId }) }
}

/** The run of a workflow that has begun it, or its team; what has begun that is not looked at. */
export function runAround({ origin }: Pick<Execution, 'origin'>): RunId | undefined {
  const runId = origin?.runId
  return typeof runId === 'string' && runId.startsWith('run_') ? (runId as RunId) : undefined
}

function offered({ name, description, inputSchema }: OfferedTool): OfferedTool {
  return { name, description, inputSchema }
}

/** What the step had done before, while there was money. */
type Begun = ExecutionState['begun']

interface Awaiting {
  readonly error: unknown
  /** By the guardrails, in this turn or an earlier one. */
  readonly checked?: StepGuard['noted']
  readonly begun: Begun
}

/** What has been done of a step whose money is used up in the middle, so that it is not done again; nothing: no event. */
export function awaitedEvents(
  { agentId }: Pick<Execution, 'agentId'>,
  step: number,
  { error, checked, begun }: Awaiting,
): ExecutionEvent[] {
  const { usage, model, corrections } = failedCallOf(error) ?? {}
  const isFirstCheck = checked !== undefined && begun?.inputFindings === undefined
  if (!usage && !isFirstCheck) return []
  const { inputTokens = 0, outputTokens = 0, costMicroUsd = 0 } = usage ?? {}
  return [
    {
      type: 'execution.money-awaited',
      ...{ step, agentId },
      usage: { ...(model && { model }), inputTokens, outputTokens, costMicroUsd },
      ...(corrections && { corrections: [...corrections] }),
      ...(isFirstCheck && { inputFindings: [...checked.findings] }),
    },
  ]
}

interface Answered {
  readonly reply: GuardedReply
  readonly durationMs: number
  readonly noted: StepGuard['noted']
  readonly begun: Begun
}

export function answeredEvent(
  { agentId }: Pick<Execution, 'agentId'>,
  step: number,
  { reply, durationMs, noted, begun }: Answered,
): ExecutionEvent {
  const { text, reasoning, object, toolCalls, model, provider, finishReason, usage } = reply
  const { inputTokens, outputTokens, costMicroUsd } = usage
  const findings = [...(begun?.inputFindings ?? []), ...noted.findings]
  return {
    type: 'execution.model-answered',
    ...{ step, agentId, text },
    ...(reasoning !== undefined && { reasoning }),
    ...(object !== undefined && { object }),
    toolCalls: recordedCalls(toolCalls),
    ...signedIn(reply),
    ...{ provider, finishReason, durationMs },
    ...(findings.length > 0 && { findings }),
    usage: {
      ...{ model, inputTokens, outputTokens },
      costMicroUsd: costMicroUsd + noted.costMicroUsd,
    },
  }
}
