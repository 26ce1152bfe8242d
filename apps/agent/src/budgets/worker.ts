import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { LedgerStore } from './ledger-store.ts'

const POLL_MS = 5000
const BATCH = 100

/**
 * Settles what nobody will settle any more: reservations past their deadline, at the full estimate, since the provider may
 * have charged it. Time is PostgreSQL's. One at a time: who held several accounts of several calls could wait for
 * somebody who waits for them.
 */
export function createReservationSweep({
  ledger,
  log,
  pollMs = POLL_MS,
}: {
  readonly ledger: Pick<LedgerStore, 'overdue' | 'expire'>
  readonly log: Logger
  readonly pollMs?: number
}): Poller {
  async function pass(): Promise<boolean> {
    const overdue = await ledger.overdue(BATCH)
    for (const reservation of overdue) {
      const isExpired = await ledger.expire(reservation)
      if (isExpired) log.warn({ ...reservation }, 'a reservation was never settled: booked in full')
    }
    return overdue.length === BATCH
  }
  return createPoller({ name: 'reservations', pass, pollMs, log })
}
