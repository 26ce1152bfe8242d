/** Who must be done by a time. While it waits it is part of a list, and the list is in its fields. */
export interface Timed {
  /** Of `performance.now()`. */
  readonly deadlineMs: number
  earlier: Timed | undefined
  later: Timed | undefined
  onTimeout(): void
}

/**
 * Times out those who all have the same time: whoever begins later is due later, so a list in the order of their coming and
 * one timer for its first are enough, and to begin and to end cost a few assignments. A timer of Node for each
 * costs as much as the limits of a request do.
 */
export class Timeouts {
  #first: Timed | undefined
  #last: Timed | undefined
  #timer: NodeJS.Timeout | undefined

  /** Its deadline is not before those that were begun before it. */
  begin(timed: Timed): void {
    timed.earlier = this.#last
    if (this.#last) this.#last.later = timed
    else this.#first = timed
    this.#last = timed
    if (this.#timer === undefined) this.#wait(timed.deadlineMs - performance.now())
  }

  /** Does nothing for one that is over. */
  end(timed: Timed): void {
    const { earlier, later } = timed
    if (earlier) earlier.later = later
    else if (this.#first === timed) this.#first = later
    else return
    if (later) later.earlier = earlier
    else this.#last = earlier
    timed.earlier = undefined
    timed.later = undefined
  }

  /** Whoever it was set for may be over long ago: then it waits for the one who is first now. */
  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const nowMs = performance.now()
      for (let due = this.#first; due && due.deadlineMs <= nowMs; due = this.#first) {
        this.end(due)
        due.onTimeout()
      }
      // Unless somebody has begun meanwhile, and has set it.
      if (this.#first && this.#timer === undefined) this.#wait(this.#first.deadlineMs - nowMs)
    }, ms).unref()
  }
}
