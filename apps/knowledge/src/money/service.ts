import { randomUUID } from 'node:crypto'
import {
  type MoneyAnswer,
  type moneyAnswerQueue,
  moneyQueue,
  type OutgoingMessage,
  outgoing,
  type PaidUse,
  type UsePrice,
} from '@dure/contracts'
import type { Logger } from '@dure/platform'
import { createQuestionDesk, type MessageHandlers, type Queues } from '@dure/platform/queues'
import { LRUCache } from 'lru-cache'
import { createBreaker } from '../breaker.ts'
import {
  BudgetExceededError,
  costAt,
  type Money,
  moneyUnavailable,
  type Patience,
  type PlannedCall,
  type Reservation,
} from './money.ts'

export interface MoneyDesk extends Money {
  /** Of the queue of answers: any process gets one, and tells it to whoever waits for it. */
  readonly handlers: MessageHandlers<typeof moneyAnswerQueue>
  /** Messages about what calls took that were not sent. */
  readonly untold: number
  /** Resolves when what calls took is told, or has failed to be. */
  close(): Promise<void>
}

interface Parts {
  readonly queues: Pick<Queues, 'sendAll' | 'send' | 'redis'>
  readonly prefix: string
  readonly log: Pick<Logger, 'debug' | 'warn'>
  /** How long an answer may take for somebody who is in a hurry, and for everybody else. */
  readonly waitMs?: { readonly hurried: number; readonly patient: number }
  /** Milliseconds that only grow. */
  readonly monotonicMs?: () => number
  /** Messages under way: while Redis does not answer, each takes as long as one may. */
  readonly maxTelling?: number
}

/** Time for a process of the agent service to be replaced by another one. */
const WAIT_MS = { hurried: 1000, patient: 30_000 }
/** Of this process. */
const MAX_WAITING = 1000
/** As long is an organization that had no budget taken for one that has none, as in the agent service. */
const NO_BUDGET_MS = 1000
const MAX_REMEMBERED = 10_000
const MAX_TELLING = 1000
/** Beyond twice what a call may take, whoever reserved for it has died. */
const SPARE_MS = 60_000

export function createMoneyDesk({
  queues,
  prefix,
  log,
  waitMs = WAIT_MS,
  monotonicMs = () => performance.now(),
  maxTelling = MAX_TELLING,
}: Parts): MoneyDesk {
  const channel = `${prefix}:money-answers`
  const desk = createQuestionDesk<MoneyAnswer>({ queues, channel, maxWaiting: MAX_WAITING, log })
  const breaker = createBreaker(moneyUnavailable)
  /** Prices of models, for organizations that have no budget, and until when that is believed. */
  const unlimited = new LRUCache<string, { price: UsePrice; untilMs: number }>({
    max: MAX_REMEMBERED,
  })

  const telling = new Set<Promise<void>>()
  let untold = 0

  function lose(error: unknown): void {
    untold += 1
    log.warn({ err: error }, 'what a call took was not told')
  }

  /** Not waited for: whoever hears of it late, or not at all, has nothing that depends on it. */
  function tell(message: OutgoingMessage): void {
    if (telling.size >= maxTelling) {
      lose(new Error('Too many messages are under way'))
      return
    }
    const sending = queues
      .sendAll([message], { packed: true })
      .catch(lose)
      .finally(() => telling.delete(sending))
    telling.add(sending)
  }

  async function ask(call: PlannedCall, callKey: string, { isHurried, signal }: Patience) {
    const { payer, kind, model, atMost, price, timeoutMs } = call
    if (desk.isFull()) throw moneyUnavailable()
    const lastsMs = 2 * timeoutMs + SPARE_MS
    const asked = { callKey, payer, kind, model, atMost, ...(price && { price }), lastsMs }
    const until = AbortSignal.timeout(isHurried ? waitMs.hurried : waitMs.patient)
    const answer = await desk
      .ask(
        (questionId) => outgoing(moneyQueue, 'money.reserve', { questionId, ...asked }),
        AbortSignal.any([signal, until]),
      )
      .catch((cause: unknown) => moneyUnavailable(cause))
    if (answer && !(answer instanceof Error)) return answer
    // Redis may be what does not answer, and then it may have the question all the same.
    tell(outgoing(moneyQueue, 'money.give-up', { callKey, payer }))
    signal.throwIfAborted()
    throw answer ?? moneyUnavailable()
  }

  return {
    handlers: { 'money.answered': desk.hear },
    get untold() {
      return untold
    },
    async close() {
      await Promise.all(telling)
      desk.close()
    },

    async reserve(call, patience) {
      const { price: own } = call
      if (own?.inputMicroUsd === 0 && own.searchMicroUsd === 0) return FREE
      const name = JSON.stringify([call.payer.tenant.organizationId, call.kind, call.model])
      const callKey = `knowledge/${randomUUID()}`
      const reservation = (price: UsePrice) => reservationOf(call, { callKey, price, tell })
      const askedAtMs = monotonicMs()
      const known = unlimited.get(name)
      if (known && askedAtMs < known.untilMs) return reservation(known.price)
      const asking = () => ask(call, callKey, patience)
      const answer = await (patience.isHurried ? breaker.attempt(asking) : asking())
      const { outcome, price, refusal } = answer
      if (outcome === 'refused') {
        const { message = 'A budget is used up', details = {} } = refusal ?? {}
        throw new BudgetExceededError('budget.exceeded', message, details)
      }
      // From when it was asked, not from when it was answered: the look may be as old as that.
      if (outcome === 'none') unlimited.set(name, { price, untilMs: askedAtMs + NO_BUDGET_MS })
      return reservation(price)
    },
  }
}

/** What costs nothing needs no money. */
const FREE: Reservation = { costOf: () => 0, settle: () => {} }

function reservationOf(
  { payer, kind, model }: PlannedCall,
  of: {
    readonly callKey: string
    readonly price: UsePrice
    readonly tell: (message: OutgoingMessage) => void
  },
): Reservation {
  const { callKey, price, tell } = of
  const start = performance.now()
  const costOf = (used: PaidUse) => costAt(price, used)
  return {
    costOf,
    settle(used) {
      const durationMs = Math.round(performance.now() - start)
      const made = { callKey, payer, kind, model, used, costMicroUsd: costOf(used), durationMs }
      tell(outgoing(moneyQueue, 'money.settle', made))
    },
  }
}
