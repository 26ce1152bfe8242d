import type { ExecutionEvent } from '@dure/contracts'
import type { GuardrailRule } from '@dure/kernel'
import { guardResult } from '../guardrails/tool-guard.ts'
import { sha256Of } from '../tools/definition.ts'
import { argumentsTooLarge, judge, unknownTool } from '../tools/policy.ts'
import type { BoundTool, ToolResult } from '../tools/tool.ts'
import type { EventOf, ExecutionState, OpenCall } from './execution.ts'
import type { Answer } from './store.ts'

type ToolAnswered = EventOf<'execution.tool-answered'>
type Failure = Extract<ToolResult, { readonly status: 'failed' }>['error']

/** What becomes of the calls that a model asks for, before any of them is made. */
export interface Sorted {
  /** Answered at once: the model is told why. */
  readonly refused: readonly ExecutionEvent[]
  readonly allowed: readonly { readonly call: OpenCall; readonly tool: BoundTool }[]
  readonly requested: readonly ExecutionEvent[]
}

/** Pure: assumes the model to be hostile, and asks the policy about each call. */
export function sortCalls(
  calls: readonly OpenCall[],
  { state, tools, executionId }: SortingOptions,
): Sorted {
  const refused: ExecutionEvent[] = []
  const allowed: { call: OpenCall; tool: BoundTool }[] = []
  const requested: ExecutionEvent[] = []
  for (const call of calls) {
    const { callId, name, input, approval } = call
    const tool = tools.find((one) => one.name === name)
    const why = refusalOf(call, tool, tools)
    if (why || !tool) {
      refused.push(failedCall(state.steps, call, why ?? NEVER))
      continue
    }
    const hash = approvalHash(executionId, call, tool)
    const isApproved = approval?.decision === 'approve' && approval.hash === hash
    const verdict = judge({ tool, input, isTainted: state.wasTainted, isApproved })
    if (verdict.verdict === 'allowed') allowed.push({ call, tool })
    else if (verdict.verdict === 'forbidden') {
      const { code, reason: message } = verdict
      refused.push(failedCall(state.steps, call, { code, message, class: 'rejected' }))
    } else {
      const of = { step: state.steps, callId, name, input }
      requested.push({
        type: 'execution.approval-requested',
        ...{ ...of, reason: verdict.reason, hash },
      })
    }
  }
  return { refused, allowed, requested }
}

interface SortingOptions {
  readonly state: ExecutionState
  readonly tools: readonly BoundTool[]
  readonly executionId: string
}

const NEVER: Failure = { code: 'tool.unknown', message: 'There is no such tool', class: 'invalid' }

function refusalOf(
  { name, invalid, tooLarge, blocked, approval }: OpenCall,
  tool: BoundTool | undefined,
  tools: readonly BoundTool[],
): Failure | undefined {
  if (!tool) {
    const verdict = unknownTool(name, tools)
    return { ...NEVER, message: 'reason' in verdict ? verdict.reason : NEVER.message }
  }
  if (blocked) {
    const message = `A guardrail has found ${blocked.join(', ')} in the arguments of ${name}: call it without`
    return { code: 'guardrail.blocked', message, class: 'rejected' }
  }
  if (tooLarge) {
    const { code, reason: message } = argumentsTooLarge(name, tooLarge.characters)
    return { code, message, class: 'invalid' }
  }
  if (invalid !== undefined) {
    const message = `The arguments of ${name} are no JSON: send an object that fits its schema`
    return { code: 'tool.invalid-arguments', message, class: 'invalid' }
  }
  if (approval?.decision === 'reject') {
    const said = approval.comment ? `: ${approval.comment}` : ''
    return {
      ...{ code: 'tool.rejected', message: `A person has refused this call${said}` },
      class: 'rejected',
    }
  }
  return undefined
}

/** A decision is on this call of this execution, with these arguments, and on this state of the tool. */
function approvalHash(
  executionId: string,
  { callId, input }: Pick<OpenCall, 'callId' | 'input'>,
  { hash }: Pick<BoundTool, 'hash'>,
): string {
  return sha256Of({ executionId, callId, input, tool: hash })
}

function failedCall(step: number, call: OpenCall, error: Failure): ToolAnswered {
  return answerOf(step, call, { result: { status: 'failed', error }, durationMs: 0 })
}

/** @param of `tool` absent: nothing of outside is in the result */
export function answerOf(
  step: number,
  { callId, name }: Pick<OpenCall, 'callId' | 'name'>,
  of: {
    readonly result: Exclude<ToolResult, { readonly status: 'sent' }>
    readonly tool?: Pick<BoundTool, 'trust'>
    /** Absent: nobody else has written the result. */
    readonly rules?: readonly GuardrailRule[]
    readonly durationMs: number
  },
): ToolAnswered {
  const { tool, rules = [], durationMs } = of
  const { result, findings } = guardResult(of.result, rules)
  return {
    type: 'execution.tool-answered',
    ...{ step, callId, name, status: result.status },
    ...(result.status === 'succeeded' ? { output: result.output } : { error: result.error }),
    ...(findings.length > 0 && { findings: [...findings] }),
    ...{ isUntrusted: tool?.trust === 'untrusted', durationMs },
    ...(result.usage && { usage: result.usage }),
  }
}

/** The model is told of each call that no answer came to. */
export function notAnswered(step: number, late: readonly OpenCall[]): ExecutionEvent[] {
  return late.map((call) => {
    const message = `${call.name} did not answer in time: go on without it, or call it again later`
    return failedCall(step, call, { code: 'tool.not-answered', message, class: 'timeout' })
  })
}

/** What of the answers from outside is news to this execution. */
export function answersTaken(
  state: ExecutionState,
  answers: readonly Answer[],
  {
    tools,
    rules,
  }: { readonly tools: readonly BoundTool[]; readonly rules: readonly GuardrailRule[] },
): ExecutionEvent[] {
  return state.open.flatMap((call): ExecutionEvent[] => {
    const { callId, name, isSent, approval } = call
    const given = (kind: string) =>
      answers.find((answer) => answer.callId === callId && answer.kind === kind)?.answer
    if (isSent) {
      const result = given('result') as Exclude<ToolResult, { status: 'sent' }> | undefined
      // Of a tool that is not there any more, nobody knows who wrote it.
      const tool = tools.find((one) => one.name === name) ?? { trust: 'untrusted' }
      return result ? [answerOf(state.steps, call, { result, tool, rules, durationMs: 0 })] : []
    }
    if (!approval || approval.decision) return []
    const decided = given(decisionOn(approval.hash)) as Decision | undefined
    return decided
      ? [{ type: 'execution.approval-decided', callId, ...decided, hash: approval.hash }]
      : []
  })
}

export interface Decision {
  readonly decision: 'approve' | 'reject'
  readonly decidedBy: string
  readonly reason?: string
}

/** The kind of answer that decides on this very call. */
export function decisionOn(hash: string): `decision:${string}` {
  return `decision:${hash}`
}
