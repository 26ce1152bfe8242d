import {
  DureError,
  type Finding,
  findModerated,
  type GuardrailRule,
  InvalidInputError,
  passesUnmoderated,
  UnavailableError,
} from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { failedCallOf, type ModelReply, withFailedCall } from '../models/model-call.ts'
import type { Log } from '../tasks/task.ts'
import { flaggedIn, guardPartial, guardReply, rulesFor } from './guard.ts'
import { textsIn } from './message-texts.ts'
import type { Moderation, Moderator } from './moderator.ts'
import { type Noted, notedOn, type Side } from './noted.ts'
import { type GuardedCall, guardArguments } from './tool-guard.ts'

type Asking = Omit<Moderation, 'texts'> & { readonly rules: readonly GuardrailRule[] }

/** The rules of an agent in one step. Who moderates finds no places: what is blocked is blocked as a whole. */
export interface StepGuard {
  /** All that the model is told by others than itself. @throws InvalidInputError `guardrail.blocked`, and as a Moderator */
  input(messages: readonly ModelMessage[]): Promise<void>
  /** What a model says, as it may be heard, and hands to tools. @throws as `input`, with what it cost */
  output(reply: ModelReply): Promise<GuardedReply>
  /** The same error of a call between both, which now tells what it cost so far. */
  withCosts<Failure>(error: Failure): Failure
  /** What was found and let go on, and what it cost to moderate. */
  readonly noted: { readonly findings: readonly Noted[]; readonly costMicroUsd: number }
}

/** What the model says as it may be heard, with calls as tools may be given them. */
export interface GuardedReply extends ModelReply {
  readonly toolCalls: readonly GuardedCall[]
}

export type StepGuards = (asking: Asking) => StepGuard

export function createStepGuards(moderator: Moderator, log: Log): StepGuards {
  return ({ rules: all, ...asking }) => {
    const findings: Noted[] = []
    let costMicroUsd = 0

    async function moderate(side: Side, texts: readonly string[]): Promise<void> {
      const rules = rulesFor(side, all).filter(({ check }) => check === 'moderation')
      if (rules.length === 0 || texts.every((text) => text.trim() === '')) return
      try {
        const moderated = await moderator.moderate({ ...asking, texts })
        costMicroUsd += moderated.usage.costMicroUsd
        note(
          side,
          rules.flatMap((rule) => findModerated(rule, moderated, 0)),
        )
      } catch (error) {
        const isDown = error instanceof DureError && error.code === 'moderation.unavailable'
        if (!isDown || !rules.every(passesUnmoderated)) throw error
        log.warn({ err: error }, 'a text passes that nobody has moderated: its rules say so')
      }
    }

    /** @throws InvalidInputError `guardrail.blocked` */
    function note(side: Side, found: readonly Finding[]): void {
      const kinds = found.filter(({ action }) => action === 'block').map(({ kind }) => kind)
      if (kinds.length > 0) throw blocked(kinds)
      const flagged = found.filter(({ action }) => action === 'flag').map(({ kind }) => kind)
      if (flagged.length > 0) log.warn({ kinds: flagged, side }, 'a guardrail has flagged a text')
      findings.push(...notedOn(side, found))
    }

    /** What it took is a part of the costs, also where nothing came of it. */
    function withCosts<Failure>(error: Failure, reply?: ModelReply): Failure {
      const none = { partial: '', model: reply?.model ?? 'moderation', usage: reply?.usage }
      const failed = failedCallOf(error)
      if (costMicroUsd === 0 && !reply && !failed) return error
      const { usage, ...call } = failed ?? none
      const partial = guardPartial(call.partial, all)
      if (costMicroUsd === 0 && !usage) return withFailedCall(error, { ...call, partial })
      const { costMicroUsd: spent } = usage ?? NOTHING_USED
      const sum = { ...(usage ?? NOTHING_USED), costMicroUsd: spent + costMicroUsd }
      return withFailedCall(error, { ...call, partial, usage: sum })
    }

    return {
      async input(messages) {
        try {
          note('input', flaggedIn(messages, all))
          await moderate('input', messages.flatMap(textsIn))
        } catch (error) {
          throw withCosts(error)
        }
      },

      async output(reply) {
        try {
          const { reply: said, findings: found } = guardReply(reply, all)
          note('output', found)
          const { calls: toolCalls, findings: handed } = guardArguments(said.toolCalls, all)
          note('tool-arguments', handed)
          const { text, reasoning = '', object } = said
          const json = object === undefined ? '' : JSON.stringify(object)
          await moderate('output', [text, reasoning, json])
          return { ...said, toolCalls }
        } catch (error) {
          throw withCosts(withoutMoney(error), reply)
        }
      },

      withCosts,

      get noted() {
        return { findings, costMicroUsd }
      },
    }
  }
}

const NOTHING_USED = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }

/** Whoever waits for money asks the model again: here it has answered, and was paid. */
function withoutMoney(error: unknown): unknown {
  if (!(error instanceof DureError) || error.code !== 'budget.exceeded') return error
  const message = 'No budget has the money to moderate what the model says, and it does not pass'
  return new UnavailableError('moderation.unavailable', message, {}, { cause: error })
}

function blocked(kinds: readonly string[]): InvalidInputError {
  const detail = `A guardrail of the agent has found ${[...new Set(kinds)].join(', ')}: leave it out, or change the rules`
  return new InvalidInputError('guardrail.blocked', detail)
}
