import { type Static, Type } from 'typebox'
import { message, queue } from './define.ts'
import { Tenant } from './identity.ts'
import { SPENDER } from './spender.ts'

const Amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000_000 })

/** What providers charge for, or that it may be as much. */
const PaidUse = Type.Object({
  tokens: Amount,
  /** As those count them who charge for each question and some of its passages. */
  searches: Amount,
})
export type PaidUse = Static<typeof PaidUse>

/** In micro-US-dollars. */
const UsePrice = Type.Object({
  /** For a million tokens. */
  inputMicroUsd: Amount,
  searchMicroUsd: Amount,
})
export type UsePrice = Static<typeof UsePrice>

/** One try of a call of a model outside of the agent service. */
const PAID_CALL = {
  /** Of this try alone: with its tenant, it names the reservation. */
  callKey: Type.String({ pattern: '^[a-z]+/[0-9a-f-]{36}$' }),
  payer: Type.Object({ tenant: Tenant, ...SPENDER }),
  kind: Type.Enum(['embedding', 'rerank']),
  model: Type.String({ minLength: 1, maxLength: 200 }),
}

const ReserveMoney = Type.Object({
  questionId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  ...PAID_CALL,
  atMost: PaidUse,
  /** What the operator says it costs. Absent: as the agent service knows it. */
  price: Type.Optional(UsePrice),
  /** After so long, whoever asks is taken for dead. */
  lastsMs: Type.Integer({ minimum: 1, maximum: 86_400_000 }),
})
export type ReserveMoney = Static<typeof ReserveMoney>

const SettleMoney = Type.Object({
  ...PAID_CALL,
  used: PaidUse,
  costMicroUsd: Amount,
  durationMs: Type.Integer({ minimum: 0 }),
})
export type SettleMoney = Static<typeof SettleMoney>

/** Nobody has waited for the answer to `money.reserve`: the call is not made, whichever of both comes first. */
const GiveUpMoney = Type.Object({ callKey: PAID_CALL.callKey, payer: PAID_CALL.payer })
export type GiveUpMoney = Static<typeof GiveUpMoney>

/** Apart from tasks: a call that is about to be made must not wait behind them. */
export const moneyQueue = queue('agent-money', {
  'money.reserve': message(ReserveMoney, ({ callKey }) => callKey),
  'money.settle': message(SettleMoney, ({ callKey }) => callKey),
  'money.give-up': message(GiveUpMoney, ({ callKey }) => callKey),
})

const MoneyAnswer = Type.Object({
  questionId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  /** `free`: no budget applies; `none`: the organization has none at all. */
  outcome: Type.Enum(['reserved', 'free', 'none', 'refused']),
  price: UsePrice,
  /** Of what is refused. */
  refusal: Type.Optional(
    Type.Object({
      message: Type.String({ maxLength: 2000 }),
      details: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
})
export type MoneyAnswer = Static<typeof MoneyAnswer>

export const moneyAnswerQueue = queue('knowledge-answers', {
  'money.answered': message(MoneyAnswer, ({ questionId }) => questionId),
})
