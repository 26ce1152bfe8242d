import { moneyAnswerQueue, moneyQueue, outgoing } from '@dure/contracts'
import type { Consumer, Queues } from '@dure/platform/queues'
import type { PaidCalls } from './service.ts'

/** Each is a statement or two, and somebody waits for most of them. */
const CONCURRENCY = 16

/** Takes what other services ask about money. */
export function createMoneyDoor(
  paidCalls: PaidCalls,
  queues: Pick<Queues, 'consume' | 'send'>,
): Consumer {
  return queues.consume(
    moneyQueue,
    {
      'money.reserve': async (asked) => {
        const answer = await paidCalls.reserve(asked)
        if (answer) await queues.send(outgoing(moneyAnswerQueue, 'money.answered', answer))
      },
      'money.settle': paidCalls.settle,
      'money.give-up': paidCalls.giveUp,
    },
    { concurrency: CONCURRENCY },
  )
}
