import { PRICES, type Price } from './prices.ts'

export interface TokenCount {
  /** Those from the cache of the provider, and those put into it, are among them. */
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens?: number
  readonly cacheWriteTokens?: number
}

const MILLION = 1_000_000n
/** `gpt-4o-2024-08-06` and `claude-sonnet-4-5-20250929` are a day's state of a model, at its price. */
const SNAPSHOT = /-(?:\d{4}-\d{2}-\d{2}|20\d{6}|latest)$/
/** Amazon's names: `us.anthropic.claude-sonnet-4-5-20250929-v1:0`. */
const IN_BEDROCK = /^(?:[a-z]{2,6}\.)?[a-z0-9]+\.(?<model>[a-z].*)-v\d+(?::\d+)?$/

/** What tables know a model by. */
export function familyOf(model: string): string {
  return (IN_BEDROCK.exec(model)?.groups?.model ?? model).replace(SNAPSHOT, '')
}

/** What a model costs on a day; before its first price, that one. */
export function priceOf(model: string, at: Date): Price | undefined {
  const prices = pricesOf(model) ?? pricesOf(familyOf(model))
  return prices && priceAt(prices, at)
}

/** As much as any model that is known costs: what an unknown one is counted at, for it is not free. */
export function dearestPrice(at: Date, of: 'answers' | 'embeddings'): Price {
  const known = Object.values(PRICES)
    .flatMap((prices) => priceAt(prices, at) ?? [])
    .filter(({ outputMicroUsd }) => (outputMicroUsd === 0) === (of === 'embeddings'))
  return {
    from: at.toISOString().slice(0, 10),
    inputMicroUsd: Math.max(...known.map(({ inputMicroUsd }) => inputMicroUsd)),
    outputMicroUsd: Math.max(...known.map(({ outputMicroUsd }) => outputMicroUsd)),
  }
}

/**
 * Micro-US-dollars, rounded up to a whole one, so that a sum of costs is never less than the bill.
 * Exact: no fraction is ever held in a floating-point number.
 */
export function costOf(price: Price, tokens: TokenCount): number {
  const { inputMicroUsd, outputMicroUsd } = price
  const { cachedInputMicroUsd = inputMicroUsd, cacheWriteMicroUsd = inputMicroUsd } = price
  const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = tokens
  const fresh = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens)
  const millionfold =
    BigInt(fresh) * BigInt(inputMicroUsd) +
    BigInt(cachedInputTokens) * BigInt(cachedInputMicroUsd) +
    BigInt(cacheWriteTokens) * BigInt(cacheWriteMicroUsd) +
    BigInt(outputTokens) * BigInt(outputMicroUsd)
  return Number((millionfold + MILLION - 1n) / MILLION)
}

/** What a provider counted; whatever is no count (absent, negative, a fraction) is taken as none. */
export function tokenCount(reported: number | undefined): number {
  return Number.isSafeInteger(reported) && Number(reported) >= 0 ? Number(reported) : 0
}

function priceAt(prices: readonly Price[], at: Date): Price | undefined {
  const day = at.toISOString().slice(0, 10)
  return prices.findLast(({ from }) => from <= day) ?? prices[0]
}

/** A model may be called `constructor`: only what is written in the table counts. */
function pricesOf(model: string): readonly Price[] | undefined {
  return Object.hasOwn(PRICES, model) ? PRICES[model] : undefined
}
