import type { ExecutionEvent, TaskError } from '@dure/contracts'
import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from 'ai'
import type { Limits } from '../agents/definition.ts'
import { optionsSigned, thoughtsSigned } from '../models/signatures.ts'

/** A call of a tool that the model asks for, and that has no result yet. */
export interface OpenCall {
  /** Unique in its execution: `c3_0`, the first of step 3. */
  readonly callId: string
  readonly name: string
  readonly input: unknown
  /** The arguments as the model wrote them, when they are no JSON. */
  readonly invalid?: string
  /** There were more of them than any tool is given: how they began. */
  readonly tooLarge?: { readonly characters: number; readonly start: string }
  /** What a guardrail has found in the arguments, which are not here. */
  readonly blocked?: readonly string[]
  /** A message went to another service, whose answer is waited for. */
  readonly isSent: boolean
  readonly approval?: Approval
}

export interface Approval {
  readonly hash: string
  readonly reason: string
  /** Absent: nobody has decided yet. */
  readonly decision?: 'approve' | 'reject'
  readonly decidedBy?: string
  readonly comment?: string
}

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number
}

export type EventOf<Type extends ExecutionEvent['type']> = Extract<
  ExecutionEvent,
  { readonly type: Type }
>
export type Ending = Pick<EventOf<'execution.ended'>, 'status' | 'output' | 'partial'> & {
  readonly error?: TaskError
}

/** An execution as its events tell it. */
export interface ExecutionState {
  /** Of the last event: 0 before anything has happened. */
  readonly version: number
  /** What the model is told next, without the results of the step that is not whole. */
  readonly messages: readonly ModelMessage[]
  /** Calls of the model so far. */
  readonly steps: number
  readonly usage: Usage
  /** What the step that is not whole has done already, while there was money. */
  readonly begun: EventOf<'execution.money-awaited'> | undefined
  /** What the model said last. */
  readonly reply: EventOf<'execution.model-answered'> | undefined
  /** The newest words of the model, beside whatever calls: what there is when no answer comes. */
  readonly said: string
  readonly open: readonly OpenCall[]
  /** Results of the last step, in the order of their coming. */
  readonly results: readonly EventOf<'execution.tool-answered'>[]
  /** Something that somebody outside may have written was read, at any time. */
  readonly isTainted: boolean
  /** The same when the model asked for the open calls: what came after that cannot have led to them. */
  readonly wasTainted: boolean
  readonly ended: EventOf<'execution.ended'> | undefined
}

export const NOTHING_YET: ExecutionState = {
  version: 0,
  messages: [],
  steps: 0,
  usage: { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 },
  begun: undefined,
  reply: undefined,
  said: '',
  open: [],
  results: [],
  isTainted: false,
  wasTainted: false,
  ended: undefined,
}

/** What has to be done next. */
export type Action =
  | { readonly kind: 'call-model'; readonly step: number }
  | { readonly kind: 'call-tools'; readonly calls: readonly OpenCall[] }
  /** For answers of other services, or for people. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'finish'; readonly ending: Ending }

export interface Circumstances {
  readonly limits: Limits
  readonly isOverdue: boolean
  readonly isCancelled: boolean
}

function callIdOf(step: number, index: number): string {
  return `c${step}_${index}`
}

export function evolve(state: ExecutionState, event: ExecutionEvent): ExecutionState {
  const next = { ...state, version: state.version + 1 }
  switch (event.type) {
    case 'execution.started':
      // They were checked when they were recorded: that is what makes this cast true.
      return {
        ...{ ...next, messages: event.messages as ModelMessage[] },
        isTainted: event.isUntrusted ?? false,
      }
    case 'execution.model-answered':
      return answered(next, event)
    case 'execution.money-awaited':
      return { ...next, begun: goneOn(state.begun, event), usage: sumOf(state.usage, event.usage) }
    case 'execution.tool-sent':
      return withCall(next, event.callId, (call) => ({ ...call, isSent: true }))
    case 'execution.tool-answered':
      return closed(next, event)
    case 'execution.approval-requested': {
      const { hash, reason } = event
      return withCall(next, event.callId, (call) => ({ ...call, approval: { hash, reason } }))
    }
    case 'execution.approval-decided': {
      const { decision, decidedBy, reason: comment } = event
      return withCall(next, event.callId, (call) => ({
        ...call,
        ...(call.approval && {
          approval: { ...call.approval, decision, decidedBy, ...(comment && { comment }) },
        }),
      }))
    }
    case 'execution.ended':
      return { ...next, ended: event }
  }
}

/** What to do about an execution in this state. Pure: the same state gives the same action. */
export function nextAction(state: ExecutionState, circumstances: Circumstances): Action {
  const { ended, open, reply } = state
  if (ended) return finish(ended)
  if (circumstances.isCancelled) return finish({ status: 'cancelled' }, state)
  if (circumstances.isOverdue) return finish(failure('agent.timed-out', TIMED_OUT), state)
  const calls = open.filter(isActionable)
  if (calls.length > 0) return { kind: 'call-tools', calls }
  if (open.length > 0) return { kind: 'wait' }
  if (reply && reply.toolCalls.length === 0) {
    return finish({ status: 'succeeded', output: reply.object ?? reply.text })
  }
  const limit = limitReached(state, circumstances.limits)
  return limit ? finish(limit, state) : { kind: 'call-model', step: state.steps + 1 }
}

function isActionable({ isSent, approval }: OpenCall): boolean {
  return !isSent && (approval === undefined || approval.decision !== undefined)
}

/** Money that nothing was spent of is no reason to end: a model may be free. */
function limitReached({ steps, usage }: ExecutionState, limits: Limits): Ending | undefined {
  if (steps >= limits.maxSteps) {
    return failure('agent.max-steps', `The model was called ${steps} times, and had not answered`)
  }
  const tokens = usage.inputTokens + usage.outputTokens
  if (tokens >= limits.maxTokens) {
    return failure('agent.max-tokens', `The execution took ${tokens} tokens, and had not ended`)
  }
  const { costMicroUsd } = usage
  if (costMicroUsd > 0 && costMicroUsd >= limits.maxCostMicroUsd) {
    const cost = `The execution has cost ${costMicroUsd} micro-dollars, and had not ended`
    return failure('agent.max-cost', cost)
  }
  return undefined
}

const TIMED_OUT = 'The execution took longer than its limits allow'

function failure(code: string, message: string): Ending {
  return { status: 'failed', error: { code, message, class: 'rejected' } }
}

/** What the model had said stays, marked as what it is. */
function finish(ending: Ending, state?: ExecutionState): Action {
  const partial = state?.said
  return { kind: 'finish', ending: { ...ending, ...(partial && { partial }) } }
}

function answered(
  state: ExecutionState,
  event: EventOf<'execution.model-answered'>,
): ExecutionState {
  const { step, toolCalls, usage } = event
  const open = toolCalls.map(({ name, input, invalid, tooLarge, blocked }, index) => ({
    ...{ callId: callIdOf(step, index), name, input, isSent: false },
    ...(invalid !== undefined && { invalid }),
    ...(tooLarge && { tooLarge }),
    ...(blocked && { blocked }),
  }))
  return {
    ...state,
    steps: step,
    messages: [...state.messages, assistantMessage(event, open)],
    usage: sumOf(state.usage, usage),
    begun: undefined,
    reply: event,
    said: event.text || state.said,
    open,
    results: [],
    wasTainted: state.isTainted,
  }
}

/** What a step has done before it had to wait once more is done, too. */
function goneOn(
  before: ExecutionState['begun'],
  event: EventOf<'execution.money-awaited'>,
): ExecutionState['begun'] {
  const { inputFindings } = event.inputFindings ? event : (before ?? event)
  return { ...event, ...(inputFindings && { inputFindings }) }
}

export function sumOf(used: Usage, more: Usage | undefined): Usage {
  if (!more) return used
  return {
    inputTokens: used.inputTokens + more.inputTokens,
    outputTokens: used.outputTokens + more.outputTokens,
    costMicroUsd: used.costMicroUsd + more.costMicroUsd,
  }
}

function withCall(
  state: ExecutionState,
  callId: string,
  change: (call: OpenCall) => OpenCall,
): ExecutionState {
  const open = state.open.map((call) => (call.callId === callId ? change(call) : call))
  return { ...state, open }
}

/** With the last result of a step, the model is told all of them, in the order of the calls. */
function closed(before: ExecutionState, event: EventOf<'execution.tool-answered'>): ExecutionState {
  const state = event.usage ? { ...before, usage: sumOf(before.usage, event.usage) } : before
  const open = state.open.filter(({ callId }) => callId !== event.callId)
  const results = [...state.results, event]
  const isTainted = state.isTainted || event.isUntrusted
  if (open.length > 0) return { ...state, open, results, isTainted }
  return { ...state, open, results: [], isTainted, messages: [...state.messages, told(results)] }
}

function assistantMessage(
  { text, signed, provider }: EventOf<'execution.model-answered'>,
  calls: readonly OpenCall[],
): AssistantModelMessage {
  const said =
    text === '' ? [] : [{ type: 'text' as const, text, ...optionsSigned(signed?.text, provider) }]
  const asked = calls.map(({ callId, name, ...call }, index) => ({
    type: 'tool-call' as const,
    ...optionsSigned(signed?.toolCalls[index], provider),
    toolCallId: callId,
    toolName: name,
    input: argumentsTold(call),
  }))
  return {
    role: 'assistant',
    content: [...thoughtsSigned(signed?.thoughts, provider), ...said, ...asked],
  }
}

const INVALID_SHOWN = 2000

/** What was no JSON, or too much, is shown to the model again as a part of what is. */
function argumentsTold({
  input,
  invalid,
  tooLarge,
}: Pick<OpenCall, 'input' | 'invalid' | 'tooLarge'>) {
  if (tooLarge) return { cut: tooLarge.start, characters: tooLarge.characters }
  return invalid === undefined ? (input ?? {}) : { invalid: invalid.slice(0, INVALID_SHOWN) }
}

function told(results: readonly EventOf<'execution.tool-answered'>[]): ToolModelMessage {
  const inOrder = results.toSorted((one, other) => indexOf(one.callId) - indexOf(other.callId))
  return {
    role: 'tool',
    content: inOrder.map(({ callId, name, output, error }) => ({
      type: 'tool-result',
      toolCallId: callId,
      toolName: name,
      output: error
        ? { type: 'error-text', value: `${error.code}: ${error.message}` }
        : // It is JSON: the tool gave it, and the event store kept it.
          { type: 'json', value: (output ?? null) as null },
    })),
  }
}

function indexOf(callId: string): number {
  return Number(callId.slice(callId.indexOf('_') + 1))
}
