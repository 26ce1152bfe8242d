import type { Lease } from './lease.ts'
import type { Answer, Ask, LeaseReport, Need } from './rule.ts'

/** All limits that one request has to pass. */
export interface Plan {
  /** The hash tag that all keys share. */
  readonly tag: string
  readonly leases: readonly Lease[]
}

export type Verdict =
  | { readonly kind: 'admitted' }
  /** `waitMs`: it may be admitted after so long. */
  | { readonly kind: 'refused'; readonly lease: Lease; readonly waitMs: number }
  /** Redis has said nothing, and this limit admits nothing without it. */
  | { readonly kind: 'closed'; readonly lease: Lease; readonly waitMs: number }
  /** Redis has said nothing. */
  | { readonly kind: 'unanswered' }

/** An ask that is on its way, and what to do with the answer. */
export interface Outgoing {
  readonly ask: Ask
  readonly sentAt: number
  readonly leases: readonly Lease[]
  readonly waiters: readonly Waiter[]
}

interface Waiter {
  readonly plan: Plan
  readonly cost: number
  readonly settle: (verdict: Verdict) => void
  reserved: Lease[]
  asked: number
}

interface Group {
  readonly waiting: Waiter[]
  /** Of which there is little left, as long as no answer brings more. */
  readonly low: Set<Lease>
  /** With something to tell, in any case. */
  readonly stale: Set<Lease>
  isAsking: boolean
}

const ADMITTED: Verdict = { kind: 'admitted' }
const UNANSWERED: Verdict = { kind: 'unanswered' }
const MAX_WAITING = 10_000
/** How much one call of the script may have to do. */
const MAX_REPORTS = 200
const MAX_NEEDS = 500
const MAX_ASKED = 4

/**
 * Decides about requests from the leases of this process, and gathers what has to be asked. It does
 * no I/O and knows no clock: whoever owns it sends the asks and brings the answers.
 *
 * All or nothing: a request takes from every limit of its plan at the same moment, or from none.
 */
export class Ledger {
  readonly #groups = new Map<string, Group>()

  /** Without asking. `false`: something is missing, and nothing was taken. */
  tryTake(plan: Plan, cost: number, now: number): boolean {
    const { leases } = plan
    for (const lease of leases) if (!lease.has(cost, now)) return false
    let isLow = false
    for (const lease of leases) {
      lease.take(cost, now)
      isLow ||= lease.isLow(now)
    }
    // All of them, so that they grow old together and one ask is enough.
    if (isLow) {
      const { low } = this.#groupOf(plan.tag)
      for (const lease of leases) low.add(lease)
    }
    return true
  }

  /** What Redis refused a moment ago, it need not be asked again. */
  knownRefusal({ leases }: Plan, cost: number, now: number): Verdict | undefined {
    let longest: Lease | undefined
    for (const lease of leases) {
      if (lease.refusedUntil <= now || lease.has(cost, now)) continue
      lease.missed(cost, now)
      if (longest === undefined || lease.refusedUntil > longest.refusedUntil) longest = lease
    }
    return longest && { kind: 'refused', lease: longest, waitMs: longest.retryInMs(now) }
  }

  /** Decided with the answer to the next ask. */
  wait(plan: Plan, cost: number, settle: (verdict: Verdict) => void): void {
    const group = this.#groupOf(plan.tag)
    if (group.waiting.length >= MAX_WAITING) settle(UNANSWERED)
    else group.waiting.push({ plan, cost, settle, reserved: [], asked: 0 })
  }

  /** It reports, and asks for more, with the next ask. */
  refresh(tag: string, lease: Lease): void {
    this.#groupOf(tag).stale.add(lease)
  }

  /** Whether `outgoing` would have something to ask. */
  get isStale(): boolean {
    for (const group of this.#groups.values()) if (!group.isAsking && hasNews(group)) return true
    return false
  }

  /** Whether somebody waits for what `outgoing` would ask. */
  get isAwaited(): boolean {
    for (const { waiting, isAsking } of this.#groups.values()) {
      if (!isAsking && waiting.length > 0) return true
    }
    return false
  }

  /** At most one ask per tag at a time: two that overlap would contradict each other. */
  outgoing(context: AskContext): Outgoing[] {
    const all: Outgoing[] = []
    for (const [tag, group] of this.#groups) {
      if (group.isAsking) continue
      const outgoing = this.#askOf(tag, group, context)
      if (outgoing) {
        group.isAsking = true
        all.push(outgoing)
      } else if (!hasNews(group)) this.#groups.delete(tag)
    }
    return all
  }

  answered({ ask, sentAt, leases, waiters }: Outgoing, answer: Answer, now: number): void {
    const group = this.#groupOf(ask.tag)
    group.isAsking = false
    leases.forEach((lease, place) => {
      const report = ask.reports[place]
      const its = answer.reports[place]
      if (report && its) lease.answered(report, its, { sentAt, now })
      // Used while the ask was on its way: that is no reason for another one.
      if (!lease.isLow(now)) group.low.delete(lease)
    })
    waiters.forEach((waiter, place) => {
      const its = answer.needs[place]
      const refusedBy = its?.refusedBy === undefined ? undefined : leases[its.refusedBy]
      if (its && refusedBy) {
        refusedBy.refused(its.waitMs, now)
        unreserve(waiter)
        waiter.settle({ kind: 'refused', lease: refusedBy, waitMs: its.waitMs })
        return
      }
      for (const index of ask.needs[place]?.of ?? []) keep(waiter, leases[index], now)
      if (!this.#finish(waiter, now)) group.waiting.unshift(waiter)
    })
  }

  /** Nobody knows what became of the ask. */
  failed({ ask, leases, waiters }: Outgoing): void {
    this.#groupOf(ask.tag).isAsking = false
    for (const lease of leases) lease.doubt()
    for (const waiter of waiters) {
      unreserve(waiter)
      waiter.settle(UNANSWERED)
    }
  }

  /** Nobody is going to be asked for a while: who waits for that is told so, and not left to wait. */
  giveUp(): void {
    for (const { waiting } of this.#groups.values()) {
      for (const waiter of waiting.splice(0)) {
        unreserve(waiter)
        waiter.settle(UNANSWERED)
      }
    }
  }

  #askOf(tag: string, group: Group, { now, floorOf, stretch }: AskContext): Outgoing | undefined {
    const places = new Map<Lease, number>()
    const placeOf = (lease: Lease) => {
      const place = places.get(lease) ?? places.size
      places.set(lease, place)
      return place
    }
    const needs: Need[] = []
    const waiters: Waiter[] = []
    while (waiters.length < MAX_NEEDS && places.size < MAX_REPORTS) {
      const waiter = group.waiting.shift()
      if (waiter === undefined) break
      if (this.#finish(waiter, now)) continue
      const missing = reserve(waiter, now)
      needs.push({ cost: waiter.cost, of: missing.map(placeOf) })
      waiters.push(waiter)
      for (const lease of waiter.plan.leases) group.stale.add(lease)
    }
    for (const due of [group.stale, group.low]) {
      for (const lease of due) {
        if (places.size >= MAX_REPORTS) break
        due.delete(lease)
        if (!lease.isDead) placeOf(lease)
      }
    }
    if (places.size === 0) return undefined
    const leases = [...places.keys()]
    const reports: LeaseReport[] = leases.map((lease) => lease.report(now, floorOf(lease)))
    return { ask: { tag, stretch, reports, needs }, sentAt: now, leases, waiters }
  }

  /** @returns whether it is settled */
  #finish(waiter: Waiter, now: number): boolean {
    const { leases } = waiter.plan
    const { cost } = waiter
    unreserve(waiter)
    const isFree = leases.every((lease) => lease.has(cost, now))
    if (!isFree && waiter.asked < MAX_ASKED && leases.every(({ isDead }) => !isDead)) return false
    if (isFree) for (const lease of leases) lease.take(cost, now)
    waiter.settle(isFree ? ADMITTED : UNANSWERED)
    return true
  }

  #groupOf(tag: string): Group {
    const known = this.#groups.get(tag)
    if (known) return known
    const group: Group = { waiting: [], low: new Set(), stale: new Set(), isAsking: false }
    this.#groups.set(tag, group)
    return group
  }
}

function hasNews({ waiting, low, stale }: Group): boolean {
  return waiting.length > 0 || low.size > 0 || stale.size > 0
}

interface AskContext {
  readonly now: number
  /** See `LeaseReport`. */
  readonly floorOf: (lease: Lease) => number
  /** See `Ask`. */
  readonly stretch: number
}

/** Keeps what is there, so that nobody takes it meanwhile. @returns what is missing */
function reserve(waiter: Waiter, now: number): Lease[] {
  const missing: Lease[] = []
  waiter.asked++
  for (const lease of waiter.plan.leases) {
    if (lease.has(waiter.cost, now)) {
      lease.reserve(waiter.cost, now)
      waiter.reserved.push(lease)
      continue
    }
    // Too few of them are as good as none: they go back, and count for what is asked.
    if (lease.tokens > 0) lease.tokens = 0
    lease.missed(waiter.cost, now)
    missing.push(lease)
  }
  return missing
}

function unreserve(waiter: Waiter): void {
  for (const lease of waiter.reserved) lease.unreserve(waiter.cost)
  waiter.reserved = []
}

function keep(waiter: Waiter, lease: Lease | undefined, now: number): void {
  if (lease === undefined) return
  lease.grant(waiter.cost)
  lease.reserve(waiter.cost, now)
  waiter.reserved.push(lease)
}
