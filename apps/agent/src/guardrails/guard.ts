import { checkText, type Finding, type GuardrailRule, InvalidInputError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { Value } from 'typebox/value'
import type { ModelReply } from '../models/model-call.ts'
import { textsIn, withTexts } from './message-texts.ts'
import type { Side } from './noted.ts'
import { checkValue } from './value.ts'

/** The rules of an agent for what it is told, for what it says, or for what goes to its tools and comes from them. */
export function rulesFor(side: Side, rules: readonly GuardrailRule[]): readonly GuardrailRule[] {
  const isBoth = side === 'input' || side === 'output'
  return rules.filter(({ on }) => on === side || (isBoth && on === 'both'))
}

/**
 * What whoever asks has sent, in whosever name, with what is to be redacted taken out.
 *
 * @throws InvalidInputError `guardrail.blocked`
 */
export function guardInput(
  messages: readonly ModelMessage[],
  all: readonly GuardrailRule[],
): readonly ModelMessage[] {
  const rules = rulesFor('input', all).filter(isOwn)
  if (rules.length === 0) return messages
  return messages.map((message) => withTexts(message, (text) => guarded(text, rules)))
}

/**
 * The same for what was said before, perhaps to an agent with other rules. What agents have answered is no reason to refuse
 * anything; what is to be redacted is taken out of it as well.
 *
 * @throws InvalidInputError `guardrail.blocked`
 */
export function guardHistory(
  messages: readonly ModelMessage[],
  all: readonly GuardrailRule[],
): readonly ModelMessage[] {
  const redacting = redactingIn(all)
  return messages.flatMap((message) =>
    guardInput([message], message.role === 'assistant' ? redacting : all),
  )
}

/** Those that take something out, and refuse nothing. */
export function redactingIn(rules: readonly GuardrailRule[]): readonly GuardrailRule[] {
  return rules.filter(({ action }) => action === 'redact')
}

/** What of it is only to be noted. */
export function flaggedIn(
  messages: readonly ModelMessage[],
  all: readonly GuardrailRule[],
): readonly Finding[] {
  const rules = rulesFor('input', all).filter((rule) => isOwn(rule) && rule.action === 'flag')
  if (rules.length === 0) return []
  return messages.flatMap(textsIn).flatMap((text) => checkText(text, rules, Value.Check).findings)
}

/**
 * What a model says, as it may be heard, and what was found in it.
 *
 * @throws InvalidInputError `guardrail.blocked`
 */
export function guardReply(
  reply: ModelReply,
  all: readonly GuardrailRule[],
): { readonly reply: ModelReply; readonly findings: readonly Finding[] } {
  const rules = rulesFor('output', all).filter(isOwn)
  const findings: Finding[] = []
  // What only calls tools has not answered yet.
  if (rules.length === 0) return { reply, findings }
  const { text, reasoning, object } = reply
  const ofWords = rules.filter(({ check }) => check !== 'schema')
  const isAnswer = reply.toolCalls.length === 0
  const words = isAnswer && object === undefined ? rules : ofWords
  return {
    reply: {
      ...reply,
      text: guarded(text, words, findings),
      ...(reasoning !== undefined && { reasoning: guarded(reasoning, ofWords, findings) }),
      ...(object !== undefined && { object: guardedObject(object, rules, findings) }),
    },
    findings,
  }
}

/** Whoever moderates is asked apart: see `step-guard.ts`. */
function isOwn({ check }: GuardrailRule): boolean {
  return check !== 'moderation'
}

function guarded(text: string, rules: readonly GuardrailRule[], into: Finding[] = []): string {
  const checked = checkText(text, rules, Value.Check)
  into.push(...checked.findings)
  if (checked.blocked) throw blocked(checked.findings.map(({ kind }) => kind))
  return checked.text
}

function guardedObject(object: unknown, rules: readonly GuardrailRule[], into: Finding[]): unknown {
  const checked = checkValue(object, rules)
  into.push(...checked.findings)
  if (checked.blocked) throw blocked(checked.findings.map(({ kind }) => kind))
  // It would not meet its schema any more.
  if (checked.isReshaped) throw blocked(['personal data outside of a text'])
  return checked.value
}

/** What a model had said before its call failed, as it may be kept; nothing, where it may not. */
export function guardPartial(partial: string, all: readonly GuardrailRule[]): string {
  const rules = rulesFor('output', all).filter((rule) => isOwn(rule) && rule.check !== 'schema')
  const { text, blocked: isBlocked } = checkText(partial, rules, Value.Check)
  const isModerated = rulesFor('output', all).some(({ check }) => check === 'moderation')
  return isBlocked || isModerated ? '' : text
}

function blocked(kinds: readonly string[]): InvalidInputError {
  const found = [...new Set(kinds)].join(', ')
  const detail = `A guardrail of the agent has found ${found}: leave it out, or change the rules`
  return new InvalidInputError('guardrail.blocked', detail)
}
