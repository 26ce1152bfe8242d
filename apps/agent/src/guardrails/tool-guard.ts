import type { Finding, GuardrailRule } from '@dure/kernel'
import type { ModelToolCall } from '../models/model-call.ts'
import type { ToolResult } from '../tools/tool.ts'
import { rulesFor } from './guard.ts'
import { type Noted, notedOn } from './noted.ts'
import { checkValue } from './value.ts'

type Outcome = Exclude<ToolResult, { readonly status: 'sent' }>

/** A call as its tool may be given it. */
export interface GuardedCall extends ModelToolCall {
  /** What was found in its arguments, which no tool is given then. */
  readonly blocked?: readonly string[]
}

/** What a model hands to its tools: before it is recorded, so that neither people nor tools get what is taken out. */
export function guardArguments(
  calls: readonly ModelToolCall[],
  all: readonly GuardrailRule[],
): { readonly calls: readonly GuardedCall[]; readonly findings: readonly Finding[] } {
  const rules = rulesFor('tool-arguments', all)
  if (rules.length === 0) return { calls, findings: [] }
  const findings: Finding[] = []
  const guarded = calls.map(({ id, name, input, invalid }): GuardedCall => {
    const { value, blocked, ...checked } = checkValue(invalid ?? input, rules)
    if (blocked) return { id, name, input: null, blocked: kindsIn(checked.findings) }
    findings.push(...checked.findings)
    return invalid === undefined
      ? { id, name, input: value }
      : { id, name, input, invalid: String(value) }
  })
  return { calls: guarded, findings }
}

/** What a tool gives back, as the model may be told it: before it is recorded, and whoever wrote it. */
export function guardResult(
  result: Outcome,
  all: readonly GuardrailRule[],
): { readonly result: Outcome; readonly findings: readonly Noted[] } {
  const rules = rulesFor('tool-result', all)
  if (rules.length === 0) return { result, findings: [] }
  const isFailed = result.status === 'failed'
  // What failed has no form that a schema could be of.
  const some = isFailed ? rules.filter(({ check }) => check !== 'schema') : rules
  const { value, blocked, findings } = checkValue(
    isFailed ? result.error.message : result.output,
    some,
  )
  const noted = notedOn('tool-result', findings)
  if (blocked) return { result: withheld(result, kindsIn(findings)), findings: noted }
  const passed: Outcome = isFailed
    ? { status: 'failed', error: { ...result.error, message: String(value) } }
    : { status: 'succeeded', output: value }
  return { result: passed, findings: noted }
}

/** The model is told what became of its call, and nothing of what came back. */
function withheld({ status }: Outcome, kinds: readonly string[]): Outcome {
  const done = status === 'succeeded' ? 'The call was made' : 'The call failed'
  const message = `${done}; a guardrail has found ${kinds.join(', ')} in what came back, which is not shown`
  return { status: 'failed', error: { code: 'guardrail.blocked', message, class: 'rejected' } }
}

function kindsIn(findings: readonly Finding[]): string[] {
  const blocking = findings.filter(({ action }) => action === 'block')
  return [...new Set(blocking.map(({ kind }) => kind))]
}
