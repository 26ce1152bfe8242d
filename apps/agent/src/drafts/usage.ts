import { type Static, Type } from 'typebox'
import type { ModelReply } from '../models/model-call.ts'

export const HelperUsageView = Type.Object(
  {
    model: Type.String(),
    inputTokens: Type.Integer(),
    outputTokens: Type.Integer(),
    costMicroUsd: Type.Integer({ description: 'Micro-US-dollars, of all calls together' }),
  },
  { $id: 'HelperUsage' },
)
/** What a helper's calls of a model took, all together. */
export type HelperUsage = Static<typeof HelperUsageView>

export function addUsage(
  before: HelperUsage | undefined,
  { model, usage }: Pick<ModelReply, 'model' | 'usage'>,
): HelperUsage {
  return {
    model,
    inputTokens: (before?.inputTokens ?? 0) + usage.inputTokens,
    outputTokens: (before?.outputTokens ?? 0) + usage.outputTokens,
    costMicroUsd: (before?.costMicroUsd ?? 0) + usage.costMicroUsd,
  }
}
