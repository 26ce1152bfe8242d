import { randomUUID } from 'node:crypto'
import { type Identity, keyOf, type WorkAnswer } from '@dure/contracts'
import { askHelper, type HelperModel } from '../drafts/helper.ts'
import { addUsage, type HelperUsage } from '../drafts/usage.ts'
import { checkCitations } from './citations.ts'
import type { WorkDesk } from './desk-service.ts'
import { listFound } from './listing.ts'
import { conversation, INSTRUCTIONS, type Turn } from './prompt.ts'
import { questionOf } from './question.ts'

export interface AssistantQuestion {
  readonly identity: Identity
  readonly message: string
  readonly history: readonly Turn[]
  readonly signal: AbortSignal
}

export interface AssistantAnswer {
  readonly answer: string
  /** Of what was found, in the order in which the answer cites it. */
  readonly cited: readonly string[]
  readonly droppedCitations: number
  readonly found: Pick<WorkAnswer, 'workflows' | 'runs'>
  readonly source: 'model' | 'list'
  readonly usage: HelperUsage | null
}

export interface Assistant {
  /**
   * What can be said about somebody's own workflows and runs. It changes nothing.
   *
   * @throws UnavailableError `assistant.not-answered` @throws LimitExceededError `assistant.too-many-questions`
   * @throws DureError `model.…`, `budget.exceeded`
   */
  answer(question: AssistantQuestion): Promise<AssistantAnswer>
}

interface Parts extends HelperModel {
  readonly desk: Pick<WorkDesk, 'ask'>
  readonly hasModel: boolean
}

const MAX_OUTPUT_TOKENS = 1500

export function createAssistant(parts: Parts): Assistant {
  return {
    async answer(asked) {
      const { message, history, identity, signal } = asked
      // What was said before says what is meant by “it”.
      const before = history.filter(({ role }) => role === 'user').at(-1)?.content ?? ''
      const found = await parts.desk.ask(questionOf(`${message}\n${before}`, identity), signal)
      if (!parts.hasModel) return listed(found, message)
      return answered(parts, asked, found)
    },
  }
}

function listed(found: WorkAnswer, message: string): AssistantAnswer {
  return {
    answer: listFound(found, message),
    cited: idsOf(found),
    ...{ droppedCitations: 0, found, source: 'list', usage: null },
  }
}

async function answered(
  parts: Parts,
  { identity, message, history, signal }: AssistantQuestion,
  found: WorkAnswer,
): Promise<AssistantAnswer> {
  const reply = await askHelper(parts, {
    ...{ callKey: `ai/assistant/${randomUUID()}`, tenant: identity.tenant, signal },
    ...{ keyId: keyOf(identity), system: INSTRUCTIONS, maxOutputTokens: MAX_OUTPUT_TOKENS },
    messages: conversation(history, message, found),
  })
  const { text, ids, dropped } = checkCitations(reply.text, new Set(idsOf(found)))
  return {
    ...{ answer: text, cited: ids, droppedCitations: dropped, found },
    ...{ source: 'model', usage: addUsage(undefined, reply) },
  }
}

function idsOf({ workflows, runs }: WorkAnswer): string[] {
  return [...workflows, ...runs].map(({ id }) => id)
}
