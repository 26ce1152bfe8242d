import {
  type GiveUpMoney,
  type MoneyAnswer,
  moneyAnswerQueue,
  moneyQueue,
  outgoing,
  type ReserveMoney,
  type SettleMoney,
} from '@dure/contracts'
import { connectQueues } from '@dure/platform/queues'
import { silentLog } from '@dure/platform/testing'

type Outcome = Omit<MoneyAnswer, 'questionId'>

export const PRICE = { inputMicroUsd: 1_000_000, searchMicroUsd: 2000 }
export const RESERVED: Outcome = { outcome: 'reserved', price: PRICE }
export const NONE: Outcome = { outcome: 'none', price: PRICE }
export const REFUSED: Outcome = {
  ...{ outcome: 'refused', price: PRICE },
  refusal: { message: 'The budget bud_1 (project) is used up', details: { scope: 'project' } },
}

/** Stands where the agent service does: takes messages about money, and says what a test wants it to. */
export function startPurse(where: { readonly redisUrl: string; readonly prefix: string }) {
  const queues = connectQueues({ ...where, log: silentLog() })
  const reserved: ReserveMoney[] = []
  const settled: SettleMoney[] = []
  const givenUp: GiveUpMoney[] = []
  let say: (asked: ReserveMoney) => Outcome | undefined = () => RESERVED
  const consumer = queues.consume(
    moneyQueue,
    {
      'money.reserve': async (asked) => {
        reserved.push(asked)
        const outcome = say(asked)
        if (outcome === undefined) return
        const answer = { questionId: asked.questionId, ...outcome }
        await queues.send(outgoing(moneyAnswerQueue, 'money.answered', answer))
      },
      'money.settle': async (of) => void settled.push(of),
      'money.give-up': async (of) => void givenUp.push(of),
    },
    { concurrency: 4 },
  )
  consumer.start()

  return {
    ...{ reserved, settled, givenUp },
    /** Undefined: nothing, as if nobody were there. */
    answerWith(outcome: Outcome | undefined | ((asked: ReserveMoney) => Outcome | undefined)) {
      say = typeof outcome === 'function' ? outcome : () => outcome
      for (const heard of [reserved, settled, givenUp]) heard.length = 0
    },
    async close() {
      await consumer.close()
      await queues.close()
    },
  }
}
export type Purse = ReturnType<typeof startPurse>
