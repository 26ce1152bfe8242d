import type { ModelMessage, ProviderMetadata, SystemModelMessage } from 'ai'
import type { ChosenModel } from './index.ts'
import type { ModelCall } from './model-call.ts'

type Schema = Readonly<Record<string, unknown>>

/** What only one provider understands, and has to be told. */
export function requestOptions(
  { provider }: ChosenModel,
  responseSchema: Schema | undefined,
): ProviderMetadata | undefined {
  const strict = responseSchema && { strictJsonSchema: isStrict(responseSchema) }
  // What was asked is ours to keep: nothing stays at the provider that a later call would refer to.
  if (provider.kind === 'openai' || provider.kind === 'azure') {
    return { openai: { store: false, ...strict } }
  }
  return strict && { [provider.name]: strict }
}

/**
 * The beginning of the prompt, up to the marks, is kept by providers that have to be asked for it:
 * what a model is told about its task, and the conversation so far. Others do so by themselves, and
 * Bedrock refuses the marks for models that keep nothing.
 */
export function withCacheMarks(
  { provider, capabilities }: ChosenModel,
  { system, messages, cachePrompt }: Pick<ModelCall, 'system' | 'messages' | 'cachePrompt'>,
): { readonly system?: string | SystemModelMessage; readonly messages: readonly ModelMessage[] } {
  const isAsked = cachePrompt && capabilities.promptCaching === 'explicit'
  const mark = isAsked ? MARKS[provider.kind] : undefined
  const last = messages.at(-1)
  if (!mark || !last) return { messages, ...(system !== undefined && { system }) }
  const marked: ModelMessage = { ...last, providerOptions: { ...last.providerOptions, ...mark } }
  return {
    ...(system !== undefined && {
      system: { role: 'system', content: system, providerOptions: mark },
    }),
    messages: [...messages.slice(0, -1), marked],
  }
}

const MARKS: Readonly<Partial<Record<ChosenModel['provider']['kind'], ProviderMetadata>>> = {
  anthropic: { anthropic: { cacheControl: { type: 'ephemeral' } } },
  bedrock: { bedrock: { cachePoint: { type: 'default' } } },
}

/** OpenAI's strict form wants every property required, and no other ones; it refuses other schemas. */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict)
  if (typeof schema !== 'object' || schema === null) return true
  const { properties, required, additionalProperties } = schema as Schema
  if (typeof properties === 'object' && properties !== null && !Array.isArray(properties)) {
    const names = Object.keys(properties)
    const isClosed = additionalProperties === false
    const isWhole = Array.isArray(required) && names.every((name) => required.includes(name))
    if (!isClosed || !isWhole) return false
  }
  return Object.values(schema).every(isStrict)
}
