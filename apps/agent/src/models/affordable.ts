import { DureError } from '@dure/kernel'
import { costOf, type TokenCount } from './cost.ts'
import { estimateOf, type Prompt } from './estimate.ts'
import type { Spendable } from './model-call.ts'
import type { Price } from './prices.ts'

/** Not transient: the same call is refused again, until its execution may spend more. */
export class NotAffordableError extends DureError {
  override readonly kind = 'limit-exceeded'
}

export interface Wanted {
  readonly prompt: Prompt
  readonly price: Price
  /** Tokens that the answer may have at most. Undefined: as many as the model says. */
  readonly maxOutputTokens: number | undefined
  /** As many as the model can say. Null: nobody knows. */
  readonly mostOutputTokens: number | null
}

export interface Affordable {
  readonly estimate: TokenCount
  readonly maxOutputTokens: number | undefined
  /** The answer is kept shorter than it was wanted: what to say if it ends there. */
  readonly shortened?: NotAffordableError
}

/** An answer shorter than this is not worth its question. */
const LEAST_OUTPUT_TOKENS = 64
/** Of a model that nobody knows: it is not asked for more than it may be able to say. */
const LITTLE_TOKENS = 100_000

/**
 * What a call may take of what is left. The answer is shortened to it where that makes sense.
 *
 * @throws NotAffordableError `agent.max-cost`, `agent.max-tokens`
 */
export function affordable(
  { prompt, price, maxOutputTokens: wanted, mostOutputTokens }: Wanted,
  left: Spendable | undefined,
): Affordable {
  const most = wanted ?? mostOutputTokens
  const estimate = estimateOf(prompt, most)
  if (!left) return { estimate, maxOutputTokens: wanted }
  const { inputTokens } = estimate
  const byTokens = left.tokens - inputTokens
  const byMoney = outputTokensFor(price, { inputTokens, microUsd: left.microUsd })
  const atMost = Math.min(byTokens, byMoney)
  if (atMost >= (most ?? LITTLE_TOKENS)) return { estimate, maxOutputTokens: wanted }
  const refusal = byTokens <= byMoney ? tooManyTokens(left) : tooDear(left)
  if (atMost < Math.min(LEAST_OUTPUT_TOKENS, most ?? LITTLE_TOKENS)) throw refusal
  const shorter = { inputTokens, outputTokens: atMost }
  return { estimate: shorter, maxOutputTokens: atMost, shortened: refusal }
}

function outputTokensFor(
  { inputMicroUsd, cacheWriteMicroUsd = 0, outputMicroUsd }: Price,
  of: { readonly inputTokens: number; readonly microUsd: number },
): number {
  const dearest = {
    ...{ from: '', outputMicroUsd },
    inputMicroUsd: Math.max(inputMicroUsd, cacheWriteMicroUsd),
  }
  const rest = of.microUsd - costOf(dearest, { inputTokens: of.inputTokens, outputTokens: 0 })
  if (rest < 0) return -1
  return outputMicroUsd === 0 ? Number.POSITIVE_INFINITY : Math.floor((rest * 1e6) / outputMicroUsd)
}

function tooDear({ microUsd }: Spendable): NotAffordableError {
  const left = `The execution has ${Math.max(microUsd, 0)} micro-dollars left by its limits`
  return new NotAffordableError('agent.max-cost', `${left}, and had not ended`)
}

function tooManyTokens({ tokens }: Spendable): NotAffordableError {
  const left = `The execution has ${Math.max(tokens, 0)} tokens left by its limits`
  return new NotAffordableError('agent.max-tokens', `${left}, and had not ended`)
}
