import {
  DureError,
  findModerated,
  type GuardrailRule,
  InvalidInputError,
  passesUnmoderated,
  UnavailableError,
} from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { type ModelReply, withFailedCall } from '../models/model-call.ts'
import type { Log } from '../tasks/task.ts'
import { rulesFor } from './guard.ts'
import type { Moderation, Moderator } from './moderator.ts'

type Asking = Omit<Moderation, 'texts'> & { readonly rules: readonly GuardrailRule[] }

/** The rules of an agent that ask somebody else. They find no places: what is blocked is blocked as a whole. */
export interface ModerationGuard {
  /** All that the model is told by users, the history included. @throws InvalidInputError `guardrail.blocked`, and as a Moderator */
  input(messages: readonly ModelMessage[], asking: Asking): Promise<void>
  /** What a model says, before anybody hears it. @throws as `input`, with what it cost */
  output(reply: ModelReply, asking: Asking): Promise<void>
}

export function createModerationGuard(moderator: Moderator, log: Log): ModerationGuard {
  async function check(texts: readonly string[], { rules: all, ...asking }: Asking) {
    const rules = all.filter(({ check: of }) => of === 'moderation')
    if (rules.length === 0 || texts.every((text) => text.trim() === '')) return
    try {
      const moderated = await moderator.moderate({ ...asking, texts })
      const findings = rules.flatMap((rule) => findModerated(rule, moderated, 0))
      const kinds = findings.filter(({ action }) => action === 'block').map(({ kind }) => kind)
      if (kinds.length > 0) throw blocked(kinds)
      if (findings.length > 0) {
        log.warn({ kinds: findings.map(({ kind }) => kind) }, 'a guardrail has flagged a text')
      }
    } catch (error) {
      const isDown = error instanceof DureError && error.code === 'moderation.unavailable'
      if (!isDown || !rules.every(passesUnmoderated)) throw error
      log.warn({ err: error }, 'a text passes that nobody has moderated: its rules say so')
    }
  }

  return {
    input: (messages, { rules, ...asking }) =>
      check(messages.flatMap(textsOf), { ...asking, rules: rulesFor('input', rules) }),

    async output(reply, { rules, ...asking }) {
      const { text, reasoning = '', object, model, usage } = reply
      const said = [text, reasoning, object === undefined ? '' : JSON.stringify(object)]
      try {
        await check(said, { ...asking, rules: rulesFor('output', rules) })
      } catch (error) {
        throw withFailedCall(withoutMoney(error), { partial: '', model, usage })
      }
    },
  }
}

/** Whoever waits for money asks the model again: here it has answered, and was paid. */
function withoutMoney(error: unknown): unknown {
  if (!(error instanceof DureError) || error.code !== 'budget.exceeded') return error
  const message = 'No budget has the money to moderate what the model says, and it does not pass'
  return new UnavailableError('moderation.unavailable', message, {}, { cause: error })
}

function textsOf({ role, content }: ModelMessage): string[] {
  if (role !== 'user') return []
  if (typeof content === 'string') return [content]
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
}

function blocked(kinds: readonly string[]): InvalidInputError {
  const detail = `A guardrail of the agent has found ${[...new Set(kinds)].join(', ')}: leave it out, or change the rules`
  return new InvalidInputError('guardrail.blocked', detail)
}
