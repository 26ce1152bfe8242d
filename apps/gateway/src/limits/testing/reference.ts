import { Gcra } from '../gcra.ts'
import { LIFE_MS, type Rule } from '../rule.ts'

/**
 * What one limit promises, checked at every moment by somebody who sees all processes at once and
 * knows the true time. It throws at the first request too many.
 *
 * When Redis has lost its data, up to `capacity` more may be admitted over an interval that holds
 * the loss. An interval that begins after the last lease from before has ended is judged as ever.
 */
export class Reference {
  readonly #rule: Rule
  readonly #usual: number
  /** Over all intervals. */
  readonly #all = new Gcra()
  /** Over those that begin after the last loss. */
  #since = new Gcra()
  #sinceAt = 0
  #allowance: number
  #window = ''
  #inWindow = 0
  #inUse = 0
  #allowedInUse: number
  admitted = 0

  constructor(rule: Rule, slack = 1) {
    this.#rule = rule
    this.#usual = rule.capacity * slack
    this.#allowance = this.#usual
    this.#allowedInUse = rule.capacity
  }

  admit(cost: number, nowMicros: number): void {
    this.admitted += cost
    const { kind } = this.#rule
    if (kind === 'rate') this.#admitRate(cost, nowMicros)
    else if (kind === 'slots') this.#enter(cost)
    else this.#count(cost, nowMicros)
  }

  leave(cost: number): void {
    this.#inUse -= cost
  }

  /** Redis has lost everything. */
  lost(nowMicros: number): void {
    const { capacity } = this.#rule
    this.#allowance += capacity
    this.#allowedInUse += capacity
    this.#sinceAt = nowMicros + LIFE_MS * 1000
    this.#since = new Gcra()
  }

  #admitRate(cost: number, now: number): void {
    const unit = this.#rule.unitMicros
    this.#take(this.#all, cost, { now, unit, burst: this.#allowance })
    if (now < this.#sinceAt) return
    this.#take(this.#since, cost, { now, unit, burst: this.#usual })
  }

  #take(gcra: Gcra, cost: number, state: { now: number; unit: number; burst: number }): void {
    if (gcra.wait(cost, state) > 0) throw new Error(`${this.#rule.name}: ${cost} too many`)
    gcra.take(cost, state)
  }

  #enter(cost: number): void {
    this.#inUse += cost
    if (this.#inUse > this.#allowedInUse)
      throw new Error(`${this.#rule.name}: ${this.#inUse} at once`)
  }

  #count(cost: number, now: number): void {
    const window = new Date(now / 1000).toISOString().slice(0, this.#rule.kind === 'day' ? 10 : 7)
    if (window !== this.#window) {
      this.#window = window
      this.#inWindow = 0
      this.#allowance = this.#usual
    }
    this.#inWindow += cost
    if (this.#inWindow > this.#allowance) throw new Error(`${this.#rule.name}: over its quota`)
  }
}
