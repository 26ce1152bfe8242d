import { PRICES, type Price } from './prices.ts'

export interface TokenCount {
  /** Those from the cache of the provider, and those put into it, are among them. */
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens?: number
  readonly cacheWriteTokens?: number
}

const MILLION = 1_000_000n
/** `gpt-4o-2024-08-06` is a day's state of `gpt-4o`, at its price. */
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/

/** What a model costs on a day; before its first price, that one. */
export function priceOf(model: string, at: Date): Price | undefined {
  const prices = pricesOf(model) ?? pricesOf(model.replace(SNAPSHOT, ''))
  const day = at.toISOString().slice(0, 10)
  return prices?.findLast(({ from }) => from <= day) ?? prices?.[0]
}

/**
 * Micro-US-dollars, rounded up to a whole one, so that a sum of costs is never less than the bill.
 * Exact: no fraction is ever held in a floating-point number.
 *
 * @returns undefined when nobody knows what the model costs
 */
export function costMicroUsd(model: string, tokens: TokenCount, at: Date): number | undefined {
  const price = priceOf(model, at)
  if (price === undefined) return undefined
  const millionfold =
    BigInt(tokens.inputTokens) * BigInt(price.inputMicroUsd) +
    BigInt(tokens.outputTokens) * BigInt(price.outputMicroUsd)
  return Number((millionfold + MILLION - 1n) / MILLION)
}

/** What a provider counted; whatever is no count (absent, negative, a fraction) is taken as none. */
export function tokenCount(reported: number | undefined): number {
  return Number.isSafeInteger(reported) && Number(reported) >= 0 ? Number(reported) : 0
}

/** A model may be called `constructor`: only what is written in the table counts. */
function pricesOf(model: string): readonly Price[] | undefined {
  return Object.hasOwn(PRICES, model) ? PRICES[model] : undefined
}
