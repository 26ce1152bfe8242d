import type { PaidKind } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import type { TokenCount } from '../models/cost.ts'
import type { Payer } from '../models/model-call.ts'

/** One try of a call of a model, as its money is booked. */
export interface PaidCall {
  /** Of this try alone, from `reservationKeyOf`. */
  readonly key: string
  readonly payer: Payer
  /** For reports: what it is for. */
  readonly kind: PaidKind
  /** For the ledger: which one is to answer, or did. */
  readonly model?: string
}

/** How one try of a call ended. */
export interface SettledCall extends PaidCall {
  readonly costMicroUsd: number
  /** What the provider has worked on, and will charge. Absent: nothing. */
  readonly used?: Pick<TokenCount, 'inputTokens' | 'outputTokens'> | undefined
  readonly durationMs?: number
}

/** Money is whole micro-US-dollars. */
export interface Spending {
  /**
   * Takes the estimate from every budget that applies to the payer, all or none, before a provider is asked. The same key
   * again gives the same reservation: whoever has not heard the answer may repeat it.
   *
   * @throws BudgetExceededError `budget.exceeded`
   */
  reserve(of: PaidCall & { readonly estimateMicroUsd: number }): Promise<Reservation>
  /**
   * Books what it cost and gives the rest back; also more than was reserved. Once per reservation, repeats change
   * nothing. Whatever a provider has worked on is told in an event with it, which is what reports count: also where no
   * budget applies.
   */
  settle(of: SettledCall): Promise<void>
}

export interface Reservation {
  /** 0 where no budget applies. */
  readonly reservedMicroUsd: number
  /** The budget that is nearest to its end asks for this model instead. Absent: go on. */
  readonly degradeTo?: string
}

export interface Exhausted {
  readonly budgetId: string
  readonly scope: string
  readonly leftMicroUsd: number
  readonly policy: string
  /** With `cheaper-model`: what it costs may still be there. */
  readonly cheaperModel?: string
}

const HINTS: Readonly<Record<string, string>> = {
  ask: 'somebody has to raise its limit, and then it can go on',
  'cheaper-model': 'ask for its cheaper model, raise its limit, or wait for its next period',
}

/** Not transient: the same call is refused again, until somebody raises the limit or a period ends. */
export class BudgetExceededError extends DureError {
  override readonly kind = 'limit-exceeded'

  constructor(of: Exhausted) {
    const { budgetId, scope, leftMicroUsd, policy } = of
    const hint = HINTS[policy] ?? 'raise its limit, or wait for its next period'
    const left = `${leftMicroUsd} micro-US-dollars are left`
    super('budget.exceeded', `The budget ${budgetId} (${scope}) is used up, ${left}: ${hint}`, {
      ...of,
    })
  }
}
