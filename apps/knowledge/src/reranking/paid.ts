import type { UsePrice } from '@dure/contracts'
import { type Money, paid } from '../money/money.ts'
import { mostUsed, type Reranker } from './provider.ts'

/** A reranker that is asked when there is money for it. */
export function paidReranker(
  reranker: Reranker,
  money: Money,
  { model, price }: { readonly model: string; readonly price: UsePrice | undefined },
): Reranker {
  return {
    rerank(request) {
      const { payer, timeoutMs, signal, onPaid } = request
      const atMost = mostUsed(request)
      const call = { payer, kind: 'rerank' as const, model, atMost, price, timeoutMs }
      return paid(money, { call, isHurried: true, signal, onPaid }, (costOf) =>
        reranker.rerank({ ...request, costOf }),
      )
    },
  }
}
