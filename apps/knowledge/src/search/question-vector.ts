import type { Spender, Tenant } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { dimensionsToMeet } from '../embeddings/cache-store.ts'
import type { EmbeddingService } from '../embeddings/service.ts'
import { BudgetExceededError, isAboutMoney, type OnPaid } from '../money/money.ts'
import type { SearchPlan } from './plan.ts'

/** Makes vectors of questions. */
export interface QuestionEmbedder {
  /** Absent: no provider is configured. */
  readonly embeddings: EmbeddingService | undefined
  readonly dimensions: number | undefined
}

/** A question as a vector, or why it is none. */
export interface QuestionVector {
  readonly vector?: Float32Array
  /** The code of what went wrong, such as `embedding.timeout`. */
  readonly degradedReason?: string
}

/** Of the time that a search has, the rest of it is for searching. */
const SHARE_OF_TIME = 0.5

/**
 * Fails for no reason that lies with the provider, or the money for it: words are left.
 *
 * @param plan without a model, no vector is wanted
 * @throws BudgetExceededError `budget.exceeded` where vectors alone are wanted, which nobody pays for
 * @throws what is no failure of the provider
 */
export async function questionVector(
  { embeddings, dimensions }: QuestionEmbedder,
  { model, dimensions: present, mode }: Pick<SearchPlan, 'model' | 'dimensions' | 'mode'>,
  question: {
    readonly tenant: Tenant
    readonly text: string
    readonly spender: Spender | undefined
    readonly onPaid: OnPaid | undefined
    readonly timeoutMs: number
    readonly signal: AbortSignal
  },
): Promise<QuestionVector> {
  if (model === undefined) return {}
  if (embeddings === undefined) return { degradedReason: 'embedding.not-configured' }
  const { tenant, text, timeoutMs, ...rest } = question
  const options = { timeoutMs: Math.ceil(timeoutMs * SHARE_OF_TIME), ...rest }
  try {
    const wanted = { model, dimensions: dimensionsToMeet(dimensions, present) }
    return { vector: await embeddings.ofQuestion(tenant, wanted, text, options) }
  } catch (error) {
    if (mode === 'vector' && error instanceof BudgetExceededError) throw error
    if (isAboutMoney(error)) return { degradedReason: error.code }
    if (error instanceof DureError && error.code.startsWith('embedding.')) {
      return { degradedReason: error.code }
    }
    throw error
  }
}
