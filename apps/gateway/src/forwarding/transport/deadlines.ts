/** Whoever has a deadline, and is told when it has passed. */
export interface Waiting {
  /** Of `performance.now()`. */
  readonly deadlineMs: number
  onTimeout(): void
}

/** From here on, half a second more makes no difference to anybody. */
const LONG_MS = 10_000
const LOOK_EVERY_MS = 500

/**
 * The deadlines of requests. Nearly all are answered long before theirs: to make a timer for each, and to take it back, costs
 * more than to look now and then for those that are not. Short deadlines are kept to the millisecond.
 */
export class Deadlines {
  readonly #long = new Set<Waiting>()
  readonly #short = new Map<Waiting, NodeJS.Timeout>()
  #looking: NodeJS.Timeout | undefined

  begin(waiting: Waiting): void {
    const leftMs = waiting.deadlineMs - performance.now()
    if (leftMs < LONG_MS) {
      this.#short.set(waiting, setTimeout(onTimeout, Math.ceil(leftMs), waiting))
      return
    }
    this.#long.add(waiting)
    this.#looking ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
  }

  /** Does nothing where none has begun. */
  end(waiting: Waiting): void {
    if (this.#long.delete(waiting)) return
    clearTimeout(this.#short.get(waiting))
    this.#short.delete(waiting)
  }

  #look(): void {
    const now = performance.now()
    for (const waiting of this.#long) {
      if (waiting.deadlineMs > now) continue
      this.#long.delete(waiting)
      waiting.onTimeout()
    }
    if (this.#long.size > 0) return
    clearInterval(this.#looking)
    this.#looking = undefined
  }
}

function onTimeout(waiting: Waiting): void {
  waiting.onTimeout()
}
