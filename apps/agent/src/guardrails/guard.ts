import { checkText, type Finding, type GuardrailRule, InvalidInputError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { Value } from 'typebox/value'
import type { ModelReply } from '../models/model-call.ts'
import { textsIn, withTexts } from './message-texts.ts'
import type { Side } from './noted.ts'

/** The rules of an agent for what it is told, or for what it says. */
export function rulesFor(side: Side, rules: readonly GuardrailRule[]): readonly GuardrailRule[] {
  return rules.filter(({ on }) => on === side || on === 'both')
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

/** What of it is only to be noted. */
export function flaggedIn(
  messages: readonly ModelMessage[],
  all: readonly GuardrailRule[],
): readonly Finding[] {
  const rules = rulesFor('input', all).filter((rule) => isOwn(rule) && rule.action === 'flag')
  if (rules.length === 0) return []
  return messages
    .flatMap(textsIn)
    .flatMap((text) => checkText(text, rules, Value.Check).findings)
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
  const ofLinks = rules.filter(({ check }) => check === 'links')
  const others = rules.filter(({ check }) => check !== 'links')
  const text = guarded(JSON.stringify(object), others, into)
  try {
    return withStrings(JSON.parse(text), (one) => guarded(one, ofLinks, into))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // What is to be redacted is a number, or the name of a field: then there is nothing left to say.
    throw blocked(['personal data outside of a text'])
  }
}

/** A target of a link ends with the text that it stands in: each is looked at by itself. */
function withStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => withStrings(one, change))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, one]) => [
    change(name),
    withStrings(one, change),
  ])
  return Object.fromEntries(fields)
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
