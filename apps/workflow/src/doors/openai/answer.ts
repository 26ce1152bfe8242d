import type { RunEvent, TaskUsage } from '@dure/contracts'

/** Between what several `answer` nodes say. */
export const PARAGRAPH = '\n\n'

/**
 * What a run says that has no `answer` node: its output when that is text, the field `answer` or `text`
 * of it, its only field when that is text, else all of it as JSON.
 */
export function textOfOutput(output: unknown): string {
  if (typeof output === 'string') return output
  if (typeof output !== 'object' || output === null) return JSON.stringify(output ?? null)
  const fields = new Map(Object.entries(output))
  const [only, ...more] = [...fields.values()]
  for (const text of [fields.get('answer'), fields.get('text'), more.length === 0 && only]) {
    if (typeof text === 'string') return text
  }
  return JSON.stringify(output)
}

export interface TokenCount {
  readonly inputTokens: number
  readonly outputTokens: number
}

export const NO_TOKENS: TokenCount = { inputTokens: 0, outputTokens: 0 }

/** With what one more event says that was used. A result from the cache has cost nothing. */
export function addTokens(sum: TokenCount, event: RunEvent): TokenCount {
  const usage: TaskUsage | undefined =
    event.type === 'node.completed' && event.cached !== true ? event.usage : undefined
  if (!usage) return sum
  return {
    inputTokens: sum.inputTokens + usage.inputTokens,
    outputTokens: sum.outputTokens + usage.outputTokens,
  }
}
