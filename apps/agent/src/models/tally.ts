import type { TokenCount } from './cost.ts'
import type { ModelUsage, Spendable } from './model-call.ts'

export type Tally = ReturnType<typeof createTally>

/** What all attempts of a call have used together. */
export function createTally() {
  const sum = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 }
  let hasUsed = false
  let isDegraded = false

  function whole(): ModelUsage {
    const { cachedInputTokens, ...rest } = sum
    return { ...rest, ...(cachedInputTokens > 0 && { cachedInputTokens }) }
  }

  return {
    add(used: TokenCount, costMicroUsd: number) {
      hasUsed = true
      sum.inputTokens += used.inputTokens
      sum.outputTokens += used.outputTokens
      sum.cachedInputTokens += used.cachedInputTokens ?? 0
      sum.costMicroUsd += costMicroUsd
    },
    /** Once in a call: a cheaper model is not asked for the cheapest. */
    degrade() {
      isDegraded = true
    },
    isDegraded: () => isDegraded,
    leftOf: ({ microUsd, tokens }: Spendable): Spendable => ({
      microUsd: microUsd - sum.costMicroUsd,
      tokens: tokens - sum.inputTokens - sum.outputTokens,
    }),
    usage: () => (hasUsed ? whole() : undefined),
    whole,
  }
}
