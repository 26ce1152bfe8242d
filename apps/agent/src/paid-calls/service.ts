import type { GiveUpMoney, MoneyAnswer, ReserveMoney, SettleMoney } from '@dure/contracts'
import type { Logger } from '@dure/platform'
import { patiently } from '../budgets/patience.ts'
import { createRecent } from '../budgets/recent.ts'
import { exceeded } from '../budgets/spending-service.ts'
import { costOf } from '../models/cost.ts'
import { type KnownUsePrice, priceOfUse } from './price.ts'
import type { PaidCallStore } from './store.ts'

/** Money for calls of models that another service makes: reserved before, settled after, by messages. */
export interface PaidCalls {
  /** @returns undefined when the call is over already */
  reserve(asked: ReserveMoney): Promise<MoneyAnswer | undefined>
  settle(of: SettleMoney): Promise<void>
  giveUp(of: GiveUpMoney): Promise<void>
}

interface Parts {
  readonly store: PaidCallStore
  readonly log: Logger
}

const MAX_NAMED = 1000

export function createPaidCalls({ store, log }: Parts): PaidCalls {
  const named = createRecent<true>(MAX_NAMED)

  function warnOnce({ kind, model }: ReserveMoney, { isAssumed, ...price }: KnownUsePrice): void {
    if (!isAssumed || named.get(`${kind}/${model}`)) return
    named.set(`${kind}/${model}`, true)
    const setting = kind === 'embedding' ? 'EMBEDDING_MICRO_USD' : 'RERANK_MICRO_USD'
    log.warn({ model, ...price }, `nobody knows what it costs: set ${setting}, 0 for one of yours`)
  }

  return {
    async reserve(asked) {
      const known = priceOfUse(asked, new Date())
      warnOnce(asked, known)
      const { isAssumed: _, ...price } = known
      const { tokens, searches } = asked.atMost
      const estimateMicroUsd =
        costOf(
          { from: '', inputMicroUsd: price.inputMicroUsd, outputMicroUsd: 0 },
          { inputTokens: tokens, outputTokens: 0 },
        ) +
        searches * price.searchMicroUsd
      const answer = await patiently(() => store.reserve({ ...asked, estimateMicroUsd }))
      if (answer === undefined) return undefined
      const { questionId } = asked
      if (answer.outcome !== 'exceeded') return { questionId, outcome: answer.outcome, price }
      const { message, details } = exceeded(answer)
      return { questionId, outcome: 'refused', price, refusal: { message, details } }
    },

    async settle(of) {
      await patiently(() => store.settle(of))
    },

    giveUp: (of) => patiently(() => store.giveUp(of)),
  }
}
