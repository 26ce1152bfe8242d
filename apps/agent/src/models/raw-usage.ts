import { type TokenCount, tokenCount } from './cost.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * What a provider says in the middle of its answer that it has used so far: it counts what was broken
 * off. Most say it at the end alone, and it comes with the end then.
 *
 * @param before what was known before: Anthropic tells what went in first, and what came out later
 */
export function usageIn(raw: unknown, before?: TokenCount): TokenCount | undefined {
  const chunk = fieldsOf(raw)
  return openAiUsage(fieldsOf(chunk.usage)) ?? anthropicUsage(chunk, before) ?? googleUsage(chunk)
}

function openAiUsage(usage: Fields): TokenCount | undefined {
  const { prompt_tokens: input, completion_tokens: output } = usage
  if (typeof input !== 'number' || typeof output !== 'number') return undefined
  const { cached_tokens: cached } = fieldsOf(usage.prompt_tokens_details)
  return countOf({ input, output, cached })
}

/** `message_start` has all that goes in, beside it what was cached; `message_delta` what came out. */
function anthropicUsage(chunk: Fields, before?: TokenCount): TokenCount | undefined {
  const { output_tokens: output } = fieldsOf(chunk.usage)
  if (chunk.type === 'message_delta' && typeof output === 'number') {
    return { ...(before ?? { inputTokens: 0 }), outputTokens: tokenCount(output) }
  }
  if (chunk.type !== 'message_start') return undefined
  const usage = fieldsOf(fieldsOf(chunk.message).usage)
  const cached = numberOf(usage.cache_read_input_tokens)
  const written = numberOf(usage.cache_creation_input_tokens)
  const input = numberOf(usage.input_tokens) + cached + written
  return countOf({ input, output: usage.output_tokens, cached, written })
}

function googleUsage(chunk: Fields): TokenCount | undefined {
  const usage = fieldsOf(chunk.usageMetadata)
  if (typeof usage.promptTokenCount !== 'number') return undefined
  const output = numberOf(usage.candidatesTokenCount) + numberOf(usage.thoughtsTokenCount)
  return countOf({ input: usage.promptTokenCount, output, cached: usage.cachedContentTokenCount })
}

type Counted = Readonly<Record<'input' | 'output' | 'cached', unknown>> & {
  readonly written?: unknown
}

function countOf({ input, output, cached, written }: Counted): TokenCount {
  return {
    inputTokens: numberOf(input),
    outputTokens: numberOf(output),
    cachedInputTokens: numberOf(cached),
    cacheWriteTokens: numberOf(written),
  }
}

function numberOf(value: unknown): number {
  return tokenCount(typeof value === 'number' ? value : undefined)
}

function fieldsOf(value: unknown): Fields {
  return Object(value) as Fields
}
