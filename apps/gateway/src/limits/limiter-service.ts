import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { Lease } from './lease.ts'
import { Ledger, type Outgoing, type Plan, type Verdict } from './ledger.ts'
import type { Rule } from './rule.ts'
import { Shares } from './share.ts'
import type { LimitStore } from './store.ts'

export interface LimiterOptions {
  readonly store: LimitStore
  readonly log: FastifyBaseLogger
  /** Milliseconds, monotonic. */
  readonly now?: () => number
}

const MAX_FAILURES = 3
const TICK_MS = 250
/** Who has much to do says more often that he lives: when he is cut off, it matters soon. */
const BEAT_MS = { busy: 1000, idle: 10_000 } as const
/** Requests per second. */
const BUSY = 20
const SWEEP_MS = 500
/** So long is gathered what runs low while nobody waits for it; a quarter of it is still there. */
const GATHER_MS = 10
/** Back again, but for so long others may not have told yet what they have admitted. */
const GRACE_MS = 750
const MAX_LEASES = 50_000

/**
 * Takes from limits: at once where this process has a lease, else with one ask per turn of the loop. What runs low is
 * asked about beforehand, many limits at once.
 */
export class Limiter {
  readonly #store: LimitStore
  readonly #log: FastifyBaseLogger
  /** Milliseconds, monotonic. */
  readonly now: () => number
  readonly #ledger = new Ledger()
  readonly #shares = new Shares()
  /** By key, the one that was made first in front. */
  readonly #leases: Leases = new Map()
  /** Apart, so that a flood from many addresses pushes no key out. */
  readonly #ofAddresses: Leases = new Map()
  readonly #member = randomUUID()
  #timer: NodeJS.Timeout | undefined
  #made = 0
  #live = 1
  #all = 1
  #failures = 0
  #lostAt: number | undefined
  #backAt: number | undefined
  #beatAt = Number.NEGATIVE_INFINITY
  #beatDueMs: number = BEAT_MS.busy
  #taken = 0
  #sweptAt = Number.NEGATIVE_INFINITY
  #isTicking = false
  #isScheduled = false
  #gathering: NodeJS.Timeout | undefined
  /** How many leases have died. */
  deaths = 0
  /** How often Redis was asked, and how often it was done without. */
  asks = 0
  decidedAlone = 0

  constructor({ store, log, now = () => performance.now() }: LimiterOptions) {
    this.#store = store
    this.#log = log
    this.now = now
  }

  /** Whether limits are kept without Redis at the moment, by local shares. */
  get isDegraded(): boolean {
    return this.#lostAt !== undefined
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), TICK_MS)
    this.#timer.unref()
    void this.tick()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    clearTimeout(this.#gathering)
    await this.#store.leave(this.#member).catch(() => {})
  }

  /**
   * @returns `true`: admitted, without asking anybody
   */
  take(plan: Plan, cost: number): true | Promise<Verdict> {
    const now = this.now()
    this.#taken++
    if (this.#ledger.tryTake(plan, cost, now)) {
      if (this.#gathering === undefined && this.#ledger.isStale) this.#gather()
      return true
    }
    if (this.isDegraded) return Promise.resolve(this.#takeShare(plan, cost))
    const known = this.#ledger.knownRefusal(plan, cost, now)
    if (known) return Promise.resolve(known)
    return new Promise((resolve) => {
      this.#ledger.wait(plan, cost, (verdict) => {
        resolve(verdict.kind === 'unanswered' ? this.#takeShare(plan, cost) : verdict)
      })
      this.#schedule()
    })
  }

  /** Whether it would be refused, as far as this process knows: nobody is asked, and nothing taken. */
  wouldRefuse({ leases }: Plan): Verdict | undefined {
    const now = this.now()
    const lease = leases.find((one) => one.remaining(now) < 1)
    return lease && { kind: 'refused', lease, waitMs: lease.moreInMs(now) }
  }

  /** Of slots: the request has ended. */
  release(slots: readonly Lease[], cost: number): void {
    for (const lease of slots) lease.release(cost)
  }

  leaseOf(rule: Rule, tag: string, key: string): Lease {
    const leases = tag.startsWith('ip_') ? this.#ofAddresses : this.#leases
    const known = leases.get(key)
    if (known && isSame(known.lease.rule, rule)) return known.lease
    if (known) this.#forget(leases, key)
    else if (leases.size >= MAX_LEASES) this.#forget(leases, leases.keys().next().value)
    const lease = new Lease(rule, { key, holder: `${this.#member}.${++this.#made}` })
    leases.set(key, { lease, tag })
    return lease
  }

  /** Once in a while: says that this process lives, learns who else does, gives back what is idle. */
  async tick(): Promise<void> {
    const now = this.now()
    if (now - this.#sweptAt >= SWEEP_MS) this.#sweep(now)
    if (this.#isTicking || (!this.isDegraded && !this.#isBeatDue(now))) return
    this.#isTicking = true
    const intervalMs = this.#isBusy(now) ? BEAT_MS.busy : BEAT_MS.idle
    this.#beatAt = now
    this.#beatDueMs = intervalMs
    this.#taken = 0
    try {
      const { live, all } = await this.#store.beat(this.#member, 3 * intervalMs)
      this.#live = live
      this.#all = all
      this.#answered()
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#isTicking = false
    }
  }

  /** In any case well before the time that the last beat gave. */
  #isBeatDue(now: number): boolean {
    const silentMs = now - this.#beatAt
    if (silentMs >= BEAT_MS.busy && this.#isBusy(now)) return true
    return silentMs >= Math.min(2 * this.#beatDueMs, BEAT_MS.idle)
  }

  #isBusy(now: number): boolean {
    return this.#taken * 1000 >= BUSY * (now - this.#beatAt)
  }

  #takeShare(plan: Plan, cost: number): Verdict {
    this.decidedAlone++
    return this.#shares.take(plan, cost, { now: this.now(), members: this.#live })
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined
      this.#schedule()
    }, GATHER_MS).unref()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      const now = this.now()
      const floorOf = (lease: Lease) => this.#shares.floorOf(lease, now)
      const stretch = this.#all / this.#live
      for (const outgoing of this.#ledger.outgoing({ now, floorOf, stretch })) {
        void this.#ask(outgoing)
      }
    })
  }

  async #ask(outgoing: Outgoing): Promise<void> {
    try {
      this.asks++
      const answer = await this.#store.ask(outgoing.ask)
      this.#ledger.answered(outgoing, answer, this.now())
      for (const { key, floor } of outgoing.ask.reports)
        if (floor > 0) {
          this.#shares.told({ key }, floor)
        }
      this.#failures = 0
    } catch (error) {
      this.#failed(error)
      this.#ledger.failed(outgoing)
    }
    // Who came while that ask was on its way: without Redis nobody asks for them.
    if (this.isDegraded) this.#ledger.giveUp()
    else if (this.#ledger.isAwaited) this.#schedule()
    else if (this.#ledger.isStale) this.#gather()
  }

  #failed(error: unknown): void {
    // Soon it is known whether that was an exception.
    this.#beatDueMs = 0
    if (++this.#failures < MAX_FAILURES) return
    this.#backAt = undefined
    if (this.isDegraded) return
    this.#lostAt = this.now()
    this.#log.warn({ err: error }, 'limits: Redis does not answer, local shares until it does')
  }

  #answered(): void {
    this.#failures = 0
    if (!this.isDegraded) return
    const now = this.now()
    if (this.#backAt === undefined) {
      this.#backAt = now
      this.#tellFloors(now)
    }
    if (now - this.#backAt < GRACE_MS) return
    this.#lostAt = undefined
    this.#backAt = undefined
    this.#log.info('limits: Redis answers again')
  }

  #tellFloors(now: number): void {
    for (const { rule, tag, key } of this.#shares.floored(now)) {
      this.#ledger.refresh(tag, this.leaseOf(rule, tag, key))
    }
    this.#schedule()
  }

  #sweep(now: number): void {
    this.#sweptAt = now
    for (const leases of [this.#leases, this.#ofAddresses]) {
      for (const [key, { lease, tag }] of leases) {
        if (lease.needsRenewal(now)) this.#ledger.refresh(tag, lease)
        else if (!lease.isIdle(now)) continue
        else if (lease.isEmpty(now)) this.#forget(leases, key)
        else this.#ledger.refresh(tag, lease)
      }
    }
    if (this.#ledger.isStale && !this.isDegraded) this.#schedule()
  }

  #forget(leases: Leases, key: string | undefined): void {
    if (key === undefined) return
    leases.get(key)?.lease.die()
    leases.delete(key)
    this.deaths++
  }
}

/** By key, the one that was made first in front. */
type Leases = Map<string, { readonly lease: Lease; readonly tag: string }>

function isSame(one: Rule, other: Rule): boolean {
  if (one === other) return true
  return (
    one.kind === other.kind &&
    one.capacity === other.capacity &&
    one.unitMicros === other.unitMicros &&
    one.onStoreLoss === other.onStoreLoss
  )
}
