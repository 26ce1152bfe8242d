import { checkText, type GuardrailRule, InvalidInputError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { Value } from 'typebox/value'
import { type ModelReply, withFailedCall } from '../models/model-call.ts'

type Side = 'input' | 'output'

/** The rules of an agent for what it is told, or for what it says. */
export function rulesFor(side: Side, rules: readonly GuardrailRule[]): readonly GuardrailRule[] {
  return rules.filter(({ on }) => on === side || on === 'both')
}

/**
 * What a user or an application says, with what is to be redacted taken out.
 *
 * @throws InvalidInputError `guardrail.blocked`
 */
export function guardInput(
  messages: readonly ModelMessage[],
  all: readonly GuardrailRule[],
): readonly ModelMessage[] {
  const rules = rulesFor('input', all).filter(isOwn)
  if (rules.length === 0) return messages
  const guard = (text: string) => guarded(text, rules)
  return messages.map((message): ModelMessage => {
    if (message.role === 'system') return { ...message, content: guard(message.content) }
    if (message.role !== 'user') return message
    const { content } = message
    if (typeof content === 'string') return { ...message, content: guard(content) }
    const parts = content.map((part) =>
      part.type === 'text' ? { ...part, text: guard(part.text) } : part,
    )
    return { ...message, content: parts }
  })
}

/**
 * What a model says, before anybody hears it. What it cost is told with the error.
 *
 * @throws InvalidInputError `guardrail.blocked`
 */
export function guardReply(reply: ModelReply, all: readonly GuardrailRule[]): ModelReply {
  const rules = rulesFor('output', all).filter(isOwn)
  // What only calls tools has not answered yet.
  if (rules.length === 0) return reply
  const { text, reasoning, object, model, usage } = reply
  const ofWords = rules.filter(({ check }) => check !== 'schema')
  const isAnswer = reply.toolCalls.length === 0
  try {
    return {
      ...reply,
      text: guarded(text, isAnswer && object === undefined ? rules : ofWords),
      ...(reasoning !== undefined && { reasoning: guarded(reasoning, ofWords) }),
      ...(object !== undefined && { object: guardedObject(object, rules) }),
    }
  } catch (error) {
    throw withFailedCall(error, { partial: '', model, usage })
  }
}

/** Whoever moderates is asked apart: see `moderation-guard.ts`. */
function isOwn({ check }: GuardrailRule): boolean {
  return check !== 'moderation'
}

function guarded(text: string, rules: readonly GuardrailRule[]): string {
  const checked = checkText(text, rules, Value.Check)
  if (checked.blocked) throw blocked(checked.findings.map(({ kind }) => kind))
  return checked.text
}

function guardedObject(object: unknown, rules: readonly GuardrailRule[]): unknown {
  const text = guarded(JSON.stringify(object), rules)
  try {
    return JSON.parse(text)
  } catch {
    // What is to be redacted is a number, or the name of a field: then there is nothing left to say.
    throw blocked(['personal data outside of a text'])
  }
}

function blocked(kinds: readonly string[]): InvalidInputError {
  const found = [...new Set(kinds)].join(', ')
  const detail = `A guardrail of the agent has found ${found}: leave it out, or change the rules`
  return new InvalidInputError('guardrail.blocked', detail)
}
