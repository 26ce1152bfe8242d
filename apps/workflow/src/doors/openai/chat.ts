import type { RunRow } from '@dure/engine'
import type { Static } from 'typebox'
import type { TokenCount } from './answer.ts'
import type { Outcome } from './outcome.ts'
import type { Conversation } from './run-input.ts'
import { type ChatCompletion, type ChatRequest, SETTINGS } from './schema.ts'

export function conversationOf(body: Static<typeof ChatRequest>): Conversation {
  const { messages, metadata, extra } = body
  return { messages, metadata, extra, settings: settingsIn(body) }
}

/** What a client says of how the model is to be set. */
export function settingsIn(body: object): Record<string, unknown> {
  const given = Object.entries(body).filter(
    ([name, value]) => Object.hasOwn(SETTINGS, name) && value != null,
  )
  return Object.fromEntries(given)
}

/** The whole answer. */
export function viewCompletion(
  { run, tokens, text = '' }: Outcome,
  model: string,
): Static<typeof ChatCompletion> {
  return {
    ...headOf(run, model),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: viewTokens(tokens),
  }
}

/** The same answer in pieces. With `includeUsage`, every piece says that it knows none, but the last. */
export function chunksOf(
  run: Pick<RunRow, 'id' | 'createdAt'>,
  { model, includeUsage }: { readonly model: string; readonly includeUsage: boolean },
) {
  const head = { ...headOf(run, model), object: 'chat.completion.chunk' as const }
  const choice = (delta: object, finish_reason: 'stop' | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(includeUsage && { usage: null }),
  })
  return {
    first: () => choice({ role: 'assistant', content: '', refusal: null }),
    piece: (content: string) => choice({ content }),
    last: (tokens: TokenCount) => [
      choice({}, 'stop'),
      ...(includeUsage ? [{ ...head, choices: [], usage: viewTokens(tokens) }] : []),
    ],
  }
}

function headOf({ id, createdAt }: Pick<RunRow, 'id' | 'createdAt'>, model: string) {
  const hex = id.slice(id.indexOf('_') + 1)
  return { id: `chatcmpl-${hex}`, created: secondsOf(createdAt), model }
}

export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}

function viewTokens({ inputTokens, outputTokens }: TokenCount) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  }
}
