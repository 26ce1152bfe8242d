import { Lease } from '../lease.ts'
import { Ledger, type Outgoing, type Plan, type Verdict } from '../ledger.ts'
import type { Answer, Rule } from '../rule.ts'
import { Shares } from '../share.ts'
import { Random } from './random.ts'
import { VirtualRedis } from './virtual-redis.ts'

const TICK_MICROS = 250_000
const TIMEOUT_MICROS = 25_000
/** As in `limiter-service.ts`: so long do all of them tell what they have admitted. */
const GRACE_MICROS = 750_000

export interface FleetOptions {
  readonly seed: number
  readonly instances: number
  /** What an ask and its answer take, each, in microseconds. */
  readonly delay: readonly [number, number]
  /** The part of asks, and of answers, that get lost. */
  readonly loss?: number
  /** Microseconds since 1970. */
  readonly start?: number
  /** Whether a request whose ask got lost takes from the local share. Else it is not admitted. */
  readonly hasShares?: boolean
}

export interface Process {
  readonly name: string
  readonly ledger: Ledger
  readonly leases: Map<string, Lease>
  readonly shares: Shares
  /** Of its clock: milliseconds ahead of the truth. */
  readonly skewMs: number
  isDead: boolean
  isScheduled: boolean
}

/** Several gateways around one Redis, in virtual time: the real ledger and leases, and no I/O. */
export class Fleet {
  readonly redis = new VirtualRedis()
  readonly random: Random
  readonly processes: Process[] = []
  now: number
  asks = 0
  /** Nothing gets through while it is true. */
  isCut = false
  readonly #events = new Timeline()
  readonly #options: FleetOptions
  #started = 0
  #hesitantUntil = 0

  constructor(options: FleetOptions) {
    this.#options = options
    this.random = new Random(options.seed)
    this.now = options.start ?? 1_774_000_000_000_000
    for (let n = 0; n < options.instances; n++) this.processes.push(this.#start())
  }

  /** Lets everything happen that is due until then. */
  advanceTo(micros: number): void {
    for (let event = this.#events.next(micros); event; event = this.#events.next(micros)) {
      this.now = Math.max(this.now, event.at)
      event.run()
    }
    this.now = Math.max(this.now, micros)
  }

  at(micros: number, run: () => void): void {
    this.#events.add(micros, run)
  }

  clockOf({ skewMs }: Process): number {
    return this.now / 1000 + skewMs
  }

  request(process: Process, rules: readonly Rule[], { cost = 1, settle }: Request): void {
    const now = this.clockOf(process)
    const plan = this.#planOf(process, rules)
    if (process.ledger.tryTake(plan, cost, now)) {
      settle({ kind: 'admitted' })
      this.#schedule(process)
      return
    }
    const isAlone = this.isCut || this.now < this.#hesitantUntil
    const known = isAlone
      ? this.#share(process, plan, cost)
      : process.ledger.knownRefusal(plan, cost, now)
    if (known) {
      settle(known)
      return
    }
    process.ledger.wait(plan, cost, (verdict) => {
      if (process.isDead) return
      const isShared = verdict.kind === 'unanswered' && this.#options.hasShares
      settle(isShared ? this.#share(process, plan, cost) : verdict)
    })
    this.#schedule(process)
  }

  release(process: Process, rules: readonly Rule[], cost: number): void {
    if (process.isDead) return
    for (const rule of rules) {
      if (rule.kind === 'slots') process.leases.get(rule.name)?.release(cost)
    }
  }

  /** It dies without a word, and another one takes its place. */
  crash(process: Process): void {
    process.isDead = true
    this.processes[this.processes.indexOf(process)] = this.#start()
  }

  /** Tells Redis what was admitted without it, and asks it again from now on. */
  restore(): void {
    this.isCut = false
    this.#hesitantUntil = this.now + GRACE_MICROS
    for (const process of this.processes) {
      for (const lease of process.leases.values()) process.ledger.refresh('t', lease)
      this.#schedule(process)
    }
  }

  #start(): Process {
    const process: Process = {
      name: `p${++this.#started}`,
      ledger: new Ledger(),
      leases: new Map(),
      shares: new Shares(),
      skewMs: this.random.between(-5_000_000, 5_000_000) / 1000,
      isDead: false,
      isScheduled: false,
    }
    this.at(this.now + this.random.between(0, TICK_MICROS), () => this.#tick(process))
    return process
  }

  #share(process: Process, plan: Plan, cost: number): Verdict {
    const situation = { now: this.clockOf(process), members: this.#options.instances }
    return process.shares.take(plan, cost, situation)
  }

  #planOf(process: Process, rules: readonly Rule[]): Plan {
    const leases = rules.map((rule) => {
      const known = process.leases.get(rule.name)
      if (known) return known
      const lease = new Lease(rule, { key: rule.name, holder: process.name })
      process.leases.set(rule.name, lease)
      return lease
    })
    return { tag: 't', leases }
  }

  #tick(process: Process): void {
    if (process.isDead) return
    const now = this.clockOf(process)
    for (const lease of process.leases.values()) {
      const isIdle = lease.isIdle(now) && !lease.isEmpty(now)
      if (isIdle || lease.needsRenewal(now)) process.ledger.refresh('t', lease)
    }
    this.#schedule(process)
    this.at(this.now + TICK_MICROS, () => this.#tick(process))
  }

  #schedule(process: Process): void {
    if (process.isScheduled || this.isCut || !process.ledger.isStale) return
    process.isScheduled = true
    this.at(this.now, () => {
      process.isScheduled = false
      const now = this.clockOf(process)
      const floorOf = (lease: Lease) => process.shares.floorOf(lease, now)
      for (const outgoing of process.ledger.outgoing({ now, floorOf, stretch: 1 })) {
        this.#send(process, outgoing)
      }
    })
  }

  #send(process: Process, outgoing: Outgoing): void {
    const { delay, loss = 0 } = this.#options
    const isAskLost = this.isCut || this.random.chance(loss)
    const arrives = this.now + this.random.between(...delay)
    const answered = arrives + this.random.between(...delay)
    const isAnswerLost =
      isAskLost || this.random.chance(loss) || answered > this.now + TIMEOUT_MICROS
    this.asks++
    let answer: Answer | undefined
    if (!isAskLost) {
      this.at(arrives, () => {
        answer = this.redis.ask(outgoing.ask, this.now)
      })
    }
    this.at(isAnswerLost ? this.now + TIMEOUT_MICROS : answered, () => {
      if (process.isDead) return
      if (isAnswerLost || answer === undefined) process.ledger.failed(outgoing)
      else process.ledger.answered(outgoing, answer, this.clockOf(process))
      this.#schedule(process)
    })
  }
}

interface Request {
  readonly cost?: number
  readonly settle: (verdict: Verdict) => void
}

interface Event {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Events by time; those of one moment in the order in which they were added. A binary heap. */
class Timeline {
  readonly #heap: Event[] = []
  #added = 0

  add(at: number, run: () => void): void {
    this.#heap.push({ at, order: this.#added++, run })
    let place = this.#heap.length - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.#isBefore(place, parent)) break
      this.#swap(place, parent)
      place = parent
    }
  }

  /** The earliest one, unless it is later than that. */
  next(until: number): Event | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.at > until) return undefined
    const last = this.#heap.pop() as Event
    if (this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink()
    }
    return first
  }

  #sink(): void {
    for (let place = 0; ; ) {
      const left = 2 * place + 1
      let least = place
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left
      if (left + 1 < this.#heap.length && this.#isBefore(left + 1, least)) least = left + 1
      if (least === place) return
      this.#swap(place, least)
      place = least
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one] as Event, this.#heap[other] as Event]
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  #swap(one: number, other: number): void {
    const kept = this.#heap[one] as Event
    this.#heap[one] = this.#heap[other] as Event
    this.#heap[other] = kept
  }
}
