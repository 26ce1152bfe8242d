import type { PaidUse, ReserveMoney, UsePrice } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'

export type Payer = ReserveMoney['payer']

/** A call of a model that is about to be made. */
export interface PlannedCall extends Pick<ReserveMoney, 'payer' | 'kind' | 'model' | 'atMost'> {
  /** What the operator says it costs. Absent: the agent service knows. */
  readonly price?: UsePrice | undefined
  /** How long the call may take. */
  readonly timeoutMs: number
}

export interface Patience {
  /** Somebody waits: while nobody has answered for some times in a row, it is not asked for a while. */
  readonly isHurried: boolean
  readonly signal: AbortSignal
}

/** What a call took, as it is on the books. */
export interface Bill extends Pick<PlannedCall, 'model'> {
  readonly used: PaidUse
  readonly costMicroUsd: number
}
/** Is not told of what costs nothing. */
export type OnPaid = (bill: Bill) => void

export interface Reservation {
  /** In micro-US-dollars, rounded up. */
  costOf(used: PaidUse): number
  /** Once; nobody waits for it. What is not heard is booked in full when the time of the reservation is over. */
  settle(used: PaidUse): void
}

/** Money is kept by the agent service: it is asked before a call is made, and told what it took. */
export interface Money {
  /**
   * @throws DureError `budget.exceeded`, `budget.unavailable`
   * @throws `signal.reason` when it is aborted
   */
  reserve(call: PlannedCall, patience: Patience): Promise<Reservation>
}

const NOTHING: PaidUse = { tokens: 0, searches: 0 }

/** Makes a call that is paid: reserves before it, and settles whatever becomes of it. */
export async function paid<Result extends { readonly used: PaidUse }>(
  money: Money,
  {
    call,
    onPaid,
    ...patience
  }: Patience & { readonly call: PlannedCall; readonly onPaid?: OnPaid | undefined },
  work: (costOf: Reservation['costOf']) => Promise<Result>,
): Promise<Result> {
  const { costOf, settle } = await money.reserve(call, patience)
  let used = call.atMost
  try {
    const result = await work(costOf)
    used = result.used
    return result
  } catch (error) {
    if (!mayBeBilled(error, patience.signal)) used = NOTHING
    throw error
  } finally {
    settle(used)
    const costMicroUsd = costOf(used)
    if (costMicroUsd > 0) onPaid?.({ model: call.model, used, costMicroUsd })
  }
}

/** Whoever did not answer in time, or gave an answer that is no use, has worked; whoever refused has not. */
function mayBeBilled(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted || !(error instanceof DureError)) return true
  return /\.(?:timeout|bad-response)$/.test(error.code)
}

export function costAt({ inputMicroUsd, searchMicroUsd }: UsePrice, used: PaidUse): number {
  const millionfold = BigInt(used.tokens) * BigInt(inputMicroUsd)
  return Number((millionfold + 999_999n) / 1_000_000n) + used.searches * searchMicroUsd
}

/** The same call is refused again, until somebody raises the limit or a period ends. */
export class BudgetExceededError extends DureError {
  override readonly kind = 'limit-exceeded'
}

export function moneyUnavailable(cause?: unknown): DureError {
  const message =
    'Whether a budget allows the call could not be found out: the agent service does not answer'
  return new UnavailableError('budget.unavailable', message, {}, { cause })
}

/** Of budgets, or whoever keeps them: no failure of the provider, which was not asked. */
export function isAboutMoney(error: unknown): error is DureError {
  return error instanceof DureError && error.code.startsWith('budget.')
}
