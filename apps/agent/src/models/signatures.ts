import type { AssistantModelMessage, ModelMessage, ProviderMetadata } from 'ai'
import type { ModelReply } from './model-call.ts'

/** As an event keeps it: JSON that one provider has made, and is the only one to understand. */
export interface Signed {
  readonly thoughts: readonly { readonly text: string; readonly options: unknown }[]
  /** Of each call of a tool; null: nothing. */
  readonly toolCalls: readonly unknown[]
  /** Of the text; absent: nothing. */
  readonly text?: unknown
}

type Part = Exclude<AssistantModelMessage['content'], string>[number]
type Thought = Extract<Part, { readonly type: 'reasoning' }>

/** More than that is not kept: without it, a model thinks anew. */
const MAX_CHARACTERS = 262_144
/** Where it stands who has signed. Of all keys, providers read their own alone. */
const MARK = 'dure'

/** What of an answer its provider wants to have back with the next call. */
export function signedIn({
  message,
  text,
  toolCalls,
}: Pick<ModelReply, 'message' | 'text' | 'toolCalls'>): {
  readonly signed?: ReturnType<typeof shape> & { readonly text?: unknown }
} {
  const parts = typeof message.content === 'string' ? [] : message.content
  const thoughts = parts.flatMap((part) =>
    part.type === 'reasoning' && part.providerOptions
      ? [{ text: part.text, options: part.providerOptions }]
      : [],
  )
  const calls = toolCalls.map(({ id }) => {
    const part = parts.find((one) => one.type === 'tool-call' && one.toolCallId === id)
    return part?.type === 'tool-call' ? (part.providerOptions ?? null) : null
  })
  // What a guardrail has changed is not what was signed.
  const said = parts.find((part) => part.type === 'text' && part.text === text)
  const ofText = said?.type === 'text' ? said.providerOptions : undefined
  if (thoughts.length === 0 && !ofText && calls.every((call) => call === null)) return {}
  const signed = { ...shape(thoughts, calls), ...(ofText && { text: ofText as unknown }) }
  return JSON.stringify(signed).length > MAX_CHARACTERS ? {} : { signed }
}

function shape(thoughts: { text: string; options: unknown }[], toolCalls: unknown[]) {
  return { thoughts, toolCalls }
}

/** The thoughts of an event as a message has them. */
export function thoughtsSigned(thoughts: Signed['thoughts'] = [], by: string): Thought[] {
  return thoughts.map(({ text, options }) => ({
    ...{ type: 'reasoning', text },
    ...optionsSigned(options, by),
  }))
}

/** Of a part of a message, and who has signed it. */
export function optionsSigned(options: unknown, by: string) {
  if (typeof options !== 'object' || options === null) return {}
  // An adapter made it of what a provider said, and an event kept it: JSON.
  return { providerOptions: { ...(options as ProviderMetadata), [MARK]: { by } } }
}

/**
 * A conversation as one provider may see it: signatures of others mean nothing to it, and some refuse
 * thoughts that they have not had themselves.
 */
export function signedForProvider(
  messages: readonly ModelMessage[],
  provider: string,
): readonly ModelMessage[] {
  return messages.map((message) => {
    if (message.role !== 'assistant' || typeof message.content === 'string') return message
    if (!message.content.some((part) => markOf(part) !== undefined)) return message
    return { ...message, content: message.content.flatMap((part) => ownPart(part, provider)) }
  })
}

function ownPart(part: Part, provider: string): Part[] {
  const by = markOf(part)
  if (by === undefined || !('providerOptions' in part)) return [part]
  const { providerOptions: { [MARK]: _mark, ...own } = {}, ...bare } = part
  if (by === provider) return [{ ...bare, providerOptions: own } as Part]
  return part.type === 'reasoning' ? [] : [bare as Part]
}

function markOf(part: Part): unknown {
  return 'providerOptions' in part ? part.providerOptions?.[MARK]?.by : undefined
}
