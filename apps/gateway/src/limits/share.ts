import { LRUCache } from 'lru-cache'
import { Gcra } from './gcra.ts'
import type { Lease } from './lease.ts'
import type { Plan, Verdict } from './ledger.ts'
import type { Rule } from './rule.ts'

const DAY_MS = 86_400_000
const WINDOW_MS = { day: DAY_MS, month: 28 * DAY_MS } as const
/** Of the burst: what all processes together may admit at once besides the rate. */
const BURST_SHARE = 0.1
const CLOSED_MS = 1000
const MAX_SHARES = 50_000

/**
 * What one process admits while it does not reach Redis: of every rate its share, `limit / members`,
 * with a tenth of the burst; of slots its share. Where a policy says `closed`: nothing.
 *
 * So all of them together admit at most `1.1 * burst + L / T` over an interval that holds an outage.
 * For that, what an outage has used up is told to Redis when it is back (`floorOf`): as much as
 * would be used if every member had admitted what this one has, on top of what was known before.
 */
export class Shares {
  /** By key. They outlive leases, so that nobody gets a share twice by waiting a little. */
  readonly #of = new LRUCache<string, Share>({ max: MAX_SHARES })

  /** All of it, or nothing. */
  take({ tag, leases }: Plan, cost: number, { now, members }: Situation): Verdict {
    for (const lease of leases) {
      const waitMs = this.#wait(lease, cost, { tag, now, members })
      const isClosed = lease.rule.onStoreLoss === 'closed'
      if (waitMs > 0) return { kind: isClosed ? 'closed' : 'refused', lease, waitMs }
    }
    for (const lease of leases) this.#take(lease, cost, { tag, now, members })
    return { kind: 'admitted' }
  }

  /** See `LeaseReport`; 0 when nothing was admitted without Redis. */
  floorOf({ key }: { readonly key: string }, now: number): number {
    const share = this.#of.peek(key)
    if (share === undefined) return 0
    if (share.rule.kind !== 'rate') return share.untold
    const used = Math.ceil((share.level - now) / (share.rule.unitMicros / 1000))
    return Math.min(share.rule.capacity, Math.max(0, used))
  }

  /** Redis knows now what `floorOf` said. */
  told({ key }: { readonly key: string }, floor: number): void {
    const share = this.#of.peek(key)
    if (share) share.untold = Math.max(0, share.untold - floor)
  }

  /** What Redis has to be told. */
  *floored(now: number): Generator<Share> {
    for (const share of this.#of.values()) if (this.floorOf(share, now) > 0) yield share
  }

  #wait(lease: Lease, cost: number, { tag, now, members }: Place): number {
    const { rule } = lease
    if (lease.has(cost, now)) return 0
    if (rule.onStoreLoss === 'closed') return CLOSED_MS
    if (rule.kind === 'slots') {
      const own = Math.max(1, Math.floor(rule.capacity / members))
      return lease.inUse + cost <= own ? 0 : CLOSED_MS
    }
    const state = { now, ...shareOf(rule, members) }
    // More than the share of a burst at once would never be admitted.
    return this.#shareOf(lease, tag).gcra.wait(Math.min(cost, state.burst), state)
  }

  #take(lease: Lease, cost: number, { tag, now, members }: Place): void {
    const { rule } = lease
    if (lease.has(cost, now)) lease.take(cost, now)
    else if (rule.kind === 'slots') lease.takeUncovered(cost)
    else this.#takeFromShare(lease, cost, { tag, now, members })
  }

  #takeFromShare(lease: Lease, cost: number, { tag, now, members }: Place): void {
    const { rule } = lease
    const share = this.#shareOf(lease, tag)
    const state = { now, ...shareOf(rule, members) }
    share.gcra.take(cost, state)
    share.untold += cost
    const unit = state.unit / members
    const before = now + lease.usedUp(now) * unit
    share.level = Math.max(share.level, before) + cost * members * unit
  }

  #shareOf({ key, rule }: Lease, tag: string): Share {
    const known = this.#of.get(key)
    if (known) return known
    const share: Share = { key, tag, rule, gcra: new Gcra(), level: 0, untold: 0 }
    this.#of.set(key, share)
    return share
  }
}

/** What was admitted of one limit without Redis. */
export interface Share {
  readonly key: string
  readonly tag: string
  readonly rule: Rule
  readonly gcra: Gcra
  /** The theoretical arrival time of all members, as this one imagines it. */
  level: number
  untold: number
}

interface Place extends Situation {
  readonly tag: string
}

interface Situation {
  readonly now: number
  /** How many processes there are, this one included. */
  readonly members: number
}

/** Milliseconds per unit, and the burst, of one of the members. */
function shareOf(rule: Rule, members: number): { readonly burst: number; readonly unit: number } {
  const burst = Math.max(1, Math.floor((rule.capacity * BURST_SHARE) / members))
  const unit =
    rule.kind === 'day' || rule.kind === 'month'
      ? WINDOW_MS[rule.kind] / rule.capacity
      : rule.unitMicros / 1000
  return { burst, unit: unit * members }
}
