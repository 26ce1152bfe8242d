import type { ReserveMoney, UsePrice } from '@dure/contracts'
import { dearestPrice, familyOf, priceOf } from '../models/cost.ts'

interface RerankPrice extends Partial<UsePrice> {
  /** A day (UTC). */
  readonly from: string
}

/**
 * Of models that rerank: for a search, which is a question and up to 100 passages, or for a million tokens, as their provider
 * bills. Newest price last. To add a model: its line, with the source and the day.
 *
 * Cohere: https://cohere.com/pricing; a passage of more than 500 tokens counts as several.
 * Voyage: https://docs.voyageai.com/docs/pricing; the question counts with each passage.
 */
const RERANK_PRICES: Readonly<Record<string, readonly RerankPrice[]>> = {
  'rerank-english-v3.0': [{ from: '2024-04-11', searchMicroUsd: 2000 }],
  'rerank-multilingual-v3.0': [{ from: '2024-04-11', searchMicroUsd: 2000 }],
  'rerank-v3.5': [{ from: '2024-12-02', searchMicroUsd: 2000 }],

  'rerank-2': [{ from: '2024-09-30', inputMicroUsd: 50_000 }],
  'rerank-2-lite': [{ from: '2024-09-30', inputMicroUsd: 20_000 }],
  'rerank-2.5': [{ from: '2025-08-11', inputMicroUsd: 50_000 }],
  'rerank-2.5-lite': [{ from: '2025-08-11', inputMicroUsd: 20_000 }],
}

export interface KnownUsePrice extends UsePrice {
  /** Nobody knows the price: as much as any model of its kind costs, for it is not free. */
  readonly isAssumed: boolean
}

/** What the operator says goes first. */
export function priceOfUse(
  { kind, model, price }: Pick<ReserveMoney, 'kind' | 'model' | 'price'>,
  at: Date,
): KnownUsePrice {
  if (price !== undefined) return { ...price, isAssumed: false }
  if (kind === 'rerank') return rerankPrice(model, at.toISOString().slice(0, 10))
  const known = priceOf(model, at)
  const { inputMicroUsd } = known ?? dearestPrice(at, 'embeddings')
  return { inputMicroUsd, searchMicroUsd: 0, isAssumed: known === undefined }
}

function rerankPrice(model: string, day: string): KnownUsePrice {
  const name = [model, familyOf(model)].find((each) => Object.hasOwn(RERANK_PRICES, each))
  const known = name === undefined ? undefined : priceAt(RERANK_PRICES[name] ?? [], day)
  if (known) return { ...usePrice(known), isAssumed: false }
  const all = Object.values(RERANK_PRICES).flatMap((prices) => priceAt(prices, day) ?? [])
  return {
    inputMicroUsd: Math.max(...all.map((price) => usePrice(price).inputMicroUsd)),
    searchMicroUsd: Math.max(...all.map((price) => usePrice(price).searchMicroUsd)),
    isAssumed: true,
  }
}

/** Before its first price, that one. */
function priceAt(prices: readonly RerankPrice[], day: string): RerankPrice | undefined {
  return prices.findLast(({ from }) => from <= day) ?? prices[0]
}

function usePrice({ inputMicroUsd = 0, searchMicroUsd = 0 }: RerankPrice): UsePrice {
  return { inputMicroUsd, searchMicroUsd }
}
