import type { LedgerStore, ReserveAnswer } from './ledger-store.ts'
import { patiently } from './patience.ts'
import { createRecent } from './recent.ts'
import { BudgetExceededError, type PaidCall, type Reservation, type Spending } from './spending.ts'

export interface SpendingOptions {
  readonly ledger: Pick<LedgerStore, 'reserve' | 'settle'>
  /** After so long the owner of a reservation is taken for dead. Longer than any call takes. */
  readonly reservationMs: number
  /** Milliseconds that only grow. */
  readonly monotonicMs?: () => number
}

/**
 * How long an organization that had no budget is taken for one that has none: its calls cost one look a second. So its
 * first budget counts the calls that begin from a second after it was made, as `docs/how-to/limit-spending.md` says.
 */
export const NO_BUDGET_MS = 1000
const MAX_REMEMBERED = 10_000
const NOTHING: Reservation = { reservedMicroUsd: 0 }
/** A thousand million dollars: beyond it, somebody has counted wrong. */
const MAX_MICRO_USD = 1e15

/** One round trip to reserve, one to settle; for what no budget applies to, one to tell of it. */
export function createSpending({
  ledger,
  reservationMs,
  monotonicMs = () => performance.now(),
}: SpendingOptions): Spending {
  const withoutBudget = createRecent<number>(MAX_REMEMBERED)
  /** Calls for which nothing is reserved, so that nothing has to be settled. */
  const free = createRecent<true>(MAX_REMEMBERED)

  return {
    async reserve({ estimateMicroUsd, ...call }) {
      checkAmount(estimateMicroUsd)
      const { organizationId } = call.payer.tenant
      const askedAt = monotonicMs()
      if (askedAt < (withoutBudget.get(organizationId) ?? askedAt)) {
        free.set(nameOf(call), true)
        return NOTHING
      }
      const answer = await patiently(() =>
        ledger.reserve({ ...call, estimateMicroUsd, lastsMs: reservationMs }),
      )
      // From when it was asked, not from when it was answered: the look may be as old as that.
      if (answer.outcome === 'none') withoutBudget.set(organizationId, askedAt + NO_BUDGET_MS)
      if (answer.outcome === 'reserved' || answer.outcome === 'exceeded') free.delete(nameOf(call))
      else free.set(nameOf(call), true)
      return reservationOf(answer)
    },

    async settle(call) {
      checkAmount(call.costMicroUsd)
      if (free.delete(nameOf(call)) && !call.used) return
      await patiently(() => ledger.settle(call))
    },
  }
}

function reservationOf(answer: ReserveAnswer): Reservation {
  if (answer.outcome === 'exceeded') throw exceeded(answer)
  if (answer.outcome !== 'reserved') return NOTHING
  const { reservedMicroUsd, degradeTo } = answer
  return { reservedMicroUsd, ...(degradeTo !== null && { degradeTo }) }
}

export function exceeded(answer: Extract<ReserveAnswer, { outcome: 'exceeded' }>) {
  const { outcome: _, cheaperModel, ...exhausted } = answer
  return new BudgetExceededError({ ...exhausted, ...(cheaperModel !== null && { cheaperModel }) })
}

function nameOf({ key, payer: { tenant } }: PaidCall): string {
  return `${tenant.organizationId}/${tenant.projectId}/${key}`
}

function checkAmount(microUsd: number): void {
  if (Number.isSafeInteger(microUsd) && microUsd >= 0 && microUsd <= MAX_MICRO_USD) return
  throw new RangeError(`${microUsd} is no amount of whole micro-US-dollars`)
}
