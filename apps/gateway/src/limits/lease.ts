import type { LeaseAnswer, LeaseReport, Rule } from './rule.ts'

/** A limit that allows fewer at once is asked about each request: stock would starve the others. */
const SMALLEST_LEASED = 32
const STOCK = 32
/** Of slots, which come back by themselves. */
const SLOT_STOCK = 16
const PLENTY_MS = 2000
const SOON_MS = 100
const RATE_FROM_MS = 50
/** Renewed before it expires, so that a steady client never waits. */
const RENEW_AFTER = 0.8
/** What nobody has used for so long goes back to the others. */
const IDLE_MS = 3000
/** How long a refusal is believed at least, where that costs nobody a turn. */
const REFUSED_MS = 50
/** And at most. */
const BELIEVED_MS = 1000

/**
 * What one process has of one limit of one subject: tokens to use without asking, what to report,
 * and what it heard last. All times are milliseconds of one monotonic clock of this process.
 */
export class Lease {
  readonly rule: Rule
  readonly key: string
  /** Another one has taken its place: it gives nothing any more. */
  isDead = false
  /** What may be used now. Below zero while a lost lease is still promised to someone. */
  tokens = 0
  /** Promised to requests that wait for another limit. */
  reserved = 0
  /** Of slots: those of requests that are under way. */
  inUse = 0
  refusedUntil = 0
  readonly #name: string
  /** How many leases there were before, of which nobody knows what Redis believes. */
  #doubted = 0
  #isDoubtful = false
  #retryAt = 0
  #used = 0
  #expiresAt = 0
  #renewAt = Number.POSITIVE_INFINITY
  #lowMark = 0
  #lastUsedAt = 0
  #usedAt = 0
  #available: number
  #waitMs = 0
  #endsAt = 0
  #answeredAt = 0
  #offered = 0
  #ratePerMs = 0
  #reportedAt = 0

  /** @param names `holder`: no other lease of any process has it */
  constructor(rule: Rule, names: { readonly key: string; readonly holder: string }) {
    this.rule = rule
    this.key = names.key
    this.#name = names.holder
    this.#available = rule.capacity
  }

  has(cost: number, now: number): boolean {
    return this.tokens >= cost && this.#expiresAt > now
  }

  /** Only after `has`. */
  take(cost: number, now: number): void {
    this.tokens -= cost
    this.#offered += cost
    this.#lastUsedAt = now
    this.#usedAt = now
    if (this.rule.kind === 'slots') this.inUse += cost
    else this.#used += cost
  }

  /** Whether it should ask again, although it still has something. */
  isLow(now: number): boolean {
    return this.tokens < this.#lowMark || now >= this.#renewAt
  }

  reserve(cost: number, now: number): void {
    this.#lastUsedAt = now
    this.tokens -= cost
    this.reserved += cost
  }

  unreserve(cost: number): void {
    this.tokens += cost
    this.reserved -= cost
  }

  /** Redis gave it, for a request that waits. */
  grant(cost: number): void {
    this.tokens += cost
  }

  /** Of slots: a request has ended. */
  release(cost: number): void {
    this.inUse -= cost
    this.tokens += cost
    this.refusedUntil = 0
  }

  /** Of slots: a request is under way that no lease covers. */
  takeUncovered(cost: number): void {
    this.inUse += cost
    this.tokens -= cost
  }

  /** Somebody wants it who does not get it from here. */
  missed(cost: number, now: number): void {
    this.#offered += cost
    this.#lastUsedAt = now
  }

  refused(waitMs: number, now: number): void {
    const { kind, capacity, unitMicros } = this.rule
    const whole = (capacity * unitMicros) / 1000
    const hold = kind === 'rate' ? Math.min(REFUSED_MS, whole / 8) : REFUSED_MS
    // The wait supposes that what others hold is used. They may give it back: so ask now and then.
    const believed = kind === 'slots' ? hold : Math.min(Math.max(waitMs, hold), BELIEVED_MS)
    this.refusedUntil = now + believed
    this.#retryAt = now + waitMs
  }

  /** Milliseconds after which what was refused may be admitted. */
  retryInMs(now: number): number {
    return Math.max(this.#retryAt, this.refusedUntil) - now
  }

  isIdle(now: number): boolean {
    return this.inUse === 0 && this.reserved === 0 && now - this.#lastUsedAt >= IDLE_MS
  }

  /** Nothing to give back, and nothing to tell. */
  isEmpty(now: number): boolean {
    return this.#expiresAt <= now || (this.tokens === 0 && this.#used === 0)
  }

  /** Slots of requests that go on for long are held only while somebody says so. */
  needsRenewal(now: number): boolean {
    return this.inUse > 0 && now >= this.#renewAt
  }

  die(): void {
    this.isDead = true
    this.tokens = Number.NEGATIVE_INFINITY
  }

  /** @param floor see `LeaseReport` */
  report(now: number, floor = 0): LeaseReport {
    // Redis counts all of it as used when it expires there, which is later than here.
    if (this.#expiresAt <= now || this.#isDoubtful) this.#begin()
    this.#measure(now)
    const isReturned = this.isIdle(now)
    const want = isReturned ? 0 : this.#target() - this.tokens
    if (isReturned) this.tokens = 0
    else if (this.rule.kind === 'slots') this.tokens = Math.min(this.tokens, SLOT_STOCK)
    return {
      rule: this.rule,
      key: this.key,
      holder: `${this.#name}.${this.#doubted}`,
      used: this.#used,
      ageMs: Math.max(0, now - this.#usedAt),
      held: Math.max(0, this.tokens + this.reserved) + this.inUse,
      want: Math.max(0, Math.ceil(want)),
      soon: Math.min(Math.max(0, Math.ceil(want)), Math.ceil(SOON_MS * this.#ratePerMs) + 1),
      floor,
    }
  }

  /**
   * An ask was not answered: it may have been heard, or be heard later. What is left may be used until
   * it expires, and then a lease under another name begins.
   */
  doubt(): void {
    this.#isDoubtful = this.rule.kind !== 'slots'
  }

  answered(report: LeaseReport, answer: LeaseAnswer, { sentAt, now }: Exchange): void {
    this.#used -= report.used
    if (!answer.kept && this.rule.kind !== 'slots') this.tokens = -this.reserved
    this.tokens += answer.granted
    this.#expiresAt = sentAt + answer.lifeMs
    this.#renewAt = this.#isLeased()
      ? sentAt + answer.lifeMs * RENEW_AFTER
      : Number.POSITIVE_INFINITY
    this.#lowMark = this.#isLeased() ? Math.max(0, this.tokens) / 4 : 0
    this.#available = answer.available
    this.#waitMs = answer.waitMs
    this.#endsAt = answer.endsInMs > 0 ? sentAt + answer.endsInMs : 0
    this.#answeredAt = now
  }

  /** How many more would be admitted at once, as far as this process knows. */
  remaining(now: number): number {
    const { capacity } = this.rule
    return Math.min(capacity, Math.floor(this.#elsewhere(now)) + Math.max(0, this.tokens))
  }

  /** What is used or leased, by anybody, as far as this process knows. */
  usedUp(now: number): number {
    return this.rule.capacity - this.#elsewhere(now)
  }

  /** What Redis would still give, by its last answer and what has come back since. */
  #elsewhere(now: number): number {
    const { capacity, kind, unitMicros } = this.rule
    const back = kind === 'rate' ? ((now - this.#answeredAt) * 1000) / unitMicros : 0
    return Math.min(capacity, this.#available + back)
  }

  /** Milliseconds until there is more than now. */
  moreInMs(now: number): number {
    if (this.#endsAt > 0) return Math.max(0, this.#endsAt - now)
    return Math.max(this.#answeredAt + this.#waitMs - now, this.rule.unitMicros / 1000)
  }

  #begin(): void {
    this.tokens = -this.reserved
    this.#used = 0
    if (this.#isDoubtful) this.#doubted++
    this.#isDoubtful = false
  }

  #isLeased(): boolean {
    return this.rule.capacity >= SMALLEST_LEASED || this.rule.kind === 'slots'
  }

  #target(): number {
    if (this.rule.capacity < SMALLEST_LEASED) return 0
    if (this.rule.kind === 'slots') return SLOT_STOCK
    return Math.max(STOCK, PLENTY_MS * this.#ratePerMs)
  }

  #measure(now: number): void {
    const elapsed = now - this.#reportedAt
    if (elapsed < RATE_FROM_MS) return
    const rate = this.#offered / elapsed
    this.#ratePerMs = elapsed > 1000 ? rate : (this.#ratePerMs + rate) / 2
    this.#offered = 0
    this.#reportedAt = now
  }
}

export interface Exchange {
  readonly sentAt: number
  readonly now: number
}
