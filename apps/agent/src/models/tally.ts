import type { Log } from '../tasks/task.ts'
import { costMicroUsd, type TokenCount } from './cost.ts'
import type { ModelUsage } from './model-call.ts'

export type Tally = ReturnType<typeof createTally>

/** What all tries of a call have used together. */
export function createTally(model: string, log: Log) {
  let sum: TokenCount | undefined

  function whole(): ModelUsage {
    if (sum === undefined) log.warn({ model }, 'no usage is reported: counted as free')
    const used = sum ?? { inputTokens: 0, outputTokens: 0 }
    const cost = costMicroUsd(model, used, new Date())
    if (cost === undefined) log.warn({ model }, 'no price is known: counted as free')
    const { inputTokens, outputTokens, cachedInputTokens } = used
    return {
      ...{ inputTokens, outputTokens },
      ...(cachedInputTokens && { cachedInputTokens }),
      costMicroUsd: cost ?? 0,
    }
  }

  return {
    add(used: TokenCount | undefined) {
      if (used === undefined) return
      sum = {
        inputTokens: (sum?.inputTokens ?? 0) + used.inputTokens,
        outputTokens: (sum?.outputTokens ?? 0) + used.outputTokens,
        cachedInputTokens: (sum?.cachedInputTokens ?? 0) + (used.cachedInputTokens ?? 0),
        cacheWriteTokens: (sum?.cacheWriteTokens ?? 0) + (used.cacheWriteTokens ?? 0),
      }
    },
    usage: () => (sum === undefined ? undefined : whole()),
    whole,
  }
}
