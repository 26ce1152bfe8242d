import type { UsePrice } from '@dure/contracts'
import { type Money, paid } from '../money/money.ts'
import { type EmbeddingProvider, tokensOf } from './provider.ts'

/** A provider that is asked when there is money for it: one reservation for a request with all that it tries again. */
export function paidProvider(
  provider: EmbeddingProvider,
  money: Money,
  price: UsePrice | undefined,
): EmbeddingProvider {
  return {
    embed(request) {
      const { model, texts, payer, timeoutMs, isHurried, signal, onPaid } = request
      const atMost = { tokens: tokensOf(texts), searches: 0 }
      const call = { payer, kind: 'embedding' as const, model, atMost, price, timeoutMs }
      return paid(money, { call, isHurried, signal, onPaid }, (costOf) =>
        provider.embed({ ...request, costOf }),
      )
    },
  }
}
