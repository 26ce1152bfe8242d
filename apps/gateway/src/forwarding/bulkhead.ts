import { PRIORITIES, type Priority } from '../routing/priority.ts'

/** Somebody who wants a place. */
export interface Visitor {
  readonly priority: Priority
  /** It was waiting, and now has a place, which it must leave. */
  onTurn(): void
  /** It was waiting, and somebody who matters more took its place in the waiting room. */
  onTurnedAway(): void
}

export interface BulkheadLimits {
  /** Requests that may be on their way at once. */
  readonly maxActive: number
  /** Requests that may wait for one of them to end. */
  readonly maxWaiting: number
  /** Of a priority, at most so many on their way at once; `maxActive` when absent. */
  readonly shares?: Partial<Record<Priority, number>>
}

/**
 * Bounds what one slow service can take from the others, and what batches can take from the rest: at
 * most so many requests at once, in all and of each priority, and at most so many in the queue.
 * Whoever matters more goes first; among equals, whoever came first. When the waiting room is full,
 * the last of those who matter least has to go.
 */
export class Bulkhead {
  readonly #limits: BulkheadLimits
  readonly #waiting: Readonly<Record<Priority, Set<Visitor>>>
  readonly #active: Record<Priority, number>
  #activeInAll = 0
  #waitingInAll = 0

  constructor(limits: BulkheadLimits) {
    this.#limits = limits
    const forEach = <Value>(make: () => Value) =>
      Object.fromEntries(PRIORITIES.map((name) => [name, make()])) as Record<Priority, Value>
    this.#waiting = forEach(() => new Set())
    this.#active = forEach(() => 0)
  }

  get active(): number {
    return this.#activeInAll
  }

  get waiting(): number {
    return this.#waitingInAll
  }

  /** Whether there is a place now; whoever gets one leaves it once. */
  tryEnter(priority: Priority): boolean {
    if (!this.#hasRoomFor(priority)) return false
    this.#take(priority)
    return true
  }

  /** `in`: has a place. `waiting`: will be called. `full`: has to go. */
  enter(visitor: Visitor): 'in' | 'waiting' | 'full' {
    const { priority } = visitor
    if (this.tryEnter(priority)) return 'in'
    if (this.#waitingInAll >= this.#limits.maxWaiting && !this.#turnAwayBelow(priority))
      return 'full'
    this.#waiting[priority].add(visitor)
    this.#waitingInAll++
    return 'waiting'
  }

  /** Waits no longer. Does nothing for whoever does not wait. */
  forget(visitor: Visitor): void {
    if (this.#waiting[visitor.priority].delete(visitor)) this.#waitingInAll--
  }

  /** The one who leaves hands its place over: nobody can take it in between. */
  leave(priority: Priority): void {
    this.#active[priority]--
    this.#activeInAll--
    const next = this.#next()
    if (next === undefined) return
    this.forget(next)
    this.#take(next.priority)
    next.onTurn()
  }

  #hasRoomFor(priority: Priority): boolean {
    const { maxActive, shares } = this.#limits
    const share = shares?.[priority] ?? maxActive
    return this.#activeInAll < maxActive && this.#active[priority] < share
  }

  #take(priority: Priority): void {
    this.#active[priority]++
    this.#activeInAll++
  }

  #next(): Visitor | undefined {
    if (this.#waitingInAll === 0) return undefined
    for (const priority of PRIORITIES) {
      const [first] = this.#waiting[priority]
      if (first && this.#hasRoomFor(priority)) return first
    }
    return undefined
  }

  /** @returns whether there was somebody who matters less */
  #turnAwayBelow(priority: Priority): boolean {
    for (const lower of PRIORITIES.slice(PRIORITIES.indexOf(priority) + 1).reverse()) {
      const last = [...this.#waiting[lower]].at(-1)
      if (!last) continue
      this.forget(last)
      last.onTurnedAway()
      return true
    }
    return false
  }
}
